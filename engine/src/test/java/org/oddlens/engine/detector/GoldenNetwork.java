package org.oddlens.engine.detector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.oddlens.engine.Golden;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;

/** A detector's whole network in double precision, with the parameters and inputs of a golden file. */
public final class GoldenNetwork {

    private final Golden golden;
    private final Network network;
    private final Map<String, INDArray> inputs = new LinkedHashMap<>();

    /**
     * @param rowsKey    key of the rows in the file
     * @param settings   hyperparameters
     * @param parameters array of the network to key of the file; any other array keeps its start values
     */
    public GoldenNetwork(
            Golden golden,
            NetworkDetector detector,
            String rowsKey,
            Map<String, String> settings,
            Map<String, String> parameters) {
        this.golden = golden;
        int[] rows = golden.shape(rowsKey);
        Values values = Values.parse(detector.descriptor().hyperparameters(), settings);
        this.network = detector.network(
                values, new DataShape(new int[] {rows[1]}, "none", rows[0]), DataType.DOUBLE, new RandomStreams(1));
        parameters.forEach((name, key) -> set(name, golden.array(key)));
        network.inputs()
                .forEach((name, width) ->
                        inputs.put(name, org.nd4j.linalg.factory.Nd4j.zeros(DataType.DOUBLE, rows[0], width)));
        input("x", golden.array(rowsKey));
    }

    public Network network() {
        return network;
    }

    /** Sets an array of the network. */
    public GoldenNetwork set(String name, INDArray values) {
        INDArray array = network.graph().getVariable(name).getArr();
        array.assign(values.reshape(array.shape()));
        return this;
    }

    /** Sets an input; all but the features are 0 before. */
    public GoldenNetwork input(String name, INDArray values) {
        inputs.put(name, values);
        return this;
    }

    /** An output by role. */
    public INDArray output(String role) {
        return variable(network.outputs().get(role).variable());
    }

    /** The loss of an objective. */
    public double loss(int objective) {
        return variable(network.objectives().get(objective).loss()).getDouble(0);
    }

    private INDArray variable(String name) {
        return network.graph().output(inputs, List.of(name)).get(name);
    }

    /** The gradient of the first objective's loss towards a parameter. */
    public INDArray gradient(String parameter) {
        return network.graph().calculateGradients(inputs, parameter).get(parameter);
    }

    /** Compares outputs with the file: relative 1e-9, absolute 1e-12. */
    public void assertOutput(String key, String role) {
        golden.assertEquals(key, output(role), 1e-9, 1e-12);
    }

    /** Compares the first objective's loss with the file: relative 1e-9, absolute 1e-12. */
    public void assertLoss(String key) {
        golden.assertEquals(key, new double[] {loss(0)}, 1e-9, 1e-12);
    }

    /** Compares a gradient with the file: relative 1e-8, absolute 1e-10. */
    public void assertGradient(String key, String parameter) {
        golden.assertEquals(key, gradient(parameter), 1e-8, 1e-10);
    }
}
