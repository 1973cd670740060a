package org.oddlens.engine.compute;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;

/** Turns a recording into instructions of ours over Java arrays. */
final class PlanCompiler {

    private final Map<INDArray, Matrix> matrices = new IdentityHashMap<>();
    private final List<Instruction> instructions = new ArrayList<>();
    private final Set<Matrix.Storage> constants = Collections.newSetFromMap(new IdentityHashMap<>());
    private int temporaries;

    /** Gives an array of the recording a place that exists already: a parameter or an input. */
    void bind(INDArray array, Matrix matrix) {
        matrices.put(array, matrix);
    }

    /** The matrix of an array; one that nothing has written yet is a constant and is copied. */
    Matrix matrix(INDArray array) {
        return matrices.computeIfAbsent(array, this::constant);
    }

    /**
     * The instructions that the results need, in order. What depends on constants only is computed here and now, once.
     *
     * @param results matrices that somebody will read
     */
    List<Instruction> instructions(List<Matrix> results) {
        Set<Matrix.Storage> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        results.forEach(result -> needed.add(result.storage));
        Deque<Instruction> kept = new ArrayDeque<>();
        for (int i = instructions.size() - 1; i >= 0; i--) {
            Instruction instruction = instructions.get(i);
            if (needed.contains(instruction.result().storage)) {
                instruction.operands().forEach(operand -> needed.add(operand.storage));
                kept.addFirst(instruction);
            }
        }
        return List.copyOf(kept);
    }

    private void emit(Instruction instruction) {
        boolean constant = true;
        for (Matrix operand : instruction.operands()) {
            constant &= constants.contains(operand.storage);
        }
        if (constant) {
            instruction.run();
            constants.add(instruction.result().storage);
        } else {
            instructions.add(instruction);
        }
    }

    Iterable<Matrix> matrices() {
        return matrices.values();
    }

    private Matrix constant(INDArray array) {
        float[] values = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
        Matrix constant = place("c" + temporaries++, array, values);
        constants.add(constant.storage);
        return constant;
    }

    private Matrix result(INDArray array) {
        return matrices.computeIfAbsent(array, a -> place("t" + temporaries++, a, new float[(int) a.length()]));
    }

    private Matrix temporary(int rows, int columns) {
        return new Matrix("t" + temporaries++, new float[rows * columns], 0, rows, columns);
    }

    static Matrix place(String name, INDArray array, float[] values) {
        return switch (array.rank()) {
            case 0 -> new Matrix(name, values, 0, 1, 1);
            case 1 -> new Matrix(name, values, 0, 1, (int) array.length());
            case 2 -> new Matrix(name, values, 0, (int) array.size(0), (int) array.size(1));
            default -> throw new UnsupportedPlanException("an array of rank " + array.rank());
        };
    }

    /** @throws UnsupportedPlanException if there is no instruction for the op */
    void add(GraphRecording.Call call) {
        DifferentialFunction op = call.op();
        Matrix[] in = call.inputs().stream().map(this::matrix).toArray(Matrix[]::new);
        Matrix out = result(call.outputs().get(0));
        switch (op.opName()) {
            case "xw_plus_b" -> emit(new Product(in[0], false, in[1], false, in[2], out));
            case "matmul" -> product(op, in, out);
            case "matmul_bp" -> productBack(op, in, out, result(call.outputs().get(1)));
            case "add" -> each(ElementWise.Op.ADD, 0, out, in[0], in[1]);
            case "subtract" -> each(ElementWise.Op.SUB, 0, out, in[0], in[1]);
            case "multiply" -> each(ElementWise.Op.MUL, 0, out, in[0], in[1]);
            case "divide" -> each(ElementWise.Op.DIV, 0, out, in[0], in[1]);
            case "squaredsubtract" -> each(ElementWise.Op.SQUARED_DIFFERENCE, 0, out, in[0], in[1]);
            case "pow" -> {
                if (in.length == 1) {
                    each(ElementWise.Op.POW_K, scalar(op), out, in[0]);
                } else {
                    each(ElementWise.Op.POW, 0, out, in[0], in[1]);
                }
            }
            case "add_bp" -> both(call, ElementWise.Op.COPY, ElementWise.Op.COPY, in, true);
            case "subtract_bp" -> both(call, ElementWise.Op.SUB_BP_A, ElementWise.Op.SUB_BP_B, in, false);
            case "multiply_bp" -> both(call, ElementWise.Op.MUL_BP_A, ElementWise.Op.MUL_BP_B, in, false);
            case "divide_bp" -> both(call, ElementWise.Op.DIV_BP_A, ElementWise.Op.DIV_BP_B, in, false);
            case "squaredsubtract_bp" -> both(
                    call, ElementWise.Op.SQUARED_DIFFERENCE_BP_A, ElementWise.Op.SQUARED_DIFFERENCE_BP_B, in, false);
            case "add_scalar" -> each(ElementWise.Op.ADD_K, scalar(op), out, in[0]);
            case "sub_scalar" -> each(ElementWise.Op.ADD_K, -scalar(op), out, in[0]);
            case "mul_scalar" -> each(ElementWise.Op.MUL_K, scalar(op), out, in[0]);
            case "div_scalar" -> each(ElementWise.Op.DIV_K, scalar(op), out, in[0]);
            case "rsub_scalar" -> each(ElementWise.Op.K_MINUS, scalar(op), out, in[0]);
            case "greaterthan_scalar" -> each(ElementWise.Op.GREATER_K, scalar(op), out, in[0]);
            case "neg" -> each(ElementWise.Op.NEG, 0, out, in[0]);
            case "sqrt" -> each(ElementWise.Op.SQRT, 0, out, in[0]);
            case "log" -> each(ElementWise.Op.LOG, 0, out, in[0]);
            case "exp" -> each(ElementWise.Op.EXP, 0, out, in[0]);
            case "cast", "reshape" -> matrices.put(call.outputs().get(0), in[0].view(out.rows, out.columns));
            case "relu" -> relu(op, out, in[0]);
            case "leakyrelu" -> each(ElementWise.Op.LEAKY_RELU, argument(op), out, in[0]);
            case "lrelu_bp" -> each(ElementWise.Op.LEAKY_RELU_BP, argument(op), out, in[0], in[1]);
            case "thresholdedrelu_bp" -> each(ElementWise.Op.RELU_BP, argument(op), out, in[0], in[1]);
            case "tanh" -> each(ElementWise.Op.TANH, 0, out, in[0]);
            case "tanh_bp" -> each(ElementWise.Op.TANH_BP, 0, out, in[0], in[1]);
            case "sigmoid" -> each(ElementWise.Op.SIGMOID, 0, out, in[0]);
            case "sigmoid_bp" -> each(ElementWise.Op.SIGMOID_BP, 0, out, in[0], in[1]);
            case "softmax" -> emit(new Softmax(lastDimension(op, in[0]), null, out));
            case "softmax_bp" -> emit(new Softmax(lastDimension(op, in[0]), in[1], out));
            case "reduce_sum" -> reduce(Reduction.Op.SUM, call, in[0], out);
            case "reduce_mean" -> reduce(Reduction.Op.MEAN, call, in[0], out);
            case "reduce_max" -> reduce(Reduction.Op.MAX, call, in[0], out);
            case "reduce_sum_bp" -> spread(Reduction.Op.SPREAD, call, in[1], out);
            case "reduce_mean_bp" -> spread(Reduction.Op.SPREAD_MEAN, call, in[1], out);
            default -> throw new UnsupportedPlanException("no instruction for the op '" + op.opName() + "'");
        }
    }

    private void each(ElementWise.Op op, float k, Matrix out, Matrix... in) {
        emit(new ElementWise(op, k, out, in));
    }

    private void relu(DifferentialFunction op, Matrix out, Matrix in) {
        if (scalar(op) != 0) {
            throw new UnsupportedPlanException("relu with a cut-off");
        }
        each(ElementWise.Op.RELU, 0, out, in);
    }

    private static Matrix lastDimension(DifferentialFunction op, Matrix in) {
        long[] arguments = ((DynamicCustomOp) op).iArgs();
        if (arguments.length > 0 && arguments[0] != 1 && arguments[0] != -1) {
            throw new UnsupportedPlanException("softmax along dimension " + arguments[0]);
        }
        return in;
    }

    private void product(DifferentialFunction op, Matrix[] in, Matrix out) {
        boolean[] transposed = transposes(op);
        emit(new Product(in[0], transposed[0], in[1], transposed[1], null, out));
    }

    private static boolean[] transposes(DifferentialFunction op) {
        long[] arguments = ((DynamicCustomOp) op).iArgs();
        boolean a = arguments.length > 0 && arguments[0] != 0;
        boolean b = arguments.length > 1 && arguments[1] != 0;
        if (arguments.length > 2 && arguments[2] != 0) {
            throw new UnsupportedPlanException("a transposed result");
        }
        return new boolean[] {a, b};
    }

    /** Gradients of {@code op(a) · op(b)}: of a, {@code g · op(b)ᵀ}, of b, {@code op(a)ᵀ · g}, turned as a and b are. */
    private void productBack(DifferentialFunction op, Matrix[] in, Matrix outA, Matrix outB) {
        boolean[] transposed = transposes(op);
        Matrix a = in[0];
        Matrix b = in[1];
        Matrix g = in[2];
        emit(
                transposed[0]
                        ? new Product(b, transposed[1], g, true, null, outA)
                        : new Product(g, false, b, !transposed[1], null, outA));
        emit(
                transposed[1]
                        ? new Product(g, true, a, transposed[0], null, outB)
                        : new Product(a, !transposed[0], g, false, null, outB));
    }

    /** Gradients of both inputs of a binary op; where an input was repeated, the gradient is summed back. */
    private void both(GraphRecording.Call call, ElementWise.Op opA, ElementWise.Op opB, Matrix[] in, boolean copies) {
        Matrix g = in[2];
        for (int side = 0; side < 2; side++) {
            Matrix out = result(call.outputs().get(side));
            if (copies && out.sameShape(g)) {
                matrices.put(call.outputs().get(side), g);
                continue;
            }
            Matrix full = out.sameShape(g) ? out : copies ? g : temporary(g.rows, g.columns);
            if (!copies) {
                each(side == 0 ? opA : opB, 0, full, in[0], in[1], g);
            }
            if (full != out) {
                emit(new Reduction(
                        Reduction.Op.SUM, out.rows == 1 && g.rows > 1, out.columns == 1 && g.columns > 1, full, out));
            }
        }
    }

    private static float scalar(DifferentialFunction op) {
        return ((ScalarOp) op).scalar().getFloat(0);
    }

    private static float argument(DifferentialFunction op) {
        if (op instanceof ScalarOp) {
            return scalar(op);
        }
        double[] arguments = ((DynamicCustomOp) op).tArgs();
        return arguments.length == 0 ? 0 : (float) arguments[0];
    }

    private void reduce(Reduction.Op kind, GraphRecording.Call call, Matrix in, Matrix out) {
        boolean[] along = along(call.inputs().get(0).rank(), dimensions(call.op()));
        emit(new Reduction(kind, along[0], along[1], in, out));
    }

    private void spread(Reduction.Op kind, GraphRecording.Call call, Matrix gradient, Matrix out) {
        boolean[] along = along(call.inputs().get(0).rank(), dimensions(call.op()));
        emit(new Reduction(kind, along[0], along[1], gradient, out));
    }

    private static long[] dimensions(DifferentialFunction op) {
        if (op instanceof ReduceOp) {
            int[] dimensions = op.getDimensions();
            return dimensions == null
                    ? new long[0]
                    : java.util.Arrays.stream(dimensions).asLongStream().toArray();
        }
        return ((DynamicCustomOp) op).iArgs();
    }

    /** Which of our two directions disappear; a vector is one row, so its only dimension is our second. */
    private static boolean[] along(int rank, long[] dimensions) {
        if (dimensions.length == 0 || dimensions.length == rank || dimensions[0] == Integer.MAX_VALUE) {
            return new boolean[] {true, true};
        }
        long dimension = dimensions[0] < 0 ? dimensions[0] + rank : dimensions[0];
        return rank == 1 ? new boolean[] {true, true} : new boolean[] {dimension == 0, dimension == 1};
    }
}
