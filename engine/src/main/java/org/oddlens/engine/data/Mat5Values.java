package org.oddlens.engine.data;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleConsumer;

/**
 * The values of one plain array of a MATLAB level 5 file: numbers, text or a sparse matrix. The constructor checks every
 * announced count against the bytes that are there.
 */
final class Mat5Values {

    private final Mat5Element element;
    private final Mat5Tag real;
    private final int count;
    private final int[] sparseRows;
    private final int[] sparseColumns;

    /**
     * @param element its head
     * @param content the bytes that the head was read from
     * @throws Mat5Tag.Malformed with the end of a sentence, if counts and bytes differ
     */
    Mat5Values(Mat5Element element, ByteBuffer content) throws Mat5Tag.Malformed {
        this.element = element;
        ByteBuffer buffer = content.duplicate().order(content.order()).position(element.body());
        count = element.count();
        if (element.matClass() == Mat5Element.SPARSE) {
            if (element.shape().length != 2) {
                throw new Mat5Tag.Malformed("is sparse with other than two dimensions");
            }
            int[] rows = Mat5Tag.next(buffer).indices(element.shape()[0] - 1L, "has a value outside its rows");
            sparseColumns = Mat5Tag.next(buffer).indices(Integer.MAX_VALUE, "has a column index that runs backwards");
            real = sparseValues(rows, Mat5Tag.next(buffer));
            sparseRows = rows;
        } else {
            sparseRows = null;
            sparseColumns = null;
            real = count == 0 ? new Mat5Tag(1, ByteBuffer.allocate(0)) : Mat5Tag.next(buffer);
            if (element.matClass() != Mat5Element.CHAR && real.count() != count) {
                throw announced(real.count());
            }
        }
    }

    private Mat5Tag.Malformed announced(long found) {
        return new Mat5Tag.Malformed("announces " + Sentences.count(count, "value") + " ("
                + Sentences.shape(element.shapeList()) + ") but holds " + Sentences.count(found));
    }

    /** The last column index, not nzmax, says how many values are meant; there may be room for more. */
    private Mat5Tag sparseValues(int[] rows, Mat5Tag values) throws Mat5Tag.Malformed {
        if (sparseColumns.length != element.shape()[1] + 1L) {
            throw new Mat5Tag.Malformed("is sparse with " + Sentences.count(sparseColumns.length)
                    + " column indices for " + Sentences.count(element.shape()[1], "column"));
        }
        int last = 0;
        for (int next : sparseColumns) {
            if (next < last) {
                throw new Mat5Tag.Malformed("has a column index that runs backwards");
            }
            last = next;
        }
        // MATLAB tags the values of a sparse logical as doubles although they are bytes.
        boolean bytes = element.logical()
                && values.type() == Mat5Tag.DOUBLE
                && values.data().remaining() < 8L * last;
        Mat5Tag found = bytes ? values.as(2) : values;
        if (last > rows.length || last > found.count()) {
            throw new Mat5Tag.Malformed("announces " + Sentences.count(last, "value") + " but holds "
                    + Sentences.count(Math.min(rows.length, found.count())));
        }
        return found;
    }

    /** Passes the values on, first index fastest; for a sparse matrix only those that it holds. */
    void forEach(DoubleConsumer sink) {
        try {
            real.forEach(unsigned(), sink);
        } catch (Mat5Tag.Malformed impossible) {
            throw new IllegalStateException(impossible); // the constructor counted the values
        }
    }

    /** The class says how integers of its own width are meant; narrower ones were packed and keep their own sign. */
    private boolean unsigned() throws Mat5Tag.Malformed {
        int matClass = element.matClass();
        boolean whole = matClass >= 8 && matClass <= Mat5Element.UINT64;
        boolean same = whole && real.data().remaining() > 0 && real.size() == 1 << (matClass - 8) / 2;
        return same ? matClass % 2 == 1 : real.isUnsigned();
    }

    /** Looks through the values without keeping them. */
    ArrayInfo info(String name) {
        ValueScan scan = ValueScan.of(element.shapeList());
        if (sparseRows != null) {
            for (double value : doubles()) {
                scan.add(value);
            }
        } else {
            forEach(scan::add);
        }
        return scan.info(name, element.shapeList(), element.type());
    }

    double[] doubles() {
        double[] out = new double[count];
        if (sparseRows == null) {
            ColumnMajor order = new ColumnMajor(element.shape());
            forEach(value -> out[order.next()] = value);
            return out;
        }
        double[] values = new double[sparseRows.length];
        int[] at = new int[1];
        forEach(value -> {
            if (at[0] < values.length) {
                values[at[0]++] = value;
            }
        });
        int columns = element.shape()[1];
        for (int column = 0; column < columns; column++) {
            for (int i = sparseColumns[column]; i < sparseColumns[column + 1]; i++) {
                out[sparseRows[i] * columns + column] = values[i];
            }
        }
        return out;
    }

    float[] floats() {
        float[] out = new float[count];
        if (sparseRows != null) {
            double[] wide = doubles();
            for (int i = 0; i < count; i++) {
                out[i] = (float) wide[i];
            }
            return out;
        }
        ColumnMajor order = new ColumnMajor(element.shape());
        forEach(value -> out[order.next()] = (float) value);
        return out;
    }

    /** One text per row of a character matrix, without padding. */
    String[] lines() throws Mat5Tag.Malformed {
        int[] shape = element.shape();
        if (count == 0) {
            return new String[] {""};
        }
        if (shape.length != 2) {
            throw new Mat5Tag.Malformed("holds text in " + shape.length + " dimensions");
        }
        char[] letters = letters();
        if (letters.length != count) {
            throw announced(letters.length);
        }
        String[] lines = new String[shape[0]];
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < shape[0]; i++) {
            line.setLength(0);
            for (int j = 0; j < shape[1]; j++) {
                line.append(letters[j * shape[0] + i]);
            }
            lines[i] = line.toString().replace("\0", "").strip();
        }
        return lines;
    }

    private char[] letters() throws Mat5Tag.Malformed {
        if (count == 0) {
            return new char[0];
        }
        if (real.type() >= Mat5Tag.UTF8 && real.type() <= Mat5Tag.UTF32) {
            boolean big = real.data().order() == java.nio.ByteOrder.BIG_ENDIAN;
            Charset charset =
                    switch (real.type()) {
                        case Mat5Tag.UTF8 -> StandardCharsets.UTF_8;
                        case Mat5Tag.UTF32 -> Charset.forName(big ? "UTF-32BE" : "UTF-32LE");
                        default -> big ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
                    };
            return charset.decode(real.data().duplicate()).toString().toCharArray();
        }
        char[] out = new char[real.count()];
        int[] at = new int[1];
        real.forEach(true, value -> out[at[0]++] = (char) value);
        return out;
    }
}
