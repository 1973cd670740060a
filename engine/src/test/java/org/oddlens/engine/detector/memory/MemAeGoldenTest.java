package org.oddlens.engine.detector.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.oddlens.engine.Golden;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;

/**
 * The whole network of the detector against golden file 03, made in double precision with PyTorch. Tolerances are those of
 * the file: 1e-8 for values, 1e-7 for gradients.
 */
class MemAeGoldenTest {

    private static final MemAe MEMAE = new MemAe();

    private final Golden golden = Golden.open("03_memae.npz");

    @ParameterizedTest
    @CsvSource({"cos, cosine, leaky-relu", "dot, dot, relu"})
    void computesTheReferencesCodesReadOutsAndScores(String group, String similarity, String activation) {
        Network network = network(group, similarity, activation, "mean", 0, "error-norm");
        Map<String, INDArray> outputs = outputs(network);

        golden.assertEquals(group + "_code", outputs.get("code"), 1e-8, 1e-12);
        golden.assertEquals(group + "_code_hat", outputs.get("read-out"), 1e-8, 1e-12);
        golden.assertEquals(group + "_attention", outputs.get("attention"), 1e-8, 1e-12);
        golden.assertEquals(group + "_score_l2", outputs.get(NetworkDetector.SCORE), 1e-8, 1e-12);
        assertErrors(group, outputs.get(NetworkDetector.ERROR));

        Network squared = network(group, similarity, activation, "sum", 0, "squared-error");
        golden.assertEquals(group + "_score_sq", outputs(squared).get(NetworkDetector.SCORE), 1e-8, 1e-12);
    }

    private void assertErrors(String group, INDArray error) {
        double[] x = golden.values("x");
        double[] rebuilt = golden.values(group + "_recon");
        double[] errors = error.dup('c').data().asDouble();
        for (int i = 0; i < x.length; i++) {
            double expected = (x[i] - rebuilt[i]) * (x[i] - rebuilt[i]);
            assertThat(errors[i])
                    .as(group + "_recon[" + i + "]")
                    .isCloseTo(expected, org.assertj.core.api.Assertions.within(2e-8 * expected + 1e-11));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "cos, cosine, leaky-relu, seed, mean", "cos, cosine, leaky-relu, entropy, mean",
        "cos, cosine, leaky-relu, sum, sum", "dot, dot, relu, seed, mean",
        "dot, dot, relu, entropy, mean", "dot, dot, relu, sum, sum"
    })
    void sendsTheReferencesGradientsToEveryParameter(
            String group, String similarity, String activation, String loss, String reconstruction) {
        double alpha = loss.equals("seed") ? 0 : golden.scalar("alpha");
        Network network = network(group, similarity, activation, reconstruction, alpha, "error-norm");
        String prefix = group + "_" + loss;
        INDArray value = network.graph()
                .output(placeholders(), List.of(network.objectives().get(0).loss()))
                .get(network.objectives().get(0).loss());
        golden.assertEquals(prefix + "_loss", new double[] {value.getDouble(0)}, 1e-8, 1e-12);

        Map<String, String> keys = keys();
        Map<String, INDArray> gradients =
                network.graph().calculateGradients(placeholders(), keys.keySet().toArray(new String[0]));

        keys.forEach((name, key) -> golden.assertEquals(prefix + "_grad_" + key, gradients.get(name), 1e-7, 1e-10));
    }

    @Test
    void shrinksAtLeastOneWeightAndKeepsAnotherInBothConfigurations() {
        for (String group : List.of("cos", "dot")) {
            double[] weights = golden.values(group + "_attention");
            assertThat(weights).as(group).contains(0);
            assertThat(Arrays.stream(weights).max().orElse(0)).as(group).isPositive();
        }
    }

    private Network network(
            String group, String similarity, String activation, String reconstruction, double alpha, String score) {
        int[] x = golden.shape("x");
        int[] memory = golden.shape("memory");
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("hidden", golden.shape("b_enc1")[0] + "," + golden.shape("b_enc2")[0]);
        texts.put("latent-size", String.valueOf(memory[1]));
        texts.put("memory-size", String.valueOf(memory[0]));
        texts.put("shrink-threshold", String.valueOf(golden.scalar(group + "_lambda")));
        texts.put("shrink-unit", "absolute");
        texts.put("empty-row", "zero");
        texts.put("temperature", "1");
        texts.put("similarity", similarity);
        texts.put("activation", activation);
        texts.put("reconstruction", reconstruction);
        texts.put("entropy-weight", String.valueOf(alpha));
        texts.put("score", score);
        Values values = Values.parse(MEMAE.descriptor().hyperparameters(), texts);
        Network network = MEMAE.network(
                values, new DataShape(new int[] {x[1]}, "none", x[0]), DataType.DOUBLE, new RandomStreams(1));
        Map<String, String> keys = keys();
        assertThat(network.layout().entries().stream().map(ParameterLayout.Entry::name))
                .containsExactlyInAnyOrderElementsOf(keys.keySet());
        keys.forEach((name, key) -> network.graph().getVariable(name).getArr().assign(golden.array(key)));
        return network;
    }

    /** Parameter of the network to its key in the file. */
    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int layer = 1; layer <= 3; layer++) {
            keys.put("encoder-" + layer + "/weights", "W_enc" + layer);
            keys.put("encoder-" + layer + "/bias", "b_enc" + layer);
            keys.put("decoder-" + layer + "/weights", "W_dec" + layer);
            keys.put("decoder-" + layer + "/bias", "b_dec" + layer);
        }
        keys.put("memory", "memory");
        return keys;
    }

    private Map<String, INDArray> placeholders() {
        return Map.of(NetworkBuilder.FEATURES, golden.array("x"));
    }

    private Map<String, INDArray> outputs(Network network) {
        Map<String, INDArray> byRole = new LinkedHashMap<>();
        network.outputs()
                .forEach((role, output) -> byRole.put(
                        role,
                        network.graph()
                                .output(placeholders(), List.of(output.variable()))
                                .get(output.variable())));
        return byRole;
    }
}
