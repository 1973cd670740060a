package org.oddlens.engine.data;

/** How features are scaled; always fitted on training rows, constant features divide by 1, nothing is clipped. */
public enum Scaler {
    NONE("none", "Values stay as they are."),
    MIN_MAX("min-max", "(x - min) / (max - min)"),
    Z_SCORE("z-score", "(x - mean) / population standard deviation"),
    ROBUST("robust", "(x - median) / interquartile range");

    private final String id;
    private final String formula;

    Scaler(String id, String formula) {
        this.id = id;
        this.formula = formula;
    }

    /** Stable name in files and flags. */
    public String id() {
        return id;
    }

    public String formula() {
        return formula;
    }

    /** @throws DataFormatException if there is no such scaler */
    public static Scaler parse(String text) {
        for (Scaler scaler : values()) {
            if (scaler.id.equals(text)) {
                return scaler;
            }
        }
        throw new DataFormatException(
                null, "There is no scaler '" + text + "'. Choose one of none, min-max, z-score, robust.");
    }

    /**
     * Fits on the given rows only.
     *
     * @throws DataFormatException if there are none
     */
    public FittedScaler fit(Dataset dataset, int[] rows) {
        throw new UnsupportedOperationException("later");
    }
}
