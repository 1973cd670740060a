package org.oddlens.engine.detector.solved;

import java.util.Arrays;
import org.oddlens.engine.run.Tensor;

/**
 * Double numbers in the single-precision arrays of a model: three floats whose sum is the number. 24 + 24 + 24 bits hold
 * the 53 of a double, save far below 1e-30, where {@link #rounded} says what is kept.
 */
public final class ExactNumbers {

    private static final int PARTS = 3;

    private ExactNumbers() {}

    /** {@code [n, 3]}. */
    public static Tensor write(double[] numbers) {
        float[] parts = new float[PARTS * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            double rest = numbers[i];
            for (int p = 0; p < PARTS; p++) {
                parts[PARTS * i + p] = (float) rest;
                rest -= parts[PARTS * i + p];
            }
        }
        return Tensor.of(parts, numbers.length, PARTS);
    }

    /**
     * The numbers written.
     *
     * @throws IllegalArgumentException if these are none
     */
    public static double[] read(Tensor tensor) {
        if (tensor == null || tensor.shape().length != 2 || tensor.shape()[1] != PARTS) {
            throw new IllegalArgumentException("The model holds "
                    + (tensor == null ? "nothing" : Arrays.toString(tensor.shape()))
                    + " where numbers of three parts are expected; it was made by another detector.");
        }
        double[] numbers = new double[tensor.shape()[0]];
        for (int i = 0; i < numbers.length; i++) {
            // smallest first: each sum is exact then
            numbers[i] = (double) tensor.values()[PARTS * i + 2]
                    + tensor.values()[PARTS * i + 1]
                    + tensor.values()[PARTS * i];
        }
        return numbers;
    }

    /** The numbers as they will be read back; to be used from the start, so that a model scores alike before and after. */
    public static double[] rounded(double[] numbers) {
        return read(write(numbers));
    }
}
