package org.oddlens.engine.data;

/**
 * An array read from a NumPy file, row-major.
 *
 * @param type  element type, for example {@code float64}
 * @param shape lengths, slowest index first; empty for a scalar
 * @param data  {@code float[]}, {@code double[]}, {@code int[]} or {@code long[]}, whichever holds the type exactly
 */
public record NpyArray(String type, int[] shape, Object data) {

    public double[] doubles() {
        throw new UnsupportedOperationException("later");
    }

    public float[] floats() {
        throw new UnsupportedOperationException("later");
    }

    /** @throws ArithmeticException if a value is not a whole number that an int holds */
    public int[] ints() {
        throw new UnsupportedOperationException("later");
    }
}
