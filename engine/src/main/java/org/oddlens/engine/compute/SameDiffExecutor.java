package org.oddlens.engine.compute;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.compute.plan.GraphSession;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;

/**
 * SameDiff's own interpreter: slow, and the yardstick of every other executor. It runs in a {@link GraphSession}, because the
 * plain one computes wrong gradients from memory that it uses again. What then is left of its distance to double precision,
 * up to 2e-4 of the largest gradient where a mixture's covariances have collapsed or views are nearly equal, is rounding:
 * {@code CompiledDetectorTest} holds it, and the compiled plans', to three times what rounding each result alone does.
 */
public final class SameDiffExecutor implements GraphExecutor {

    private final Network network;
    private final float[] parameters;
    private final List<GradientGraph> gradientGraphs;

    public SameDiffExecutor(Network network) {
        this.network = network;
        this.parameters = network.initial().clone();
        this.gradientGraphs = GradientGraph.ofEach(network);
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
        write(network.graph());
        gradientGraphs.forEach(gradients -> write(gradients.graph()));
    }

    private void write(SameDiff graph) {
        for (ParameterLayout.Entry entry : layout().entries()) {
            if (graph.hasVariable(entry.name())) {
                // Through an operation, not into the buffer: on a card the buffer is only a copy of the array.
                INDArray array = graph.getVariable(entry.name()).getArr();
                float[] values = Arrays.copyOfRange(parameters, entry.offset(), entry.offset() + entry.length());
                try (INDArray changed = Nd4j.createFromArray(values).reshape(array.shape())) {
                    array.assign(changed);
                }
            }
        }
    }

    @Override
    public void gradients(int objective, Batch given, float[] gradients, double[] termMeans) {
        Batch batch = given.atLeastTwoRows();
        GradientGraph graph = gradientGraphs.get(objective);
        List<String> wanted = graph.wanted();
        Map<String, INDArray> result = interpret(graph.graph(), batch, wanted);
        Arrays.fill(gradients, 0);
        List<ParameterLayout.Entry> entries = graph.entries();
        for (int i = 0; i < entries.size(); i++) {
            float[] values = result.get(wanted.get(i)).dup('c').data().asFloat();
            System.arraycopy(
                    values,
                    0,
                    gradients,
                    entries.get(i).offset(),
                    entries.get(i).length());
        }
        for (int i = 0; i < termMeans.length; i++) {
            termMeans[i] = result.get(wanted.get(entries.size() + i)).getDouble(0);
        }
    }

    @Override
    public void forward(Batch batch, List<String> variables, float[][] out) {
        Map<String, INDArray> result = interpret(network.graph(), batch, variables);
        for (int i = 0; i < variables.size(); i++) {
            float[] values = result.get(variables.get(i)).dup('c').data().asFloat();
            System.arraycopy(values, 0, out[i], 0, values.length);
        }
    }

    /** A new session each time: a kept one grows for ever (its list of freed arrays is never cleared). */
    private Map<String, INDArray> interpret(SameDiff graph, Batch batch, List<String> wanted) {
        return new GraphSession(graph)
                .output(
                        wanted,
                        placeholders(batch),
                        null,
                        wanted,
                        List.of(),
                        At.builder().operation(Operation.INFERENCE).build());
    }

    private Map<String, INDArray> placeholders(Batch batch) {
        Map<String, INDArray> placeholders = new HashMap<>();
        network.inputs()
                .forEach((name, width) -> placeholders.put(
                        name, Nd4j.createFromArray(batch.input(name)).reshape('c', batch.rows(), width)));
        return placeholders;
    }

    @Override
    public void close() {
        network.graph().getSessions().clear();
    }
}
