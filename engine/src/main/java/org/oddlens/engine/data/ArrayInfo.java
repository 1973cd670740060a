package org.oddlens.engine.data;

import java.util.List;

/**
 * What is known about one array of a file without keeping its values.
 *
 * @param name     name in the file
 * @param shape    lengths, slowest index first; empty for a scalar
 * @param type     type as the file's format calls it, for example {@code float64} or {@code uint8}
 * @param min      smallest finite value, NaN if there is none
 * @param max      largest finite value, NaN if there is none
 * @param missing  number of NaN values or empty cells
 * @param infinite number of infinite values
 * @param distinct distinct values, by value, if the array is one-dimensional (or n x 1, 1 x n) and has at most 60;
 *                 else empty
 * @param usable   whether rows or labels can be read from it
 * @param reason   why not, as a sentence; "" if usable
 */
public record ArrayInfo(
        String name,
        List<Integer> shape,
        String type,
        double min,
        double max,
        long missing,
        long infinite,
        List<ValueCount> distinct,
        boolean usable,
        String reason) {

    /** Most distinct values that are counted for a label candidate. */
    public static final int MAX_DISTINCT = 60;

    public ArrayInfo {
        shape = List.copyOf(shape);
        distinct = List.copyOf(distinct);
    }

    /** An array that is listed but cannot be used. */
    public static ArrayInfo unusable(String name, List<Integer> shape, String type, String reason) {
        return new ArrayInfo(name, shape, type, Double.NaN, Double.NaN, 0, 0, List.of(), false, reason);
    }

    /** Number of values, the product of the shape. */
    public long size() {
        long size = 1;
        for (int length : shape) {
            size *= length;
        }
        return size;
    }

    /** True for [n], [n, 1] and [1, n]. */
    public boolean isVector() {
        return shape.size() == 1 || shape.size() == 2 && (shape.get(0) == 1 || shape.get(1) == 1);
    }

    /** The shape in words, for example {@code 2,010 × 12}. */
    public String shapeText() {
        return Sentences.shape(shape);
    }
}
