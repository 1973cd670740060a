package org.oddlens.engine.compute.plan;

/** Gives the numbers of the placeholders for one step. */
@FunctionalInterface
public interface Feed {

    /** The array of a placeholder, {@code [rows, width]} row-major. */
    float[] input(String placeholder);
}
