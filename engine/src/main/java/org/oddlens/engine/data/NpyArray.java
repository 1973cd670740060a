package org.oddlens.engine.data;

import java.lang.reflect.Array;

/**
 * An array read from a NumPy file, row-major.
 *
 * @param type  element type, for example {@code float64}
 * @param shape lengths, slowest index first; empty for a scalar
 * @param data  {@code float[]}, {@code double[]}, {@code int[]} or {@code long[]}, whichever holds the type exactly
 */
public record NpyArray(String type, int[] shape, Object data) {

    /** Number of values. */
    public int size() {
        return Array.getLength(data);
    }

    /** The values, shared where they are doubles already. */
    public double[] doubles() {
        if (data instanceof double[] same) {
            return same;
        }
        double[] out = new double[size()];
        for (int i = 0; i < out.length; i++) {
            out[i] = Array.getDouble(data, i);
        }
        return out;
    }

    /** The values rounded to single precision, shared where they are floats already. */
    public float[] floats() {
        if (data instanceof float[] same) {
            return same;
        }
        double[] wide = doubles();
        float[] out = new float[wide.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) wide[i];
        }
        return out;
    }

    /** @throws ArithmeticException if a value is not a whole number that an int holds */
    public int[] ints() {
        if (data instanceof int[] same) {
            return same;
        }
        if (data instanceof long[] longs) {
            int[] out = new int[longs.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = Math.toIntExact(longs[i]);
            }
            return out;
        }
        double[] wide = doubles();
        int[] out = new int[wide.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (int) wide[i];
            if (out[i] != wide[i]) {
                throw new ArithmeticException(wide[i] + " is not a whole number that fits");
            }
        }
        return out;
    }
}
