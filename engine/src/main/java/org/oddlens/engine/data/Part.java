package org.oddlens.engine.data;

/** The part of a split that a row belongs to. */
public enum Part {
    TRAIN,
    VALIDATION,
    TEST
}
