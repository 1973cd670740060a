package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/**
 * A product for each group, exchanged dimensions and the logarithm of the softmax: compiled, interpreted by SameDiff, read
 * off the plan's text, and by central differences in double precision.
 */
class GroupedOpsTest {

    private static final int GROUPS = 3;
    private static final int INNER = 4;
    private static final int WIDTH = 5;

    /** Learned {@code [3, 4, 5]} or turned, times rows seen in groups; then by row, and a log-softmax over that. */
    private static Network network(DataType type, boolean transposeA, boolean transposeB) {
        NetworkBuilder net = new NetworkBuilder(type, new RandomStreams(8));
        SDVariable x = net.input(NetworkBuilder.FEATURES, GROUPS * INNER);
        SDVariable weights =
                net.parameter("weights", 0.9, GROUPS, transposeB ? WIDTH : INNER, transposeB ? INNER : WIDTH);
        SDVariable mixing = net.parameter("mixing", 0.9, GROUPS * INNER, GROUPS * INNER);
        SDVariable a; // [3, rows, 4], or [3, 4, rows] to be turned
        if (transposeA) {
            a = net.graph().reshape(net.graph().mmul(mixing, x, false, true, false), GROUPS, INNER, -1);
        } else {
            SDVariable rows = net.graph().reshape(x.mmul(mixing), -1, GROUPS, INNER);
            a = net.graph().permute(rows, 1, 0, 2);
        }
        SDVariable product = net.graph().mmul(a, weights, transposeA, transposeB, false); // [3, rows, 5]
        SDVariable byRow = net.graph().permute(product, 1, 0, 2); // [rows, 3, 5]
        SDVariable alike = net.graph().mmul(byRow, byRow, false, true, false); // [rows, 3, 3]
        SDVariable shares = net.graph().nn().logSoftmax(net.graph().reshape(alike.mul(0.2), -1, GROUPS));
        SDVariable weighted = net.graph().reshape(shares, -1, GROUPS * GROUPS).mul(constant(net));
        net.term("alike", weighted.sum(1));
        return net.build();
    }

    private static SDVariable constant(NetworkBuilder net) {
        return net.graph()
                .constant(Nd4j.createFromArray(0.5, -1, 2, 0.3, 1, -0.7, 0.2, 0.9, -0.4)
                        .castTo(net.type()));
    }

    @ParameterizedTest
    @CsvSource({"false,false,7", "false,true,7", "true,false,7", "true,true,7", "false,false,2", "true,true,200"})
    void plansDoWhatTheInterpreterDoesAndWhatTheirTextSays(boolean transposeA, boolean transposeB, int rows) {
        try (CompiledExecutor compiled = new CompiledExecutor(network(DataType.FLOAT, transposeA, transposeB), 2);
                GraphExecutor oracle = new SameDiffExecutor(network(DataType.FLOAT, transposeA, transposeB))) {
            Batch batch = batch(compiled, rows);
            float[] gradients = new float[compiled.layout().length()];
            float[] expected = new float[gradients.length];
            double[] terms = new double[1];
            double[] expectedTerms = new double[1];
            compiled.gradients(batch, gradients, terms);
            oracle.gradients(batch(oracle, rows), expected, expectedTerms);

            assertThat(compiled.plan(rows).nativeCalls()).isZero();
            assertThat(gradients).containsExactly(expected, within(1e-5f * largest(expected)));
            assertThat(terms).containsExactly(expectedTerms, within(1e-5));
            assertThat(fromText(compiled, batch)).containsExactly(gradients, within(1e-5f * largest(expected)));
        }
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"})
    void sameDiffsGradientsAreThoseOfCentralDifferences(boolean transposeA, boolean transposeB) {
        Network network = network(DataType.DOUBLE, transposeA, transposeB);
        Map<String, INDArray> features = Map.of(
                NetworkBuilder.FEATURES,
                Nd4j.createFromArray(numbers(6 * GROUPS * INNER))
                        .castTo(DataType.DOUBLE)
                        .reshape('c', 6, GROUPS * INNER));
        Map<String, INDArray> gradients = network.graph().calculateGradients(features, List.of("weights", "mixing"));
        gradients.forEach((name, gradient) -> {
            double[] analytic = gradient.dup('c').data().asDouble();
            INDArray parameter = network.graph().getVariable(name).getArr();
            for (int i = 0; i < analytic.length; i++) {
                double value = parameter.data().getDouble(i);
                double up = loss(network, features, parameter, i, value + 1e-6);
                double down = loss(network, features, parameter, i, value - 1e-6);
                loss(network, features, parameter, i, value);
                assertThat(analytic[i]).as(name + i).isCloseTo((up - down) / 2e-6, within(1e-6));
            }
        });
    }

    private static double loss(Network network, Map<String, INDArray> features, INDArray array, int at, double value) {
        array.data().put(at, value);
        String loss = network.objectives().get(0).loss();
        return network.graph().output(features, List.of(loss)).get(loss).getDouble(0);
    }

    private static float[] fromText(CompiledExecutor executor, Batch batch) {
        Map<String, float[]> given = new HashMap<>();
        given.put(NetworkBuilder.FEATURES, batch.features());
        float[] all = new float[executor.layout().length()];
        for (ParameterLayout.Entry entry : executor.layout().entries()) {
            float[] values = new float[entry.length()];
            System.arraycopy(executor.parameters(), entry.offset(), values, 0, values.length);
            given.put(entry.name(), values);
        }
        Map<String, double[]> results = PlanText.run(executor.plan(batch.rows()).text(), given);
        for (ParameterLayout.Entry entry : executor.layout().entries()) {
            for (int i = 0; i < entry.length(); i++) {
                all[entry.offset() + i] = (float) results.get(entry.name() + "-grad")[i];
            }
        }
        return all;
    }

    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    private static float[] numbers(int count) {
        CounterRandom random = new RandomStreams(2).stream("rows");
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static Batch batch(GraphExecutor executor, int rows) {
        Batch batch = executor.batch(rows);
        System.arraycopy(numbers(rows * GROUPS * INNER), 0, batch.features(), 0, rows * GROUPS * INNER);
        return batch;
    }
}
