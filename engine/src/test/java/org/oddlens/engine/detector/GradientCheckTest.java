package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.detector.autoencoder.Autoencoder;
import org.oddlens.engine.detector.memory.MemAe;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/**
 * The gradient of each detector's whole loss against central differences in double precision: with a step of 1e-6 they are
 * good to about 1e-9, so a relative error below 1e-5 tells a right gradient from a wrong one. Each network is checked
 * twice in one process, because a graph that was differentiated once has left state behind before.
 */
class GradientCheckTest {

    private static final int FEATURES = 5;
    private static final int ROWS = 6;
    private static final double STEP = 1e-6;

    @RepeatedTest(2)
    void autoencoderWithCodeNorm() {
        check(new Autoencoder(), Map.of("hidden", "4,3", "latent-size", "2", "code-norm-weight", "0.5"));
    }

    @RepeatedTest(2)
    void memaeWithCosineAndShrinkage() {
        check(new MemAe(), cosine());
    }

    @RepeatedTest(2)
    void memaeWithDotProducts() {
        Map<String, String> texts = new LinkedHashMap<>(cosine());
        texts.put("similarity", "dot");
        texts.put("activation", "tanh");
        texts.put("reconstruction", "sum");
        texts.put("output", "sigmoid");
        check(new MemAe(), texts);
    }

    @Test
    void theCosineCaseShrinksSomeWeightsAndKeepsOthers() {
        Network network = network(new MemAe(), cosine());
        String attention = network.outputs().get("attention").variable();
        double[] weights = network.graph()
                .output(features(), List.of(attention))
                .get(attention)
                .data()
                .asDouble();

        assertThat(contains(weights, true)).isTrue();
        assertThat(contains(weights, false)).isTrue();
    }

    private static boolean contains(double[] weights, boolean zero) {
        for (double weight : weights) {
            if (weight == 0 == zero) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> cosine() {
        return Map.of(
                "hidden", "4", "latent-size", "2", "memory-size", "7", "temperature", "0.5", "entropy-weight", "0.1");
    }

    private static void check(NetworkDetector detector, Map<String, String> texts) {
        Network network = network(detector, texts);
        Map<String, INDArray> features = features();
        List<String> names = network.layout().entries().stream()
                .map(ParameterLayout.Entry::name)
                .toList();
        Map<String, INDArray> gradients = network.graph().calculateGradients(features, names);

        for (String name : names) {
            INDArray parameter = network.graph().getVariable(name).getArr();
            double[] analytic = gradients.get(name).dup('c').data().asDouble();
            for (int i = 0; i < analytic.length; i++) {
                double value = parameter.getDouble(i);
                parameter.putScalar(i, value + STEP);
                double up = loss(network, features);
                parameter.putScalar(i, value - STEP);
                double down = loss(network, features);
                parameter.putScalar(i, value);
                double numeric = (up - down) / (2 * STEP);
                // Below 1e-4 the rounding of the loss itself, about 1e-16 / 1e-6, is what is left to see.
                double scale = Math.max(1e-4, Math.abs(numeric) + Math.abs(analytic[i]));
                assertThat(Math.abs(numeric - analytic[i]) / scale)
                        .as("%s[%d]: %s by differences, %s by the graph", name, i, numeric, analytic[i])
                        .isLessThan(1e-5);
            }
        }
    }

    private static double loss(Network network, Map<String, INDArray> features) {
        return network.graph()
                .output(features, List.of(network.objectives().get(0).loss()))
                .get(network.objectives().get(0).loss())
                .getDouble(0);
    }

    private static Network network(NetworkDetector detector, Map<String, String> texts) {
        return detector.network(
                Values.parse(detector.descriptor().hyperparameters(), texts),
                new DataShape(new int[] {FEATURES}, "none", ROWS),
                DataType.DOUBLE,
                new RandomStreams(3));
    }

    private static Map<String, INDArray> features() {
        CounterRandom random = new RandomStreams(5).stream("rows");
        double[][] rows = new double[ROWS][FEATURES];
        for (double[] row : rows) {
            for (int j = 0; j < FEATURES; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return Map.of(NetworkBuilder.FEATURES, Nd4j.createFromArray(rows));
    }
}
