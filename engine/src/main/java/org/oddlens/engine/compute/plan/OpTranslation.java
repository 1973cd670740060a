package org.oddlens.engine.compute.plan;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.oddlens.engine.compute.plan.PlanBuilder.Shape;

/** Says in our operations what each recorded op of ND4J does; an op it cannot say runs through ND4J. */
final class OpTranslation {

    private final PlanBuilder plan;
    private final ImageOps images;
    private final GroupOps groups;
    private final Map<INDArray, Matrix> matrices = new IdentityHashMap<>();

    OpTranslation(PlanBuilder plan) {
        this.plan = plan;
        this.images = new ImageOps(plan);
        this.groups = new GroupOps(plan);
    }

    /** Gives an array of the recording a place that exists already: a parameter or an input. */
    void bind(INDArray array, Matrix matrix) {
        matrices.put(array, matrix);
    }

    /** The matrix of an array; one that nothing has written yet is a constant and is copied. */
    Matrix matrix(INDArray array) {
        return matrices.computeIfAbsent(array, a -> plan.constant(NativeCall.numbers(a), shape(a)));
    }

    /** How an array is seen as a matrix. */
    static Shape shape(INDArray array) {
        int length = (int) array.length();
        return switch (array.rank()) {
            case 0 -> new Shape(0, 1, 1);
            case 1 -> new Shape(1, length, 1);
            default -> {
                int columns = (int) array.size(array.rank() - 1);
                yield new Shape(array.rank(), length / Math.max(1, columns), columns);
            }
        };
    }

    void add(GraphRecording.Call call) {
        try {
            translate(call);
        } catch (UnsupportedPlanException e) {
            throughNd4j(call);
        }
    }

    private void throughNd4j(GraphRecording.Call call) {
        List<Matrix> in = call.inputs().stream().map(a -> plan.dense(matrix(a))).toList();
        List<Matrix> out =
                call.outputs().stream().map(a -> plan.fresh(shape(a))).toList();
        plan.add(new NativeCall(call, in, out));
        for (int i = 0; i < out.size(); i++) {
            matrices.put(call.outputs().get(i), out.get(i));
        }
    }

    private void translate(GraphRecording.Call call) {
        DifferentialFunction op = call.op();
        Matrix[] in = call.inputs().stream().map(this::matrix).toArray(Matrix[]::new);
        INDArray result = call.outputs().get(0);
        Shape shape = shape(result);
        Matrix done =
                switch (op.opName()) {
                    case "xw_plus_b" -> each(Kernel.ADD, shape, plan.product(in[0], false, in[1], false), in[2]);
                    case "matmul" -> GroupOps.grouped(call) ? groups.product(call, in) : product(op, in);
                    case "permute" -> groups.permuted(call, in[0]);
                    case "add" -> each(Kernel.ADD, shape, in);
                    case "subtract" -> each(Kernel.SUB, shape, in);
                    case "multiply" -> each(Kernel.MUL, shape, in);
                    case "divide" -> each(Kernel.DIV, shape, in);
                    case "squaredsubtract" -> each(Kernel.SQUARED_DIFFERENCE, shape, in);
                    case "pow", "Pow" -> power(op, shape, in);
                    case "add_scalar" -> constant(Kernel.ADD_K, number(op), shape, in);
                    case "sub_scalar" -> constant(Kernel.ADD_K, -number(op), shape, in);
                    case "mul_scalar" -> constant(Kernel.MUL_K, number(op), shape, in);
                    case "div_scalar" -> constant(Kernel.DIV_K, number(op), shape, in);
                    case "rsub_scalar" -> constant(Kernel.K_SUB, number(op), shape, in);
                    case "rdiv_scalar" -> constant(Kernel.K_DIV, number(op), shape, in);
                    case "greaterthan_scalar" -> constant(Kernel.GREATER_K, number(op), shape, in);
                    case "neg" -> each(Kernel.NEG, shape, in);
                    case "abs" -> each(Kernel.ABS, shape, in);
                    case "square" -> each(Kernel.MUL, shape, in[0], in[0]);
                    case "sqrt" -> each(Kernel.SQRT, shape, in);
                    case "log" -> each(Kernel.LOG, shape, in);
                    case "exp" -> each(Kernel.EXP, shape, in);
                    case "cast", "reshape" -> plan.reshaped(in[0], shape);
                    case "relu" -> relu(op, shape, in[0]);
                    case "leakyrelu" -> constant(Kernel.LEAKY_RELU, slope(op), shape, in[0]);
                    case "tanh" -> each(Kernel.TANH, shape, in);
                    case "sigmoid" -> each(Kernel.SIGMOID, shape, in);
                    case "thresholdedrelu_bp" -> reluBack(op, shape, in);
                    case "lrelu_bp" -> {
                        Matrix y = constant(Kernel.LEAKY_RELU, slope(op), shape, in[0]);
                        yield constant(Kernel.LEAKY_RELU_BACK, slope(op), shape, y, in[1]);
                    }
                    case "tanh_bp" -> each(Kernel.TANH_BACK, shape, each(Kernel.TANH, shape, in[0]), in[1]);
                    case "sigmoid_bp" -> each(Kernel.SIGMOID_BACK, shape, each(Kernel.SIGMOID, shape, in[0]), in[1]);
                    case "softmax" -> softmax(op, shape, in[0]);
                    case "softmax_bp" -> softmaxBack(op, shape, in[0], in[1]);
                    case "log_softmax" -> logSoftmax(op, shape, in[0]);
                    case "log_softmax_bp" -> {
                        // g − softmax · Σ g
                        Matrix along = plan.rowSum(in[1], 1);
                        Matrix soft = softmax(op, shape, in[0]);
                        yield each(Kernel.SUB, shape, in[1], each(Kernel.MUL, shape, soft, along));
                    }
                    case "reduce_sum" -> reduced(call, in[0], false);
                    case "reduce_mean" -> reduced(call, in[0], true);
                    case "reduce_max" -> largest(call, in[0]);
                    case "reduce_sum_bp" -> spread(call, in[1], false);
                    case "reduce_mean_bp" -> spread(call, in[1], true);
                    case "conv2d" -> images.convolution(call, in);
                    case "deconv2d" -> images.transposed(call, in);
                    case "tile" -> images.tile(call, in[0]);
                    case "tile_bp" -> images.tileBack(call, in[1]);
                    case "slice" -> images.slice(call, in[0]);
                    case "slice_bp" -> images.sliceBack(call, in[1]);
                    case "conv2d_bp", "deconv2d_bp" -> null;
                    case "matmul_bp", "add_bp", "subtract_bp", "multiply_bp", "divide_bp", "squaredsubtract_bp" -> null;
                    default -> throw new UnsupportedPlanException("no instruction for the op '" + op.opName() + "'");
                };
        if (done == null && op.opName().endsWith("conv2d_bp")) {
            Matrix[] gradients = images.back(call, in);
            for (int i = 0; i < gradients.length; i++) {
                matrices.put(
                        call.outputs().get(i),
                        agreeing(gradients[i], shape(call.outputs().get(i))));
            }
        } else if (done == null) {
            back(call, in);
        } else {
            matrices.put(result, agreeing(done, shape));
        }
    }

    private Matrix agreeing(Matrix matrix, Shape shape) {
        return Shape.of(matrix).equals(shape) ? matrix : plan.reshaped(matrix, shape);
    }

    private Matrix each(Kernel kernel, Shape shape, Matrix... in) {
        return plan.each(kernel, 0, shape, alike(shape, in));
    }

    private Matrix constant(Kernel kernel, float k, Shape shape, Matrix... in) {
        return plan.each(kernel, k, shape, alike(shape, in));
    }

    /** Arrays of rank 3 and more repeat by dimensions that a matrix does not show; only equal ones and numbers are ours. */
    private static Matrix[] alike(Shape shape, Matrix... in) {
        for (Matrix matrix : in) {
            boolean number = matrix.rows() * matrix.columns() == 1;
            if (shape.rank() > 2 && !number && !Shape.of(matrix).equals(shape)) {
                throw new UnsupportedPlanException("repetition in rank " + shape.rank());
            }
        }
        return in;
    }

    private Matrix power(DifferentialFunction op, Shape shape, Matrix[] in) {
        if (in.length == 2) {
            return each(Kernel.POW, shape, in);
        }
        float exponent = number(op);
        if (exponent == 2) {
            return each(Kernel.MUL, shape, in[0], in[0]);
        }
        if (exponent == 0.5f || exponent == -0.5f) {
            Matrix root = each(Kernel.SQRT, shape, in[0]);
            return exponent > 0 ? root : constant(Kernel.K_DIV, 1, shape, root);
        }
        return constant(Kernel.POW_K, exponent, shape, in);
    }

    private Matrix relu(DifferentialFunction op, Shape shape, Matrix in) {
        if (number(op) != 0) {
            throw new UnsupportedPlanException("relu with a cut-off");
        }
        return each(Kernel.RELU, shape, in);
    }

    private Matrix reluBack(DifferentialFunction op, Shape shape, Matrix[] in) {
        float cut = slope(op);
        return cut == 0
                ? each(Kernel.RELU_BACK, shape, each(Kernel.RELU, shape, in[0]), in[1])
                : each(Kernel.MUL, shape, constant(Kernel.GREATER_K, cut, shape, in[0]), in[1]);
    }

    private Matrix product(DifferentialFunction op, Matrix[] in) {
        boolean[] transposed = transposes(op, in);
        return plan.product(in[0], transposed[0], in[1], transposed[1]);
    }

    private static boolean[] transposes(DifferentialFunction op, Matrix[] in) {
        long[] arguments = ((DynamicCustomOp) op).iArgs();
        boolean third = arguments.length > 2 && arguments[2] != 0;
        if (third || in[0].rank() != 2 || in[1].rank() != 2) {
            throw new UnsupportedPlanException("a product of other than matrices, or turned");
        }
        return new boolean[] {
            arguments.length > 0 && arguments[0] != 0, arguments.length > 1 && arguments[1] != 0,
        };
    }

    /** Softmax along each row, the largest exponent taken off first. */
    private Matrix softmax(DifferentialFunction op, Shape shape, Matrix in) {
        Matrix e = softmaxExponentials(op, shape, in);
        return each(Kernel.DIV, shape, e, plan.rowSum(e, 1));
    }

    private Matrix softmaxExponentials(DifferentialFunction op, Shape shape, Matrix in) {
        long[] arguments = ((DynamicCustomOp) op).iArgs();
        boolean alongRows = arguments.length == 0 || arguments[0] == 1 || arguments[0] == -1;
        if (shape.rank() != 2 || !alongRows) {
            throw new UnsupportedPlanException("softmax other than along the rows of a matrix");
        }
        return each(Kernel.EXP, shape, each(Kernel.SUB, shape, in, plan.rowMax(in)));
    }

    /** {@code x − max − ln Σ exp(x − max)} along each row. */
    private Matrix logSoftmax(DifferentialFunction op, Shape shape, Matrix in) {
        Matrix e = softmaxExponentials(op, shape, in);
        Matrix shifted = each(Kernel.SUB, shape, in, plan.rowMax(in));
        Matrix sum = plan.rowSum(e, 1);
        return each(Kernel.SUB, shape, shifted, each(Kernel.LOG, Shape.of(sum), sum));
    }

    /** {@code s·(g − Σ s·g)}. */
    private Matrix softmaxBack(DifferentialFunction op, Shape shape, Matrix in, Matrix g) {
        Matrix s = softmax(op, shape, in);
        Matrix along = plan.rowSum(each(Kernel.MUL, shape, s, g), 1);
        return each(Kernel.MUL, shape, s, each(Kernel.SUB, shape, g, along));
    }

    /** Gradients of both operands of a binary op; where an operand was repeated, its gradient is summed back. */
    private void back(GraphRecording.Call call, Matrix[] in) {
        Matrix a = in[0];
        Matrix b = in[1];
        Matrix g = in[2];
        if (call.op().opName().equals("matmul_bp") && GroupOps.grouped(call)) {
            Matrix[] gradients = groups.back(call, in);
            give(call.outputs().get(0), gradients[0]);
            give(call.outputs().get(1), gradients[1]);
            return;
        }
        Shape full = Shape.of(g);
        Matrix toA;
        Matrix toB;
        switch (call.op().opName()) {
            case "matmul_bp" -> {
                boolean[] t = transposes(call.op(), in);
                toA = t[0] ? plan.product(b, t[1], g, true) : plan.product(g, false, b, !t[1]);
                toB = t[1] ? plan.product(g, true, a, t[0]) : plan.product(a, !t[0], g, false);
            }
            case "add_bp" -> {
                toA = g;
                toB = g;
            }
            case "subtract_bp" -> {
                toA = g;
                toB = each(Kernel.NEG, full, g);
            }
            case "multiply_bp" -> {
                toA = each(Kernel.MUL, full, g, b);
                toB = each(Kernel.MUL, full, g, a);
            }
            case "divide_bp" -> {
                toA = each(Kernel.DIV, full, g, b);
                toB = divisor(a, b, g, full);
            }
            default -> {
                toA = plan.each(Kernel.SQUARED_DIFFERENCE_BACK, 0, full, alike(full, a, b, g));
                toB = plan.each(Kernel.SQUARED_DIFFERENCE_BACK, 0, full, alike(full, b, a, g));
            }
        }
        give(call.outputs().get(0), toA);
        give(call.outputs().get(1), toB);
    }

    /** {@code −g·a / b²}; where b is a column the products are summed before they are divided. */
    private Matrix divisor(Matrix a, Matrix b, Matrix g, Shape full) {
        if (b.columns() > 1 || full.columns() == 1 || b.rank() == 1 || b.rows() != full.rows()) {
            return plan.each(Kernel.DIV_BACK_B, 0, full, alike(full, a, b, g));
        }
        Matrix sum = plan.rowSum(each(Kernel.MUL, full, g, a), -1);
        Shape shape = Shape.of(b);
        return each(Kernel.DIV, shape, agreeing(sum, shape), each(Kernel.MUL, shape, b, b));
    }

    private void give(INDArray array, Matrix gradient) {
        matrices.put(array, plan.summedTo(gradient, shape(array)));
    }

    private Matrix reduced(GraphRecording.Call call, Matrix in, boolean mean) {
        boolean[] along = along(call.inputs().get(0), dimensions(call.op()));
        float factor = mean ? 1f / ((along[0] ? in.rows() : 1) * (along[1] ? in.columns() : 1)) : 1;
        if (along[0] && along[1]) {
            return plan.total(in, factor);
        }
        return along[0] ? plan.columnSum(in, factor) : plan.rowSum(in, factor);
    }

    private Matrix largest(GraphRecording.Call call, Matrix in) {
        boolean[] along = along(call.inputs().get(0), dimensions(call.op()));
        if (along[0] || !along[1]) {
            throw new UnsupportedPlanException("a maximum other than of rows");
        }
        return plan.rowMax(in);
    }

    /** The gradient of a sum or a mean: that of the result, repeated. */
    private Matrix spread(GraphRecording.Call call, Matrix gradient, boolean mean) {
        INDArray wide = call.inputs().get(0);
        Shape shape = shape(wide);
        boolean[] along = along(wide, dimensions(call.op()));
        int rows = along[0] ? 1 : shape.rows();
        int columns = along[1] ? 1 : shape.columns();
        Matrix narrow = plan.reshaped(gradient, new Shape(shape.rank() == 1 ? 1 : 2, rows, columns));
        float factor = mean ? 1f / (shape.rows() / rows * (shape.columns() / columns)) : 1;
        return plan.each(Kernel.MUL_K, factor, Shape.of(narrow), narrow)
                .broadcast(shape.rank(), shape.rows(), shape.columns());
    }

    /** Which of our two directions disappear. */
    private static boolean[] along(INDArray wide, long[] dimensions) {
        int rank = wide.rank();
        boolean all = dimensions.length == 0 || dimensions[0] == Integer.MAX_VALUE;
        boolean last = all;
        int others = all ? rank - 1 : 0;
        for (long given : all ? new long[0] : dimensions) {
            long dimension = given < 0 ? given + rank : given;
            last |= dimension == rank - 1;
            others += dimension == rank - 1 ? 0 : 1;
        }
        if (rank == 1) {
            return new boolean[] {true, false};
        }
        if (others != 0 && others != rank - 1) {
            throw new UnsupportedPlanException("a reduction of some dimensions of rank " + rank);
        }
        return new boolean[] {others > 0, last};
    }

    private static long[] dimensions(DifferentialFunction op) {
        if (op instanceof ReduceOp) {
            int[] dimensions = op.getDimensions();
            return dimensions == null
                    ? new long[0]
                    : Arrays.stream(dimensions).asLongStream().toArray();
        }
        return ((DynamicCustomOp) op).iArgs();
    }

    private static float number(DifferentialFunction op) {
        return ((ScalarOp) op).scalar().castTo(DataType.FLOAT).getFloat(0);
    }

    private static float slope(DifferentialFunction op) {
        if (op instanceof ScalarOp) {
            return number(op);
        }
        double[] arguments = ((DynamicCustomOp) op).tArgs();
        return arguments.length == 0 ? 0 : (float) arguments[0];
    }
}
