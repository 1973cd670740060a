package org.oddlens.engine.data;

import java.util.Locale;

/**
 * What a scaler does with a feature c that has a single value in the training rows, so that there is nothing to divide by.
 */
public enum ConstantFeatures {
    /**
     * The difference relative to the value, (x - c) / max(|c|, 1), held within −1 and 1: a row that differs is seen, and
     * one such feature cannot outweigh all others.
     */
    BOUNDED("Features with a single value in the training rows are scaled to (x − value) / max(|value|, 1) and held"
            + " within −1 and 1"),
    /** The difference in the feature's own units, x - c, however large. */
    RAW("Features with a single value in the training rows keep their own units, x − value, however large");

    private final String words;

    ConstantFeatures(String words) {
        this.words = words;
    }

    /** Stable name in files and flags. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What it does, a sentence without its full stop. */
    public String words() {
        return words;
    }

    /** @throws DataFormatException if there is no such rule */
    public static ConstantFeatures parse(String text) {
        for (ConstantFeatures rule : values()) {
            if (rule.id().equals(text)) {
                return rule;
            }
        }
        throw new DataFormatException(
                null, "There is no rule '" + text + "' for constant features. Choose one of bounded, raw.");
    }
}
