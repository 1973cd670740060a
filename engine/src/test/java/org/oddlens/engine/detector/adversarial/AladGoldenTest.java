package org.oddlens.engine.detector.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.oddlens.engine.Golden;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;

/**
 * Losses, the five networks, and the gradients of both players against golden file 09, made in double precision with
 * PyTorch. Tolerances are those of the file: 1e-9 for values, 1e-8 for gradients.
 */
class AladGoldenTest {

    private static final Alad ALAD = new Alad();

    /** Parameter, its key, and which part of the file's array it is: 0 all, 1 the first rows, 2 the others. */
    private record Place(String name, String key, int part) {}

    private final Golden golden = Golden.open("09_alad.npz");

    @ParameterizedTest
    @ValueSource(strings = {"xz", "zz", "xx"})
    void computesTheLossesOfGivenLogitsAndTheirGradients(String pair) {
        SameDiff graph = SameDiff.create();
        SDVariable truth = graph.var("truth", golden.array("logit_true_" + pair));
        SDVariable fake = graph.var("fake", golden.array("logit_fake_" + pair));
        Verdict verdict = new Verdict(truth, fake);
        verdict.discriminatorLoss().mean("d", 0);
        verdict.generatorLoss().mean("ge", 0);
        for (String player : List.of("d", "ge")) {
            golden.assertEquals(
                    "loss_" + player + "_" + pair,
                    graph.output(Map.of(), player).get(player),
                    1e-9,
                    1e-12);
            graph.setLossVariables(player);
            Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), "truth", "fake");
            golden.assertEquals("grad_" + player + "_logit_true_" + pair, gradients.get("truth"), 1e-8, 1e-10);
            golden.assertEquals("grad_" + player + "_logit_fake_" + pair, gradients.get("fake"), 1e-8, 1e-10);
        }
    }

    @Test
    void encodesGeneratesAndComparesAsTheReference() {
        Network network = network("l2");
        Map<String, INDArray> inputs = inputs("nodrop");

        golden.assertEquals("enc_x", output(network, inputs, "code"), 1e-9, 1e-12);
        golden.assertEquals("gen_z", output(network, inputs, "made"), 1e-9, 1e-12);
        golden.assertEquals("enc_gen_z", output(network, inputs, Alad.GENERATED_CODES), 1e-9, 1e-12);
        golden.assertEquals("gen_enc_x", output(network, inputs, "rebuilt"), 1e-9, 1e-12);
        golden.assertEquals("feature_rec", output(network, inputs, "features"), 1e-9, 1e-12);
        golden.assertEquals("score_l2", output(network, inputs, NetworkDetector.SCORE), 1e-9, 1e-12);
        golden.assertEquals("score_l1", output(network("l1"), inputs, NetworkDetector.SCORE), 1e-9, 1e-12);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodrop", "drop"})
    void judgesPairsAndSendsTheReferencesGradientsToBothPlayers(String group) {
        Network network = network("l2");
        Map<String, INDArray> inputs = inputs(group);
        for (String pair : List.of("xz", "zz", "xx")) {
            for (String side : List.of("true", "fake")) {
                golden.assertEquals(
                        group + "_logit_" + side + "_" + pair,
                        output(network, inputs, "logit-" + side + "-" + pair),
                        1e-9,
                        1e-12);
            }
        }
        List<String> players = List.of("d", "ge");
        for (int i = 0; i < players.size(); i++) {
            Network.Objective objective = network.objectives().get(i);
            INDArray loss = network.graph().output(inputs, objective.loss()).get(objective.loss());
            golden.assertEquals(group + "_loss_" + players.get(i), loss, 1e-9, 1e-12);
            network.graph().setLossVariables(objective.loss());
            Map<String, INDArray> gradients = network.graph().calculateGradients(inputs, objective.parameters());
            List<Place> trained = places().stream()
                    .filter(place -> objective.parameters().contains(place.name))
                    .toList();
            assertThat(trained).hasSameSizeAs(objective.parameters());
            for (Place place : trained) {
                String key = group + "_grad_" + players.get(i) + "_" + place.key;
                compare(key, place, gradients.get(place.name));
            }
        }
    }

    private void compare(String key, Place place, INDArray gradient) {
        double[] expected =
                part(golden.array(key), place, gradient.size(0)).dup('c').data().asDouble();
        double[] actual = gradient.dup('c').data().asDouble();
        assertThat(actual).as(key).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(actual[i] - expected[i]))
                    .as(place.name + "[" + i + "]: " + actual[i] + " for " + expected[i])
                    .isLessThanOrEqualTo(1e-8 * Math.abs(expected[i]) + 1e-10);
        }
    }

    private static INDArray part(INDArray array, Place place, long rows) {
        return switch (place.part) {
            case 1 -> array.get(NDArrayIndex.interval(0, rows), NDArrayIndex.all());
            case 2 -> array.get(NDArrayIndex.interval(array.size(0) - rows, array.size(0)), NDArrayIndex.all());
            default -> array;
        };
    }

    private Network network(String norm) {
        int[] x = golden.shape("x");
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("latent-size", String.valueOf(golden.shape("z")[1]));
        texts.put("hidden", String.valueOf(golden.shape("b_E1")[0]));
        texts.put("generator-hidden", golden.shape("b_G1")[0] + "," + golden.shape("b_G2")[0]);
        texts.put("discriminator-width", String.valueOf(golden.shape("b_XX1")[0]));
        texts.put("code-discriminator-width", String.valueOf(golden.shape("b_ZZ1")[0]));
        texts.put("score-norm", norm);
        texts.put("spectral-norm", "false");
        Network network = ALAD.network(
                Values.parse(ALAD.descriptor().hyperparameters(), texts),
                new DataShape(new int[] {x[1]}, "none", x[0]),
                DataType.DOUBLE,
                new RandomStreams(1));
        List<String> names = new ArrayList<>(places().stream().map(Place::name).toList());
        names.add(Alad.GENERATED);
        assertThat(network.layout().entries().stream().map(ParameterLayout.Entry::name))
                .containsExactlyInAnyOrderElementsOf(names);
        places().forEach(place -> {
            INDArray parameter = network.graph().getVariable(place.name).getArr();
            parameter.assign(part(golden.array(place.key), place, parameter.size(0)));
        });
        return network;
    }

    private static List<Place> places() {
        List<Place> places = new ArrayList<>();
        add(places, "encoder-1", "E1", "weights");
        add(places, "encoder-2", "E2", "weights");
        add(places, "generator-1", "G1", "weights");
        add(places, "generator-2", "G2", "weights");
        add(places, "generator-3", "G3", "weights");
        add(places, "discriminator-xz-row", "XZx", "weights");
        add(places, "discriminator-xz-code", "XZz", "weights");
        add(places, "discriminator-xz-joint", "XZj", "weights-row", "weights-code");
        add(places, "discriminator-xz-logit", "XZo", "weights");
        add(places, "discriminator-xx-pair", "XX1", "weights-first", "weights-second");
        add(places, "discriminator-xx-logit", "XXo", "weights");
        add(places, "discriminator-zz-pair", "ZZ1", "weights-first", "weights-second");
        add(places, "discriminator-zz-logit", "ZZo", "weights");
        places.add(new Place("discriminator-xz-row/scale", "bn_gamma", 0));
        places.add(new Place("discriminator-xz-row/shift", "bn_beta", 0));
        return places;
    }

    private static void add(List<Place> places, String layer, String key, String... parts) {
        places.add(new Place(layer + "/bias", "b_" + key, 0));
        for (int i = 0; i < parts.length; i++) {
            places.add(new Place(layer + "/" + parts[i], "W_" + key, parts.length == 1 ? 0 : i + 1));
        }
    }

    private Map<String, INDArray> inputs(String group) {
        Map<String, INDArray> inputs = new LinkedHashMap<>();
        inputs.put(NetworkBuilder.FEATURES, golden.array("x"));
        inputs.put(Alad.NOISE, golden.array("z"));
        for (String side : List.of("true", "fake")) {
            inputs.put("mask-xz-code-" + side, mask("mask_xz_z_" + side, group));
            inputs.put("mask-xz-joint-" + side, mask("mask_xz_j_" + side, group));
            inputs.put("mask-zz-" + side, mask("mask_zz_" + side, group));
            inputs.put("mask-xx-" + side, mask("mask_xx_" + side, group));
        }
        return inputs;
    }

    private INDArray mask(String key, String group) {
        INDArray mask = golden.array(key);
        return group.equals("drop") ? mask : Nd4j.ones(DataType.DOUBLE, mask.shape());
    }

    private static INDArray output(Network network, Map<String, INDArray> inputs, String role) {
        String variable = network.outputs().get(role).variable();
        return network.graph().output(inputs, List.of(variable)).get(variable);
    }
}
