package org.oddlens.engine.compute.plan;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One operation on the rows of some matrices: what {@link Chain} runs, several at a time.
 *
 * @param kind   what is done
 * @param kernel function for {@link Kind#EACH}, else null
 * @param k      constant of the kernel, or the factor of a sum
 * @param out    result
 * @param in     operands, repeated to one shape {@code [rows, columns]}
 */
record RowOp(Kind kind, Kernel kernel, float k, Matrix out, List<Matrix> in) {

    /** Kinds of operation. */
    enum Kind {
        /** A function, element by element. */
        EACH,
        /** k times the sum of each row, {@code [rows, 1]}. */
        ROW_SUM,
        /** Largest number of each row, {@code [rows, 1]}. */
        ROW_MAX,
        /** k times the sum of each column; the result can only be read when all rows are done. */
        COLUMN_SUM,
        /** k times the sum of everything; likewise. */
        TOTAL
    }

    static RowOp each(Kernel kernel, float k, Matrix out, Matrix... in) {
        return new RowOp(Kind.EACH, kernel, k, out, List.of(in));
    }

    static RowOp reduction(Kind kind, float factor, Matrix out, Matrix in) {
        return new RowOp(kind, null, factor, out, List.of(in));
    }

    /** Rows it runs over. */
    int rows() {
        return in.get(0).rows();
    }

    /** Columns it runs over. */
    int columns() {
        return in.get(0).columns();
    }

    /** Whether rows of the result are there as soon as the same rows of the operands are. */
    boolean rowByRow() {
        return kind != Kind.COLUMN_SUM && kind != Kind.TOTAL;
    }

    /** Two operations with the same signature have the same result. */
    String signature() {
        return function()
                + in.stream()
                        .map(m -> m.name() + "/" + m.rank() + ":" + m.rows() + "x" + m.columns() + m.form())
                        .collect(Collectors.joining(",", "(", ")"));
    }

    String text() {
        return out + " = " + function() + in.stream().map(Matrix::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    private String function() {
        String name = kind == Kind.EACH ? kernel.id() : kind.name().toLowerCase(Locale.ROOT);
        boolean constant = kind == Kind.EACH ? kernel.hasConstant() : kind != Kind.ROW_MAX;
        return constant ? name + "{" + k + "}" : name;
    }
}
