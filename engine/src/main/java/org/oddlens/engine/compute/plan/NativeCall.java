package org.oddlens.engine.compute.plan;

import java.util.List;
import java.util.stream.Collectors;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/** An op without an instruction of ours: ND4J runs it, on arrays and a context that are kept. */
public final class NativeCall implements Instruction {

    private final DifferentialFunction op;
    private final List<Matrix> in;
    private final List<Matrix> out;
    private final List<INDArray> inArrays;
    private final List<INDArray> outArrays;
    private final OpContext context;
    private final float[] numbers;

    NativeCall(GraphRecording.Call call, List<Matrix> in, List<Matrix> out) {
        this.op = call.op();
        this.in = in;
        this.out = out;
        this.inArrays = call.inputs().stream().map(a -> a.dup('c')).toList();
        this.outArrays = call.outputs().stream()
                .map(a -> Nd4j.create(a.dataType(), a.shape()))
                .toList();
        this.context = context(op, inArrays, outArrays);
        int longest = 1;
        for (Matrix matrix : in) {
            longest = Math.max(longest, matrix.length());
        }
        for (Matrix matrix : out) {
            longest = Math.max(longest, matrix.length());
        }
        this.numbers = new float[longest];
    }

    /** A context for running an op on given arrays again and again. */
    public static OpContext context(DifferentialFunction op, List<INDArray> in, List<INDArray> out) {
        OpContext context = Nd4j.getExecutioner().buildContext();
        if (op instanceof DynamicCustomOp custom) {
            context.setArgs(
                    in.toArray(new INDArray[0]), custom.iArgs(), custom.dArgs(), custom.tArgs(), custom.bArgs());
        } else {
            context.setInputArrays(in);
        }
        context.setOutputArrays(out);
        return context;
    }

    /** The numbers of an array in row-major order. */
    static float[] numbers(INDArray array) {
        return array.castTo(DataType.FLOAT).dup('c').data().asFloat();
    }

    @Override
    public void run() {
        for (int i = 0; i < in.size(); i++) {
            in.get(i).storage().read(0, numbers, 0, in.get(i).length());
            fill(inArrays.get(i), in.get(i).length());
        }
        if (GraphSession.isCopy(op, inArrays.get(0), outArrays.get(0))) {
            GraphSession.copy(inArrays.get(0), outArrays.get(0));
        } else if (op instanceof CustomOp custom) {
            Nd4j.exec(custom, context);
        } else {
            Nd4j.exec((Op) op, context);
        }
        for (int i = 0; i < out.size(); i++) {
            INDArray array = outArrays.get(i);
            if (array.dataType() == DataType.FLOAT && array.ordering() == 'c') {
                array.data().asNioFloat().get(0, numbers, 0, out.get(i).length());
                out.get(i).storage().write(0, numbers, 0, out.get(i).length());
            } else {
                out.get(i).storage().write(0, numbers(array), 0, out.get(i).length());
            }
        }
    }

    private void fill(INDArray array, int count) {
        if (array.dataType() == DataType.FLOAT) {
            array.data().asNioFloat().put(0, numbers, 0, count);
        } else {
            for (int i = 0; i < count; i++) {
                array.putScalar(i, numbers[i]);
            }
        }
    }

    @Override
    public List<Matrix> reads() {
        return in;
    }

    @Override
    public List<Matrix> writes() {
        return out;
    }

    @Override
    public String text() {
        return out.stream().map(Matrix::toString).collect(Collectors.joining(", ")) + " = nd4j " + op.opName()
                + in.stream().map(Matrix::toString).collect(Collectors.joining(", ", "(", ")"));
    }

    @Override
    public void close() {
        try {
            context.close();
        } catch (Exception e) {
            throw new IllegalStateException("an op context could not be released", e);
        }
    }
}
