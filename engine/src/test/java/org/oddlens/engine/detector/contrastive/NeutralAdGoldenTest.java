package org.oddlens.engine.detector.contrastive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
 * The whole network of the detector against golden file 08, made in double precision with PyTorch: multiplied views, added
 * ones, and added ones after a sigmoid. Tolerances are those of the file: 1e-9 for values, 1e-8 for gradients.
 */
class NeutralAdGoldenTest {

    private static final NeutralAd NEUTRAL_AD = new NeutralAd();

    private final Golden golden = Golden.open("08_neutralad.npz");

    @ParameterizedTest
    @CsvSource({"mul, mul, on", "res_linear, res, auto", "res_sigmoid, res, on", "mul, mul, auto"})
    void computesTheReferencesCodesTermsAndScores(String group, String view, String sigmoid) {
        Network network = network(view, sigmoid);

        golden.assertEquals(group + "_z", output(network, "code"), 1e-9, 1e-12);
        golden.assertEquals(group + "_zk", output(network, NeutralAd.VIEW_CODES), 1e-9, 1e-12);
        golden.assertEquals(group + "_terms", output(network, NeutralAd.VIEW_LOSSES), 1e-9, 1e-12);
        golden.assertEquals(group + "_score", output(network, NetworkDetector.SCORE), 1e-9, 1e-12);
        double scale = golden.scalar("official_scale");
        double[] official = Arrays.stream(numbers(output(network, NetworkDetector.SCORE)))
                .map(score -> score * scale)
                .toArray();
        golden.assertEquals(group + "_official_score", official, 1e-9, 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"mul, mul, auto", "res_linear, res, auto", "res_sigmoid, res, on"})
    void sendsTheReferencesGradientsToEveryParameter(String group, String view, String sigmoid) {
        Network network = network(view, sigmoid);
        String loss = network.objectives().get(0).loss();
        INDArray value = network.graph().output(placeholders(), List.of(loss)).get(loss);
        golden.assertEquals(group + "_loss", new double[] {value.getDouble(0)}, 1e-9, 1e-12);

        Map<String, String> keys = keys();
        Map<String, INDArray> gradients =
                network.graph().calculateGradients(placeholders(), keys.keySet().toArray(new String[0]));

        keys.forEach((name, key) ->
                golden.assertEquals(group + "_grad_" + key, asInFile(name, gradients.get(name)), 1e-8, 1e-10));
    }

    private Network network(String view, String sigmoid) {
        int[] first = golden.shape("T1");
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("view", view);
        texts.put("transform-sigmoid", sigmoid);
        texts.put("transformations", String.valueOf(first[0]));
        texts.put("transform-hidden", String.valueOf(first[2]));
        texts.put(
                "hidden",
                Arrays.stream(new String[] {"e1", "e2"})
                        .map(key -> String.valueOf(golden.shape(key)[0]))
                        .collect(Collectors.joining(",")));
        texts.put("latent-size", String.valueOf(golden.shape("e3")[0]));
        texts.put("encoder-bias", "true");
        texts.put("temperature", String.valueOf(golden.scalar("tau")));
        int[] x = golden.shape("x");
        Network network = NEUTRAL_AD.network(
                Values.parse(NEUTRAL_AD.descriptor().hyperparameters(), texts),
                new DataShape(new int[] {x[1]}, "none", x[0]),
                DataType.DOUBLE,
                new RandomStreams(1));
        assertThat(network.layout().entries().stream().map(ParameterLayout.Entry::name))
                .containsExactlyInAnyOrderElementsOf(keys().keySet());
        keys().forEach((name, key) -> {
            INDArray parameter = network.graph().getVariable(name).getArr();
            parameter.assign(asInNetwork(name, golden.array(key), parameter.shape()));
        });
        return network;
    }

    /** The file keeps the first layer of each transformation as [features, units], the network as [units, features]. */
    private static INDArray asInNetwork(String name, INDArray array, long[] shape) {
        return name.equals("transform-1/weights")
                ? array.permute(0, 2, 1).dup('c').reshape('c', shape)
                : array;
    }

    private INDArray asInFile(String name, INDArray gradient) {
        int[] first = golden.shape("T1");
        return name.equals("transform-1/weights")
                ? gradient.dup('c').reshape('c', first[0], first[2], first[1]).permute(0, 2, 1)
                : gradient;
    }

    /** Parameter of the network to its key in the file. */
    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("transform-1/weights", "T1");
        keys.put("transform-2/weights", "T2");
        for (int layer = 1; layer <= 3; layer++) {
            keys.put("encoder-" + layer + "/weights", "E" + layer);
            keys.put("encoder-" + layer + "/bias", "e" + layer);
        }
        return keys;
    }

    private Map<String, INDArray> placeholders() {
        return Map.of(NetworkBuilder.FEATURES, golden.array("x"));
    }

    private INDArray output(Network network, String role) {
        String variable = network.outputs().get(role).variable();
        return network.graph().output(placeholders(), List.of(variable)).get(variable);
    }

    private static double[] numbers(INDArray array) {
        return array.dup('c').data().asDouble();
    }
}
