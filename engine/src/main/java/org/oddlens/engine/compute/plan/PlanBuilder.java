package org.oddlens.engine.compute.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Collects operations one by one, and does only what has to be done: equal operations are done once, those of constants
 * now, those of a repeated row or column before the repetition.
 */
final class PlanBuilder {

    /** From this width on columns are summed by BLAS. */
    private static final int WIDE = 16;

    private final List<Object> operations = new ArrayList<>();
    private final Map<String, Matrix> known = new HashMap<>();
    private final Workers workers;
    private final int rowsAtOnce;
    private int names;

    /**
     * @param rowsAtOnce rows of a product that BLAS may be given together
     * @param workers    share the blocks of large products
     */
    PlanBuilder(int rowsAtOnce, Workers workers) {
        this.rowsAtOnce = rowsAtOnce;
        this.workers = workers;
    }

    /** The shape of an array: its rank, and rows and columns as {@link Matrix} has them. */
    record Shape(int rank, int rows, int columns) {

        static Shape of(Matrix matrix) {
            return new Shape(matrix.rank(), matrix.rows(), matrix.columns());
        }
    }

    /** Rows of a product that BLAS may be given together. */
    int rowsAtOnce() {
        return rowsAtOnce;
    }

    /** Those that share large pieces of work. */
    Workers workers() {
        return workers;
    }

    /** {@link RowOp}s and {@link Instruction}s in order. */
    List<Object> operations() {
        return operations;
    }

    /** A matrix with numbers that never change; equal numbers are kept once and repeated. */
    Matrix constant(float[] values, Shape shape) {
        boolean equal = values.length > 1;
        for (int i = 1; equal && i < values.length; i++) {
            equal = values[i] == values[0];
        }
        if (equal) {
            Matrix number = constant(new float[] {values[0]}, new Shape(2, 1, 1));
            return new Matrix(number.name(), number.storage(), shape.rank(), shape.rows(), shape.columns(), 0, 0);
        }
        return Matrix.dense("c" + names++, Storage.constant(values), shape.rank(), shape.rows(), shape.columns());
    }

    /** A matrix to be written by one instruction. */
    Matrix fresh(Shape shape) {
        return Matrix.dense(
                "t" + names++, Storage.of(shape.rows() * shape.columns()), shape.rank(), shape.rows(), shape.columns());
    }

    /** {@code f(in…)}, the operands repeated to the shape. */
    Matrix each(Kernel kernel, float k, Shape shape, Matrix... in) {
        Matrix[] operands = new Matrix[in.length];
        boolean rowsDiffer = false;
        boolean columnsDiffer = false;
        for (int i = 0; i < in.length; i++) {
            operands[i] = in[i].broadcast(shape.rank(), shape.rows(), shape.columns());
            rowsDiffer |= operands[i].rowStride() != 0 && shape.rows() > 1;
            columnsDiffer |= operands[i].columnStride() != 0 && shape.columns() > 1;
        }
        int rows = rowsDiffer ? shape.rows() : 1;
        int columns = columnsDiffer ? shape.columns() : 1;
        if (rows == shape.rows() && columns == shape.columns()) {
            return simplified(kernel, k, shape, operands);
        }
        // Rank 2 keeps rows and columns apart, which a vector would not.
        Shape narrow = new Shape(shape.rank() == 1 ? 1 : 2, rows, columns);
        for (int i = 0; i < operands.length; i++) {
            Matrix o = operands[i];
            operands[i] =
                    new Matrix(o.name(), o.storage(), narrow.rank(), rows, columns, o.rowStride(), o.columnStride());
        }
        Matrix result = simplified(kernel, k, narrow, operands);
        return result.broadcast(shape.rank(), shape.rows(), shape.columns());
    }

    private Matrix simplified(Kernel kernel, float k, Shape shape, Matrix[] in) {
        if (kernel == Kernel.COPY || kernel == Kernel.MUL_K && k == 1 || kernel == Kernel.ADD_K && k == 0) {
            return in[0].isDense() || kernel != Kernel.COPY
                    ? in[0]
                    : emit(RowOp.each(Kernel.COPY, 0, fresh(shape), in));
        }
        if (in.length == 2) {
            Float left = number(in[0]);
            Float right = number(in[1]);
            Kernel reduced =
                    right != null ? kernel.withConstantRight() : left != null ? kernel.withConstantLeft() : null;
            if (reduced != null && (left == null || right == null)) {
                float constant = right == null ? left : kernel == Kernel.SUB ? -right : right;
                return simplified(reduced, constant, shape, new Matrix[] {right == null ? in[1] : in[0]});
            }
            if (kernel == Kernel.DIV && in[1].form() == Matrix.Form.COLUMN) {
                Matrix inverse = each(Kernel.K_DIV, 1, shape, in[1]);
                return simplified(Kernel.MUL, 0, shape, new Matrix[] {in[0], inverse});
            }
        }
        Float gradient = kernel == Kernel.SQUARED_DIFFERENCE_BACK ? number(in[2]) : null;
        if (gradient != null) {
            return emit(RowOp.each(Kernel.DIFFERENCE_K, 2 * gradient, fresh(shape), in[0], in[1]));
        }
        return emit(RowOp.each(kernel, k, fresh(shape), in));
    }

    /** The value of a constant that is one number everywhere, else null. */
    private static Float number(Matrix matrix) {
        boolean one = matrix.storage().isConstant() && matrix.storage().length() == 1;
        return one ? (Float) matrix.storage().constantValues()[0] : null;
    }

    /** {@code factor · Σ} along each row, {@code [rows, 1]}. */
    Matrix rowSum(Matrix in, float factor) {
        return emit(RowOp.reduction(RowOp.Kind.ROW_SUM, factor, fresh(new Shape(2, in.rows(), 1)), in));
    }

    /** Largest number of each row, {@code [rows, 1]}. */
    Matrix rowMax(Matrix in) {
        return emit(RowOp.reduction(RowOp.Kind.ROW_MAX, 0, fresh(new Shape(2, in.rows(), 1)), in));
    }

    /** {@code factor · Σ} along each column, a vector. */
    Matrix columnSum(Matrix in, float factor) {
        Shape shape = new Shape(1, in.columns(), 1);
        if (in.columns() < WIDE || in.storage().isConstant()) {
            return emit(RowOp.reduction(RowOp.Kind.COLUMN_SUM, factor, fresh(shape), in));
        }
        Matrix dense = dense(in);
        return once("columns{" + factor + "}(" + dense + ")", () -> {
            Matrix out = fresh(shape);
            operations.add(new ColumnSums(dense, out, factor));
            return out;
        });
    }

    /** {@code factor · Σ} of everything, {@code [1, 1]} of rank 0. */
    Matrix total(Matrix in, float factor) {
        return emit(RowOp.reduction(RowOp.Kind.TOTAL, factor, fresh(new Shape(0, 1, 1)), in));
    }

    /** {@code op(a) · op(b)}. */
    Matrix product(Matrix a, boolean transposeA, Matrix b, boolean transposeB) {
        Matrix left = dense(a);
        Matrix right = dense(b);
        int rows = transposeA ? a.columns() : a.rows();
        int columns = transposeB ? b.rows() : b.columns();
        return once("product(" + left + transposeA + right + transposeB + ")", () -> {
            Matrix out = fresh(new Shape(2, rows, columns));
            operations.add(new Product(left, transposeA, right, transposeB, out, rowsAtOnce, workers));
            return out;
        });
    }

    /** An instruction that nothing else is known about; made once for each signature. */
    Matrix instruction(String signature, Shape shape, Function<Matrix, Instruction> make) {
        return once(signature, () -> {
            Matrix out = fresh(shape);
            operations.add(make.apply(out));
            return out;
        });
    }

    /** An instruction that nothing else is known about. */
    void add(Instruction instruction) {
        operations.add(instruction);
    }

    /** The matrix without repetition. */
    Matrix dense(Matrix matrix) {
        Float number = number(matrix);
        if (number != null && !matrix.isDense()) {
            // As the result of an operation it would be folded into one number again.
            return once("dense" + matrix, () -> {
                float[] values = new float[matrix.length()];
                Arrays.fill(values, number);
                return Matrix.dense(
                        "c" + names++, Storage.constant(values), matrix.rank(), matrix.rows(), matrix.columns());
            });
        }
        return matrix.isDense() ? matrix : emit(RowOp.each(Kernel.COPY, 0, fresh(Shape.of(matrix)), matrix));
    }

    /** Reshaped; rows and columns as the new shape has them. */
    Matrix reshaped(Matrix matrix, Shape shape) {
        if (matrix.form() == Matrix.Form.NUMBER) {
            return new Matrix(matrix.name(), matrix.storage(), shape.rank(), shape.rows(), shape.columns(), 0, 0);
        }
        return dense(matrix).shaped(shape.rank(), shape.rows(), shape.columns());
    }

    /** Summed to a shape it was once repeated from. */
    Matrix summedTo(Matrix full, Shape shape) {
        Shape target = shape.rank() == 1 && full.rank() > 1 ? new Shape(2, 1, shape.rows()) : shape;
        boolean rows = target.rows() == 1 && full.rows() > 1;
        boolean columns = target.columns() == 1 && full.columns() > 1;
        Matrix sum = rows ? columns ? total(full, 1) : columnSum(full, 1) : columns ? rowSum(full, 1) : full;
        return sum == full && Shape.of(full).equals(shape) ? full : reshaped(sum, shape);
    }

    private Matrix emit(RowOp op) {
        return once(op.signature(), () -> {
            if (op.in().stream().allMatch(matrix -> matrix.storage().isConstant())) {
                return folded(op);
            }
            operations.add(op);
            return op.out();
        });
    }

    private Matrix once(String signature, Supplier<Matrix> make) {
        Matrix done = known.get(signature);
        if (done == null) {
            done = make.get();
            known.put(signature, done);
        }
        return done;
    }

    /** The result of an operation on constants. */
    private Matrix folded(RowOp op) {
        List<Storage> storages = new ArrayList<>();
        op.in().forEach(matrix -> storages.add(matrix.storage()));
        storages.add(op.out().storage());
        Arena arena = Arena.sideBySide(storages);
        try {
            new Chain(List.of(op), Set.of(op.out().storage())).run();
            float[] values = new float[op.out().length()];
            op.out().storage().read(0, values, 0, values.length);
            return constant(values, Shape.of(op.out()));
        } finally {
            arena.close();
        }
    }
}
