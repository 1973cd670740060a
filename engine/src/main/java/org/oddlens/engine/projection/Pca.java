package org.oddlens.engine.projection;

/** Principal axes of rows; the entry of largest magnitude of each axis is positive, so that pictures do not flip. */
public final class Pca {

    private Pca() {}

    /**
     * Fits.
     *
     * @param values     row-major [rows, columns], finite
     * @param components number of axes wanted; fewer come back if columns are fewer
     */
    public static Pca fit(float[] values, int rows, int columns, int components) {
        throw new UnsupportedOperationException("later");
    }

    public int components() {
        throw new UnsupportedOperationException("later");
    }

    /** Column means, [columns]. */
    public double[] mean() {
        throw new UnsupportedOperationException("later");
    }

    /** Unit axes, [components][columns]. */
    public double[][] axes() {
        throw new UnsupportedOperationException("later");
    }

    /** Share of the total variance along each axis; 0 if there is no variance. */
    public double[] explainedShare() {
        throw new UnsupportedOperationException("later");
    }

    /** Coordinates of rows [rows, columns] along the axes: [rows, components]. */
    public float[] project(float[] values, int rows) {
        throw new UnsupportedOperationException("later");
    }
}
