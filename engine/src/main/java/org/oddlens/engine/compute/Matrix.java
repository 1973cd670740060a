package org.oddlens.engine.compute;

import org.bytedeco.javacpp.FloatPointer;

/**
 * A matrix {@code [rows, columns]}, row-major, in a Java array. A vector is one row, a number is {@code [1, 1]}. Several
 * matrices may be views of one storage.
 */
final class Matrix {

    final String name;
    final float[] values;
    final int offset;
    final int rows;
    final int columns;
    final Storage storage;

    Matrix(String name, float[] values, int offset, int rows, int columns) {
        this(name, new Storage(values, offset, rows * columns), rows, columns);
    }

    private Matrix(String name, Storage storage, int rows, int columns) {
        this.name = name;
        this.storage = storage;
        this.values = storage.values;
        this.offset = storage.offset;
        this.rows = rows;
        this.columns = columns;
    }

    /** The same numbers in another shape of the same size. */
    Matrix view(int newRows, int newColumns) {
        return new Matrix(name, storage, newRows, newColumns);
    }

    int length() {
        return rows * columns;
    }

    boolean sameShape(Matrix other) {
        return rows == other.rows && columns == other.columns;
    }

    /** Must be called by whoever writes the values. */
    void written() {
        storage.mirrorIsCurrent = false;
    }

    @Override
    public String toString() {
        return name + "[" + rows + "," + columns + "]";
    }

    /**
     * A stretch of a Java array. Large products run in BLAS on memory of its own: a mirror, filled at most once after
     * each write.
     */
    static final class Storage {

        private final float[] values;
        private final int offset;
        private final int length;
        private FloatPointer mirror;
        private boolean mirrorIsCurrent;

        Storage(float[] values, int offset, int length) {
            this.values = values;
            this.offset = offset;
            this.length = length;
        }

        /** The mirror with the current values. */
        FloatPointer toBlas() {
            if (!mirrorIsCurrent) {
                blas().put(values, offset, length);
                mirrorIsCurrent = true;
            }
            return mirror;
        }

        /** The mirror as the place of a result; {@link #fromBlas} fetches it. */
        FloatPointer blas() {
            if (mirror == null) {
                mirror = new FloatPointer(length);
            }
            return mirror;
        }

        void fromBlas() {
            mirror.get(values, offset, length);
            mirrorIsCurrent = true;
        }

        void close() {
            if (mirror != null) {
                mirror.close();
                mirror = null;
                mirrorIsCurrent = false;
            }
        }
    }
}
