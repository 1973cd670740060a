package org.oddlens.engine.compute.plan;

/**
 * A matrix {@code [rows, columns]}, row-major; a view of a storage. A stride of 0 repeats: a row vector under every row, a
 * column beside every column, a number everywhere. An array of rank 1 is a column {@code [n, 1]}, one of a higher rank has
 * its last dimension as columns and all others as rows.
 *
 * @param name         short, unique within a plan
 * @param rank         rank of the array it stands for
 * @param rowStride    distance of rows, 0 if repeated
 * @param columnStride distance of columns, 0 if repeated
 */
record Matrix(String name, Storage storage, int rank, int rows, int columns, int rowStride, int columnStride) {

    /** How a matrix is read when {@code [rows, columns]} are asked for. */
    enum Form {
        DENSE,
        ROW,
        COLUMN,
        NUMBER
    }

    static Matrix dense(String name, Storage storage, int rank, int rows, int columns) {
        if (storage.length() != rows * columns) {
            throw new UnsupportedPlanException(
                    name + " has " + storage.length() + " numbers, not " + rows + "·" + columns);
        }
        return new Matrix(name, storage, rank, rows, columns, columns, 1);
    }

    int length() {
        return rows * columns;
    }

    boolean sameShape(Matrix other) {
        return rows == other.rows && columns == other.columns;
    }

    Form form() {
        boolean rowsDiffer = rows == 1 || rowStride != 0;
        boolean columnsDiffer = columns == 1 || columnStride != 0;
        if (rowsDiffer && columnsDiffer) {
            return Form.DENSE;
        }
        return columnsDiffer
                ? columns == 1 ? Form.NUMBER : Form.ROW
                : rowsDiffer && rows > 1 ? Form.COLUMN : Form.NUMBER;
    }

    boolean isDense() {
        return form() == Form.DENSE;
    }

    /** The same numbers in another shape; only of a dense matrix. */
    Matrix shaped(int newRank, int newRows, int newColumns) {
        return dense(name, storage, newRank, newRows, newColumns);
    }

    /**
     * Repeated to a shape, by NumPy's rule.
     *
     * @param newRank rank of the array with that shape: a vector lies along the columns of a matrix
     */
    Matrix broadcast(int newRank, int newRows, int newColumns) {
        Matrix from = rank == 1 && newRank > 1 ? asRow() : this;
        if (from.rows != newRows && from.rows != 1 || from.columns != newColumns && from.columns != 1) {
            throw new UnsupportedPlanException(this + " cannot be repeated to [" + newRows + "," + newColumns + "]");
        }
        return new Matrix(
                name,
                storage,
                newRank,
                newRows,
                newColumns,
                from.rows == newRows ? from.rowStride : 0,
                from.columns == newColumns ? from.columnStride : 0);
    }

    private Matrix asRow() {
        return new Matrix(name, storage, 2, 1, rows, 0, rowStride);
    }

    @Override
    public String toString() {
        return name + "[" + rows + "," + columns + "]"
                + switch (form()) {
                    case DENSE -> "";
                    case ROW -> "↓";
                    case COLUMN -> "→";
                    case NUMBER -> "·";
                };
    }
}
