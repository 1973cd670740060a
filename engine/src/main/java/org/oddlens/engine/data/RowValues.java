package org.oddlens.engine.data;

import java.util.Arrays;

/**
 * The numbers of a table, row-major: in single precision where that holds each of them exactly, else in double precision,
 * so that nothing is rounded before a scaler has worked on it. Immutable by agreement: arrays are shared, nobody writes.
 */
public final class RowValues {

    private final float[] singles;
    private final double[] doubles;

    private RowValues(float[] singles, double[] doubles) {
        this.singles = singles;
        this.doubles = doubles;
    }

    /** Shares the array. */
    public static RowValues of(float... values) {
        return new RowValues(values, null);
    }

    /** Shares the array, or copies it into half the memory where single precision loses nothing. */
    public static RowValues of(double... values) {
        for (double value : values) {
            if ((float) value != value && !Double.isNaN(value)) {
                return new RowValues(null, values);
            }
        }
        float[] singles = new float[values.length];
        for (int i = 0; i < singles.length; i++) {
            singles[i] = (float) values[i];
        }
        return new RowValues(singles, null);
    }

    /** The numbers of an array of a file. */
    static RowValues of(DataFile file, ArrayInfo array) {
        return switch (array.type()) {
            case "float32", "single", "float16", "bool", "logical", "int8", "uint8", "int16", "uint16" -> of(
                    file.floats(array.name()));
            default -> of(file.doubles(array.name()));
        };
    }

    public int length() {
        return singles == null ? doubles.length : singles.length;
    }

    /** The number at a place, exactly. */
    public double get(int at) {
        return singles == null ? doubles[at] : singles[at];
    }

    /** Whether every number is held in single precision. */
    public boolean single() {
        return singles != null;
    }

    /** A copy in double precision. */
    public double[] toDoubles() {
        return slice(0, length());
    }

    /** A copy of the numbers from a place on. */
    public double[] slice(int from, int count) {
        if (singles == null) {
            return Arrays.copyOfRange(doubles, from, from + count);
        }
        double[] out = new double[count];
        for (int i = 0; i < count; i++) {
            out[i] = singles[from + i];
        }
        return out;
    }

    /** The given rows of a table of this width, in the given order. */
    RowValues rows(int[] rows, int width) {
        int size = Math.multiplyExact(rows.length, width);
        Object source = array();
        Object out = empty(size);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(source, rows[i] * width, out, i * width, width);
        }
        return sharing(out);
    }

    /** The given columns of a table of this width, in the given order. */
    RowValues columns(int[] columns, int width) {
        int rows = length() / width;
        if (singles == null) {
            double[] out = new double[rows * columns.length];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns.length; j++) {
                    out[i * columns.length + j] = doubles[i * width + columns[j]];
                }
            }
            return of(out); // the columns left may be exact in single precision
        }
        float[] out = new float[rows * columns.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns.length; j++) {
                out[i * columns.length + j] = singles[i * width + columns[j]];
            }
        }
        return of(out);
    }

    /** Rows become columns. */
    RowValues transposed(int rows, int columns) {
        if (singles == null) {
            double[] out = new double[doubles.length];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    out[j * rows + i] = doubles[i * columns + j];
                }
            }
            return sharing(out);
        }
        float[] out = new float[singles.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = singles[i * columns + j];
            }
        }
        return sharing(out);
    }

    /** These numbers, then the others. */
    RowValues append(RowValues other) {
        int size = Math.addExact(length(), other.length());
        if (singles != null && other.singles != null) {
            float[] joined = Arrays.copyOf(singles, size);
            System.arraycopy(other.singles, 0, joined, length(), other.length());
            return of(joined);
        }
        double[] joined = Arrays.copyOf(toDoubles(), size);
        for (int i = 0; i < other.length(); i++) {
            joined[length() + i] = other.get(i);
        }
        return sharing(joined);
    }

    private Object array() {
        return singles == null ? doubles : singles;
    }

    private Object empty(int size) {
        return singles == null ? new double[size] : new float[size];
    }

    private static RowValues sharing(Object array) {
        return array instanceof float[] narrow ? new RowValues(narrow, null) : new RowValues(null, (double[]) array);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RowValues values && Arrays.equals(toDoubles(), values.toDoubles());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toDoubles());
    }
}
