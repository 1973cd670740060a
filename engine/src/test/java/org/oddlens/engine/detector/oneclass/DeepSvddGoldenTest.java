package org.oddlens.engine.detector.oneclass;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.oddlens.engine.Golden;
import org.oddlens.engine.detector.GoldenNetwork;
import org.oddlens.engine.detector.NetworkDetector;

/**
 * The whole network of the detector against golden file 05, made in double precision with PyTorch, and its sphere against
 * NumPy's quantiles. Tolerances are those of the file.
 */
class DeepSvddGoldenTest {

    private final Golden golden = Golden.open("05_deepsvdd.npz");

    @Test
    void mapsAndScoresAsTheReference() {
        GoldenNetwork network = network(Map.of(), false);

        network.assertOutput("output", SphereRule.CODE);
        network.assertOutput("score", NetworkDetector.SCORE);
        network.assertLoss("oc_loss");
        network.assertGradient("oc_grad_W1", "encoder-1/weights");
        network.assertGradient("oc_grad_W2", "encoder-2/weights");
    }

    /** Weight decay enters as the optimiser adds it: the decay times the weight. */
    @Test
    void addsWeightDecayToTheGradientAsTheReference() {
        GoldenNetwork network = network(Map.of(), false);
        for (int layer = 1; layer <= 2; layer++) {
            INDArray decayed = network.gradient("encoder-" + layer + "/weights")
                    .add(golden.array("W" + layer).mul(golden.scalar("weight_decay")));
            golden.assertEquals("oc_grad_W" + layer + "_reg", decayed, 1e-8, 1e-10);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sb_r0", "sb_r"})
    void boundsSoftlyAsTheReference(String group) {
        GoldenNetwork network =
                network(Map.of("objective", "soft-boundary", "nu", String.valueOf(golden.scalar("nu"))), false);
        network.set(SphereRule.BOUNDARY, golden.array(group + "_radius"));
        network.set(SphereRule.RADIUS, golden.array(group + "_radius"));

        network.assertOutput(group + "_score", NetworkDetector.SCORE);
        network.assertLoss(group + "_loss");
        network.assertGradient(group + "_grad_W1", "encoder-1/weights");
        network.assertGradient(group + "_grad_W2", "encoder-2/weights");
    }

    @Test
    void takesBiasesAsTheReference() {
        GoldenNetwork network = network(Map.of("bias", "true"), true);

        network.assertOutput("bias_score", NetworkDetector.SCORE);
        network.assertLoss("bias_loss");
        for (int layer = 1; layer <= 2; layer++) {
            network.assertGradient("bias_grad_W" + layer, "encoder-" + layer + "/weights");
            network.assertGradient("bias_grad_b" + layer, "encoder-" + layer + "/bias");
        }
    }

    @Test
    void putsTheCentreWhereTheProjectsRuleDoes() {
        golden.assertEquals("center", Sphere.centre(golden.values("output"), golden.shape("output")[1]), 1e-9, 1e-12);
        double[] pushed = java.util.Arrays.stream(golden.values("push_in"))
                .map(Sphere::pushed)
                .toArray();
        golden.assertEquals("push_recommended", pushed, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({"radius_nu_01, 0.01", "radius_nu_05, 0.05", "radius_nu_10, 0.1", "radius_nu_50, 0.5"})
    void findsTheRadiusAsAQuantile(String key, double nu) {
        golden.assertEquals(key, new double[] {Sphere.radius(golden.values("score"), nu)}, 1e-9, 1e-12);
    }

    @Test
    void findsTheNewRadius() {
        double radius = Sphere.radius(golden.values("score"), golden.scalar("nu"));
        golden.assertEquals("radius_new", new double[] {radius}, 1e-9, 1e-12);
    }

    private GoldenNetwork network(Map<String, String> settings, boolean bias) {
        Map<String, String> texts = new LinkedHashMap<>(settings);
        texts.put("hidden", String.valueOf(golden.shape("W1")[1]));
        texts.put("latent-size", String.valueOf(golden.shape("W2")[1]));
        texts.put("activation", "relu");
        Map<String, String> keys = new LinkedHashMap<>();
        for (int layer = 1; layer <= 2; layer++) {
            keys.put("encoder-" + layer + "/weights", "W" + layer);
            if (bias) {
                keys.put("encoder-" + layer + "/bias", "b" + layer);
            }
        }
        keys.put(SphereRule.CENTRE, "center");
        return new GoldenNetwork(golden, new DeepSvdd(), "x", texts, keys);
    }
}
