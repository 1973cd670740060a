package org.oddlens.engine.compute;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;

/**
 * Runs the graph once through SameDiff for each batch size, writes down every native call with its arrays, and from
 * then on only repeats the calls.
 *
 * <p>SameDiff's interpreter spends milliseconds per step on book-keeping that is the same every time: dependency
 * tracking, shape inference, allocation. The recording keeps the arrays and the op contexts; a step is then a loop of
 * native calls over the same memory and allocates nothing on the native side. The same ops run on the same values in the
 * same order; gradients equal the interpreter's up to the last bits, which depend on how a product's result is laid out.
 *
 * <p>Not recordable are graphs with loops or branches; none of ours has any.
 */
public final class ReplayExecutor implements GraphExecutor {

    private final Network network;
    private final float[] parameters;
    private final SameDiff gradientGraph;
    private final FloatBuffer[] forwardParameters;
    private final FloatBuffer[] gradientParameters;
    private final List<String> gradientNames = new ArrayList<>();
    private final Map<Integer, Recording> gradientRecordings = new HashMap<>();
    private final Map<List<Object>, Recording> forwardRecordings = new HashMap<>();

    public ReplayExecutor(Network network) {
        this.network = network;
        this.parameters = network.initial().clone();
        List<ParameterLayout.Entry> entries = layout().entries();
        SameDiff graph = network.graph();
        graph.createGradFunction(
                entries.stream().map(ParameterLayout.Entry::name).toArray(String[]::new));
        this.gradientGraph = graph.getFunction("grad");
        this.forwardParameters = new FloatBuffer[entries.size()];
        this.gradientParameters = new FloatBuffer[entries.size()];
        for (int i = 0; i < entries.size(); i++) {
            String name = entries.get(i).name();
            INDArray forward = graph.getVariable(name).getArr();
            INDArray gradient = gradientGraph.getVariable(name).getArr();
            forwardParameters[i] = forward.data().asNioFloat();
            gradientParameters[i] = gradient == forward ? null : gradient.data().asNioFloat();
            gradientNames.add(graph.grad(name).name());
        }
        parametersChanged();
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public void parametersChanged() {
        List<ParameterLayout.Entry> entries = layout().entries();
        for (int i = 0; i < entries.size(); i++) {
            ParameterLayout.Entry entry = entries.get(i);
            forwardParameters[i].put(0, parameters, entry.offset(), entry.length());
            if (gradientParameters[i] != null) {
                gradientParameters[i].put(0, parameters, entry.offset(), entry.length());
            }
        }
    }

    @Override
    public void gradients(Batch given, float[] gradients, double[] termMeans) {
        Batch batch = given.atLeastTwoRows();
        Recording recording = gradientRecordings.get(batch.rows());
        if (recording == null) {
            List<String> wanted = new ArrayList<>(gradientNames);
            wanted.addAll(network.termMeans());
            recording = new Recording(gradientGraph, batch, wanted);
            gradientRecordings.put(batch.rows(), recording);
        } else {
            recording.replay(batch);
        }
        List<ParameterLayout.Entry> entries = layout().entries();
        for (int i = 0; i < entries.size(); i++) {
            recording.outputs[i].read(gradients, entries.get(i).offset());
        }
        for (int i = 0; i < termMeans.length; i++) {
            termMeans[i] = recording.outputs[entries.size() + i].values.get(0);
        }
    }

    @Override
    public void forward(Batch batch, List<String> variables, float[][] out) {
        Recording recording = forwardRecordings.get(List.of(batch.rows(), variables));
        if (recording == null) {
            recording = new Recording(network.graph(), batch, variables);
            forwardRecordings.put(List.of(batch.rows(), variables), recording);
        } else {
            recording.replay(batch);
        }
        for (int i = 0; i < out.length; i++) {
            recording.outputs[i].read(out[i], 0);
        }
    }

    @Override
    public void close() {
        gradientRecordings.values().forEach(Recording::close);
        forwardRecordings.values().forEach(Recording::close);
        gradientRecordings.clear();
        forwardRecordings.clear();
    }

    /** A result array and how to read it row-major; products leave column-major arrays behind. */
    private static final class Output {

        private final INDArray array; // keeps the memory under the buffer alive
        private final FloatBuffer values;
        private final int rows;
        private final int columns;

        Output(INDArray array) {
            boolean columnMajor = array.rank() == 2 && array.stride(0) == 1 && array.stride(1) == array.size(0);
            boolean rowMajor = array.rank() < 2 || array.stride(1) == 1 && array.stride(0) == array.size(1);
            if (!rowMajor && !columnMajor) {
                throw new IllegalStateException("a result with gaps cannot be read: " + array.shapeInfoToString());
            }
            this.array = array;
            this.values = array.data().asNioFloat();
            this.rows = rowMajor ? 1 : (int) array.size(0);
            this.columns = rowMajor ? (int) array.length() : (int) array.size(1);
        }

        void read(float[] out, int offset) {
            if (rows == 1) {
                values.get(0, out, offset, columns);
                return;
            }
            for (int column = 0; column < columns; column++) {
                for (int row = 0; row < rows; row++) {
                    out[offset + row * columns + column] = values.get(column * rows + row);
                }
            }
        }
    }

    /** The native calls of one pass, with everything they touch. */
    private final class Recording {

        private record Call(DifferentialFunction op, OpContext context, boolean isCopy) {}

        private final List<Call> calls = new ArrayList<>();
        private final Map<String, FloatBuffer> inputBuffers = new HashMap<>();
        private final Output[] outputs;

        Recording(SameDiff graph, Batch batch, List<String> wanted) {
            GraphRecording recording = GraphRecording.of(network, graph, batch, wanted);
            recording
                    .inputs()
                    .forEach(
                            (name, array) -> inputBuffers.put(name, array.data().asNioFloat()));
            recording
                    .calls()
                    .forEach(call -> calls.add(new Call(
                            call.op(),
                            context(call),
                            GraphSession.isCopy(
                                    call.op(),
                                    call.inputs().get(0),
                                    call.outputs().get(0)))));
            outputs = recording.outputs().stream().map(Output::new).toArray(Output[]::new);
        }

        private OpContext context(GraphRecording.Call call) {
            OpContext context = Nd4j.getExecutioner().buildContext();
            if (call.op() instanceof DynamicCustomOp custom) {
                context.setArgs(
                        call.inputs().toArray(new INDArray[0]),
                        custom.iArgs(),
                        custom.dArgs(),
                        custom.tArgs(),
                        custom.bArgs());
            } else {
                context.setInputArrays(call.inputs());
            }
            context.setOutputArrays(call.outputs());
            return context;
        }

        void replay(Batch batch) {
            fill(batch);
            for (Call call : calls) {
                if (call.isCopy) {
                    GraphSession.copy(call.context.getInputArray(0), call.context.getOutputArray(0));
                } else if (call.op instanceof CustomOp custom) {
                    Nd4j.exec(custom, call.context);
                } else {
                    Nd4j.exec((Op) call.op, call.context);
                }
            }
        }

        private void fill(Batch batch) {
            inputBuffers.forEach((name, buffer) -> buffer.put(0, batch.input(name)));
        }

        private void close() {
            for (Call call : calls) {
                try {
                    call.context.close();
                } catch (Exception e) {
                    throw new IllegalStateException("an op context could not be released", e);
                }
            }
        }
    }
}
