package org.oddlens.engine.compute;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.compute.plan.GraphRecording;
import org.oddlens.engine.compute.plan.GraphSession;
import org.oddlens.engine.compute.plan.NativeCall;
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
    private final List<GradientGraph> gradientGraphs;
    private final List<Target> targets = new ArrayList<>();
    private final Map<List<Object>, Recording> recordings = new HashMap<>();

    /** The memory of a parameter in one of the graphs. */
    private record Target(FloatBuffer values, ParameterLayout.Entry entry) {}

    public ReplayExecutor(Network network) {
        this.network = network;
        this.parameters = network.initial().clone();
        this.gradientGraphs = GradientGraph.ofEach(network);
        addTargets(network.graph());
        gradientGraphs.forEach(gradients -> addTargets(gradients.graph()));
        parametersChanged();
    }

    private void addTargets(SameDiff graph) {
        for (ParameterLayout.Entry entry : layout().entries()) {
            if (graph.hasVariable(entry.name())) {
                INDArray array = graph.getVariable(entry.name()).getArr();
                targets.add(new Target(array.data().asNioFloat(), entry));
            }
        }
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
        for (Target target : targets) {
            target.values.put(0, parameters, target.entry.offset(), target.entry.length());
        }
    }

    @Override
    public void gradients(int objective, Batch given, float[] gradients, double[] termMeans) {
        Batch batch = given.atLeastTwoRows();
        GradientGraph graph = gradientGraphs.get(objective);
        Recording recording = run(graph.graph(), batch, graph.wanted());
        List<ParameterLayout.Entry> entries = graph.entries();
        if (!graph.coversAll()) {
            Arrays.fill(gradients, 0);
        }
        for (int i = 0; i < entries.size(); i++) {
            recording.outputs[i].read(gradients, entries.get(i).offset());
        }
        for (int i = 0; i < termMeans.length; i++) {
            termMeans[i] = recording.outputs[entries.size() + i].values.get(0);
        }
    }

    @Override
    public void forward(Batch batch, List<String> variables, float[][] out) {
        Recording recording = run(network.graph(), batch, variables);
        for (int i = 0; i < out.length; i++) {
            recording.outputs[i].read(out[i], 0);
        }
    }

    private Recording run(SameDiff graph, Batch batch, List<String> wanted) {
        List<Object> key = List.of(batch.rows(), wanted);
        Recording recording = recordings.get(key);
        if (recording == null) {
            recording = new Recording(graph, batch, wanted);
            recordings.put(key, recording);
        } else {
            recording.replay(batch);
        }
        return recording;
    }

    @Override
    public void close() {
        recordings.values().forEach(Recording::close);
        recordings.clear();
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
            GraphRecording recording = GraphRecording.of(network, graph, batch.rows(), batch, wanted);
            recording
                    .inputs()
                    .forEach(
                            (name, array) -> inputBuffers.put(name, array.data().asNioFloat()));
            recording
                    .calls()
                    .forEach(call -> calls.add(new Call(
                            call.op(),
                            NativeCall.context(call.op(), call.inputs(), call.outputs()),
                            GraphSession.isCopy(
                                    call.op(),
                                    call.inputs().get(0),
                                    call.outputs().get(0)))));
            outputs = recording.outputs().stream().map(Output::new).toArray(Output[]::new);
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
