package org.oddlens.engine.compute;

import java.util.List;

/** Sum, mean or maximum along rows, columns or both; or its way back, where a gradient is spread again. */
final class Reduction implements Instruction {

    /** What is computed. */
    enum Op {
        SUM,
        MEAN,
        MAX,
        /** The gradient of a sum, or of a mean, spread over the input's shape. */
        SPREAD,
        SPREAD_MEAN
    }

    private final Op op;
    private final boolean alongRows;
    private final boolean alongColumns;
    private final Matrix in;
    private final Matrix out;

    /**
     * @param alongRows    whether the row index disappears
     * @param alongColumns whether the column index disappears
     */
    Reduction(Op op, boolean alongRows, boolean alongColumns, Matrix in, Matrix out) {
        this.op = op;
        this.alongRows = alongRows;
        this.alongColumns = alongColumns;
        this.in = in;
        this.out = out;
        Matrix wide = op == Op.SPREAD || op == Op.SPREAD_MEAN ? out : in;
        Matrix narrow = wide == out ? in : out;
        int expected = (alongRows ? 1 : wide.rows) * (alongColumns ? 1 : wide.columns);
        if (narrow.length() != expected) {
            throw new UnsupportedPlanException("reduction of " + wide + " to " + narrow);
        }
    }

    @Override
    public void run() {
        switch (op) {
            case SUM -> sum(1);
            case MEAN -> sum(1f / count(in));
            case MAX -> max();
            case SPREAD -> spread(1);
            case SPREAD_MEAN -> spread(1f / count(out));
        }
        out.written();
    }

    private int count(Matrix wide) {
        return (alongRows ? wide.rows : 1) * (alongColumns ? wide.columns : 1);
    }

    private int place(Matrix narrow, int row, int column, int columns) {
        return narrow.offset + (alongRows ? 0 : row * (alongColumns ? 1 : columns)) + (alongColumns ? 0 : column);
    }

    private void sum(float factor) {
        float[] a = in.values;
        float[] o = out.values;
        if (alongColumns) {
            double all = 0;
            for (int row = 0; row < in.rows; row++) {
                float sum = 0;
                int from = in.offset + row * in.columns;
                for (int column = 0; column < in.columns; column++) {
                    sum += a[from + column];
                }
                if (alongRows) {
                    all += sum;
                } else {
                    o[out.offset + row] = sum * factor;
                }
            }
            if (alongRows) {
                o[out.offset] = (float) (all * factor);
            }
        } else {
            int width = in.columns;
            java.util.Arrays.fill(o, out.offset, out.offset + width, 0);
            for (int row = 0; row < in.rows; row++) {
                int from = in.offset + row * width;
                for (int column = 0; column < width; column++) {
                    o[out.offset + column] += a[from + column];
                }
            }
            for (int column = 0; column < width && factor != 1; column++) {
                o[out.offset + column] *= factor;
            }
        }
    }

    private void max() {
        java.util.Arrays.fill(out.values, out.offset, out.offset + out.length(), Float.NEGATIVE_INFINITY);
        for (int row = 0; row < in.rows; row++) {
            for (int column = 0; column < in.columns; column++) {
                int at = place(out, row, column, in.columns);
                out.values[at] = Math.max(out.values[at], in.values[in.offset + row * in.columns + column]);
            }
        }
    }

    private void spread(float factor) {
        for (int row = 0; row < out.rows; row++) {
            int to = out.offset + row * out.columns;
            if (alongColumns) {
                float value = in.values[in.offset + (alongRows ? 0 : row)] * factor;
                java.util.Arrays.fill(out.values, to, to + out.columns, value);
            } else {
                for (int column = 0; column < out.columns; column++) {
                    out.values[to + column] = in.values[in.offset + column] * factor;
                }
            }
        }
    }

    @Override
    public Matrix result() {
        return out;
    }

    @Override
    public List<Matrix> operands() {
        return List.of(in);
    }

    @Override
    public String text() {
        return out + " = " + op.name().toLowerCase(java.util.Locale.ROOT) + "(" + in + (alongRows ? ", rows" : "")
                + (alongColumns ? ", columns" : "") + ")";
    }
}
