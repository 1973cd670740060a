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
import org.oddlens.engine.detector.adversarial.Alad;
import org.oddlens.engine.detector.autoencoder.Autoencoder;
import org.oddlens.engine.detector.contrastive.NeutralAd;
import org.oddlens.engine.detector.duad.Duad;
import org.oddlens.engine.detector.energy.Dsebm;
import org.oddlens.engine.detector.memory.MemAe;
import org.oddlens.engine.detector.mixture.Dagmm;
import org.oddlens.engine.detector.mixture.SomDagmm;
import org.oddlens.engine.detector.oneclass.DeepSvdd;
import org.oddlens.engine.detector.oneclass.Drocc;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/**
 * The gradient of each objective of each detector against central differences of fourth order in double precision, to 1e-6.
 * Each network is checked twice in one process, because a graph that was differentiated once has left state behind before.
 */
class GradientCheckTest {

    private static final int FEATURES = 5;
    private static final int ROWS = 6;
    private static final double STEP = 1e-5;

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

    @RepeatedTest(2)
    void bothPlayersOfAlad() {
        // Enough units that no row switches all of them off: biases start at 0, and the next layer would lie on its
        // kink.
        check(
                new Alad(),
                Map.of(
                        "latent-size", "2",
                        "generator-hidden", "12",
                        "discriminator-width", "3",
                        "initialisation", "glorot",
                        "spectral-norm", "false"));
    }

    @RepeatedTest(2)
    void bothPlayersOfAladWithSpectralNorms() {
        check(
                new Alad(),
                Map.of(
                        "latent-size", "2",
                        "generator-hidden", "12",
                        "discriminator-width", "3",
                        "initialisation", "glorot",
                        "spectral-norm", "true"));
    }

    /** Two layers in the discriminators of pairs. */
    @RepeatedTest(2)
    void bothPlayersOfAladWithDeeperDiscriminators() {
        check(
                new Alad(),
                Map.of(
                        "latent-size", "2",
                        "generator-hidden", "12",
                        "discriminator-width", "3",
                        "pair-hidden", "5,4",
                        "code-discriminator-width", "4,3",
                        "initialisation", "glorot",
                        "spectral-norm", "true"));
    }

    @RepeatedTest(2)
    void neutralAdWithBatchNorm() {
        check(new NeutralAd(), batchNorm("res", false));
    }

    @RepeatedTest(2)
    void neutralAdWithScaledBatchNormAndMultipliedViews() {
        check(new NeutralAd(), batchNorm("mul", true));
    }

    private static Map<String, String> batchNorm(String view, boolean bias) {
        return Map.of(
                "hidden", "4,3",
                "latent-size", "3",
                "transformations", "3",
                "transform-hidden", "5",
                "temperature", "0.5",
                "view", view,
                "encoder-bias", String.valueOf(bias),
                "encoder-batch-norm", "true");
    }

    @RepeatedTest(2)
    void neutralAdWithMultipliedViews() {
        check(
                new NeutralAd(),
                Map.of(
                        "hidden",
                        "4",
                        "latent-size",
                        "3",
                        "transformations",
                        "3",
                        "transform-hidden",
                        "5",
                        "temperature",
                        "0.5",
                        "view",
                        "mul"));
    }

    @RepeatedTest(2)
    void neutralAdWithOneNumberAddedToAllFeatures() {
        check(
                new NeutralAd(),
                Map.of(
                        "hidden", "4",
                        "latent-size", "3",
                        "transformations", "3",
                        "transform-hidden", "5",
                        "temperature", "0.5",
                        "transform-output", "1",
                        "encoder-bias", "true"));
    }

    @RepeatedTest(2)
    void deepSvddWithSoftBoundaryAndPretraining() {
        check(
                new DeepSvdd(),
                Map.of("hidden", "4", "latent-size", "3", "objective", "soft-boundary", "pretrain-epochs", "1"));
    }

    @RepeatedTest(2)
    void deepSvddWithBiases() {
        check(new DeepSvdd(), Map.of("hidden", "4,3", "latent-size", "2", "bias", "true", "activation", "tanh"));
    }

    @RepeatedTest(2)
    void droccWithTwoHiddenLayers() {
        check(new Drocc(), Map.of("hidden", "6,4", "adversarial-weight", "0.7"));
    }

    @RepeatedTest(2)
    void dsebmWithTwoLayers() {
        check(new Dsebm(), Map.of("hidden", "4", "latent-size", "3"));
    }

    @RepeatedTest(2)
    void dsebmWithThreeLayersAndWithOne() {
        check(new Dsebm(), Map.of("hidden", "4,3", "latent-size", "2"));
        check(new Dsebm(), Map.of("hidden", "none", "latent-size", "3"));
    }

    /** Winners on the map are constants of a row; they move no gradient, and the step is too small to change one. */
    @RepeatedTest(2)
    void somDagmm() {
        check(
                new SomDagmm(),
                Map.of(
                        "hidden",
                        "4",
                        "latent-size",
                        "1",
                        "mixtures",
                        "2",
                        "estimation-width",
                        "3",
                        "map-side",
                        "2",
                        "covariance-ridge",
                        "1e-2"));
    }

    @RepeatedTest(2)
    void duad() {
        check(new Duad(), Map.of("hidden", "4", "latent-size", "2", "code-norm-weight", "0.5"));
    }

    @RepeatedTest(2)
    void dagmm() {
        check(
                new Dagmm(),
                Map.of(
                        "hidden",
                        "4",
                        "latent-size",
                        "2",
                        "mixtures",
                        "2",
                        "estimation-width",
                        "3",
                        "covariance-ridge",
                        "1e-2"));
    }

    @RepeatedTest(2)
    void dagmmWithOneComponentAndTheMeanError() {
        check(
                new Dagmm(),
                Map.of(
                        "hidden",
                        "4",
                        "latent-size",
                        "1",
                        "mixtures",
                        "1",
                        "reconstruction",
                        "mean",
                        "covariance-ridge",
                        "1e-2"));
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
        Map<String, INDArray> inputs = inputs(network);
        for (Network.Objective objective : network.objectives()) {
            network.graph().setLossVariables(objective.loss());
            network.graph().createGradFunction(objective.parameters().toArray(String[]::new));
            Map<String, INDArray> gradients = network.graph().calculateGradients(inputs, objective.parameters());
            for (String name : objective.parameters()) {
                check(network, objective.loss(), name, gradients.get(name), inputs);
            }
        }
    }

    private static void check(
            Network network, String loss, String name, INDArray gradient, Map<String, INDArray> inputs) {
        INDArray parameter = network.graph().getVariable(name).getArr();
        double[] analytic = gradient.dup('c').data().asDouble();
        for (int i = 0; i < analytic.length; i++) {
            double value = parameter.getDouble(i);
            double[] at = new double[5];
            for (int k = -2; k <= 2; k++) {
                parameter.putScalar(i, value + k * STEP);
                at[k + 2] = k == 0 ? 0 : loss(network, loss, inputs);
            }
            parameter.putScalar(i, value);
            double numeric = (8 * (at[3] - at[1]) - (at[4] - at[0])) / (12 * STEP);
            // The rounding of the loss itself, about 1e-16 of it / 1e-5, is what is left to see of small gradients.
            double rounding = 1e-4 * Math.max(1, Math.abs(at[1]));
            double scale = Math.max(rounding, Math.abs(numeric) + Math.abs(analytic[i]));
            assertThat(Math.abs(numeric - analytic[i]) / scale)
                    .as("%s[%d]: %s by differences, %s by the graph", name, i, numeric, analytic[i])
                    .isLessThan(1e-6);
        }
    }

    private static double loss(Network network, String loss, Map<String, INDArray> inputs) {
        return network.graph().output(inputs, List.of(loss)).get(loss).getDouble(0);
    }

    private static Network network(NetworkDetector detector, Map<String, String> texts) {
        return detector.network(
                Values.parse(detector.descriptor().hyperparameters(), texts),
                new DataShape(new int[] {FEATURES}, "none", ROWS),
                DataType.DOUBLE,
                new RandomStreams(3));
    }

    private static Map<String, INDArray> inputs(Network network) {
        Map<String, INDArray> inputs = new LinkedHashMap<>();
        network.inputs().forEach((name, width) -> inputs.put(name, normal(name, width)));
        return inputs;
    }

    private static Map<String, INDArray> features() {
        return Map.of(NetworkBuilder.FEATURES, normal(NetworkBuilder.FEATURES, FEATURES));
    }

    private static INDArray normal(String name, int width) {
        CounterRandom random = new RandomStreams(5).stream("rows/" + name);
        double[][] rows = new double[ROWS][width];
        for (double[] row : rows) {
            for (int j = 0; j < width; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return Nd4j.createFromArray(rows);
    }
}
