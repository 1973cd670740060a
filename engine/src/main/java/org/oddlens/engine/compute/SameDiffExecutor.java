package org.oddlens.engine.compute;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;

/** SameDiff's own interpreter: slow, and the yardstick of every other executor. */
public final class SameDiffExecutor implements GraphExecutor {

    private final Network network;
    private final float[] parameters;
    private final List<String> names;

    public SameDiffExecutor(Network network) {
        this.network = network;
        this.parameters = network.initial().clone();
        this.names = network.layout().entries().stream()
                .map(ParameterLayout.Entry::name)
                .toList();
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
            INDArray array = network.graph().getVariable(entry.name()).getArr();
            array.data().asNioFloat().put(parameters, entry.offset(), entry.length());
        }
    }

    @Override
    public void gradients(Batch batch, float[] gradients, double[] termMeans) {
        OutAndGrad result =
                network.graph().calculateGradientsAndOutputs(placeholders(batch), network.termMeans(), names);
        for (ParameterLayout.Entry entry : layout().entries()) {
            try (INDArray gradient = result.getGradients().get(entry.name())) {
                float[] values = gradient.dup('c').data().asFloat();
                System.arraycopy(values, 0, gradients, entry.offset(), entry.length());
            }
        }
        for (int i = 0; i < termMeans.length; i++) {
            termMeans[i] = result.getOutputs().get(network.termMeans().get(i)).getDouble(0);
        }
    }

    @Override
    public void forward(Batch batch, List<String> variables, float[][] out) {
        Map<String, INDArray> result = network.graph().output(placeholders(batch), variables);
        for (int i = 0; i < variables.size(); i++) {
            float[] values = result.get(variables.get(i)).dup('c').data().asFloat();
            System.arraycopy(values, 0, out[i], 0, values.length);
        }
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
