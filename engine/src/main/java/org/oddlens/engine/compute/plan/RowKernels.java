package org.oddlens.engine.compute.plan;

import java.util.Arrays;

/**
 * Loops over the rows of a tile. Sums run in eight strands that are added in a fixed order: one strand would wait for each
 * addition to end before the next begins.
 */
final class RowKernels {

    private RowKernels() {}

    /** {@code out[row] = factor · Σ in[row, ·]}. */
    static void sums(float[] in, float[] out, int rows, int columns, float factor) {
        if (columns == 1) {
            for (int row = 0; row < rows; row++) {
                out[row] = in[row] * factor;
            }
            return;
        }
        for (int row = 0; row < rows; row++) {
            out[row] = sum(in, row * columns, columns) * factor;
        }
    }

    private static float sum(float[] in, int from, int count) {
        int end = from + count;
        int i = from;
        float s0 = 0;
        float s1 = 0;
        float s2 = 0;
        float s3 = 0;
        float s4 = 0;
        float s5 = 0;
        float s6 = 0;
        float s7 = 0;
        for (; i <= end - 8; i += 8) {
            s0 += in[i];
            s1 += in[i + 1];
            s2 += in[i + 2];
            s3 += in[i + 3];
            s4 += in[i + 4];
            s5 += in[i + 5];
            s6 += in[i + 6];
            s7 += in[i + 7];
        }
        for (; i < end; i++) {
            s0 += in[i];
        }
        return ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
    }

    /** Sum of the first {@code count} numbers. */
    static double total(float[] in, int count) {
        return sum(in, 0, count);
    }

    /** {@code out[row] = max in[row, ·]}. */
    static void maxima(float[] in, float[] out, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            int from = row * columns;
            int end = from + columns;
            float m0 = in[from];
            float m1 = m0;
            float m2 = m0;
            float m3 = m0;
            int i = from;
            // A branch that is hardly ever taken costs less than Math.max with its care for NaN and signed zeros.
            for (; i <= end - 4; i += 4) {
                if (in[i] > m0) {
                    m0 = in[i];
                }
                if (in[i + 1] > m1) {
                    m1 = in[i + 1];
                }
                if (in[i + 2] > m2) {
                    m2 = in[i + 2];
                }
                if (in[i + 3] > m3) {
                    m3 = in[i + 3];
                }
            }
            for (; i < end; i++) {
                m0 = Math.max(m0, in[i]);
            }
            out[row] = Math.max(Math.max(m0, m1), Math.max(m2, m3));
        }
    }

    /** {@code sums[column] += Σ in[·, column]}. */
    static void addColumns(float[] in, float[] sums, int rows) {
        int columns = sums.length;
        for (int row = 0; row < rows; row++) {
            int from = row * columns;
            for (int column = 0; column < columns; column++) {
                sums[column] += in[from + column];
            }
        }
    }

    /** {@code out[row, ·] = in[row]}. */
    static void spread(float[] in, float[] out, int rows, int columns) {
        for (int row = 0; row < rows; row++) {
            Arrays.fill(out, row * columns, (row + 1) * columns, in[row]);
        }
    }
}
