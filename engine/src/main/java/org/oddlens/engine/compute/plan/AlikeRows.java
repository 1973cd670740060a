package org.oddlens.engine.compute.plan;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * How many rows of a product may be handed to OpenBLAS at once so that equal rows get equal bits, wherever they lie.
 *
 * <p>Its kernels for AVX2 (Haswell, Zen) take twelve rows together and add up the second six in another order than the
 * first, so a row's score would depend on its place in a block; fewer than twelve rows they treat alike. Those for AVX-512
 * and the old ones treat all rows alike. Which kernels are at work is found out by multiplying, not by name.
 */
public final class AlikeRows {

    /** No limit. */
    public static final int ALL = Integer.MAX_VALUE;

    /** Inner length and columns: below and above the sizes at which kernels change. */
    private static final int[][] SHAPES = {{12, 8}, {12, 24}, {20, 10}, {64, 32}, {500, 40}};

    /** Rows of the trial for {@link #ALL}: what scoring takes at once, and a block of a large product. */
    private static final int[] MANY = {256, 96};

    private static final int MOST = most();

    private AlikeRows() {}

    /** The limit of OpenBLAS's kernels on this machine: {@link #ALL}, 8, 4 or 1. */
    public static int atOnce() {
        return MOST;
    }

    private static int most() {
        if (IntStream.of(MANY).allMatch(AlikeRows::alike)) {
            return ALL;
        }
        return alike(8) ? 8 : alike(4) ? 4 : 1;
    }

    /** Whether the products of so many equal rows are equal, for each shape and both ways of storing the factor. */
    static boolean alike(int rows) {
        for (int[] shape : SHAPES) {
            if (!alike(rows, shape[0], shape[1], false) || !alike(rows, shape[0], shape[1], true)) {
                return false;
            }
        }
        return true;
    }

    private static boolean alike(int rows, int inner, int columns, boolean transposed) {
        try (FloatPointer a = new FloatPointer((long) rows * inner);
                FloatPointer b = new FloatPointer((long) inner * columns);
                FloatPointer out = new FloatPointer((long) rows * columns)) {
            for (int i = 0; i < rows * inner; i++) {
                a.put(i, uneven(i % inner));
            }
            for (int i = 0; i < inner * columns; i++) {
                b.put(i, uneven(i + inner));
            }
            Blas.product(
                    false,
                    transposed,
                    rows,
                    columns,
                    inner,
                    a,
                    inner,
                    b,
                    transposed ? inner : columns,
                    0,
                    out,
                    columns);
            return IntStream.range(columns, rows * columns).allMatch(i -> out.get(i) == out.get(i % columns));
        }
    }

    /** Numbers between −0.5 and 0.5 whose sums round: fractional parts of multiples of the golden ratio. */
    private static float uneven(int i) {
        double multiple = i * 0.6180339887498949;
        return (float) (multiple - Math.floor(multiple) - 0.5);
    }
}
