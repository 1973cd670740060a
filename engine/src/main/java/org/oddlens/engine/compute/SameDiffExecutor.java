package org.oddlens.engine.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;

/** SameDiff's own interpreter: slow, and the yardstick of every other executor. */
public final class SameDiffExecutor implements GraphExecutor {

    private final Network network;
    private final float[] parameters;
    private final List<String> names;
    private final List<String> gradientNames = new ArrayList<>();
    private final SameDiff gradientGraph;

    public SameDiffExecutor(Network network) {
        this.network = network;
        this.parameters = network.initial().clone();
        this.names = network.layout().entries().stream()
                .map(ParameterLayout.Entry::name)
                .toList();
        network.graph().createGradFunction(names.toArray(String[]::new));
        this.gradientGraph = network.graph().getFunction("grad");
        names.forEach(name -> gradientNames.add(network.graph().grad(name).name()));
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
        for (ParameterLayout.Entry entry : layout().entries()) {
            for (SameDiff graph : List.of(network.graph(), gradientGraph)) {
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
    public void gradients(Batch given, float[] gradients, double[] termMeans) {
        Batch batch = given.atLeastTwoRows();
        List<String> wanted = new ArrayList<>(gradientNames);
        wanted.addAll(network.termMeans());
        Map<String, INDArray> result = interpret(gradientGraph, batch, wanted);
        for (int i = 0; i < names.size(); i++) {
            ParameterLayout.Entry entry = layout().entries().get(i);
            float[] values = result.get(gradientNames.get(i)).dup('c').data().asFloat();
            System.arraycopy(values, 0, gradients, entry.offset(), entry.length());
        }
        for (int i = 0; i < termMeans.length; i++) {
            termMeans[i] = result.get(network.termMeans().get(i)).getDouble(0);
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
