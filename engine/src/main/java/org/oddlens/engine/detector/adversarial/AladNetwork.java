package org.oddlens.engine.detector.adversarial;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.run.RandomStreams;

/** Puts ALAD's encoder, generator and discriminators together. */
final class AladNetwork {

    /** Where a mask acts; each place has a rate. */
    enum Place {
        JOINT,
        PAIR
    }

    /** A dropout mask: an input of the network, one factor for each unit. */
    record Mask(Place place, int width) {}

    private static final List<String> SIDES = List.of("true", "fake");

    private final AladLayout layout;
    private final Layers.Start start;
    private final boolean spectral;
    private final boolean sumOfSizes;

    /** @param sumOfSizes whether the score is the L1 norm instead of the length */
    AladNetwork(AladLayout layout, Layers.Start start, boolean spectral, boolean sumOfSizes) {
        this.layout = layout;
        this.start = start;
        this.spectral = spectral;
        this.sumOfSizes = sumOfSizes;
    }

    /** Dropout masks by input name: a pair's truth and fake have their own, and so has each layer. */
    static Map<String, Mask> masks(AladLayout layout) {
        Map<String, Mask> masks = new LinkedHashMap<>();
        Mask joint = new Mask(Place.JOINT, layout.discriminatorWidth());
        for (String side : SIDES) {
            masks.put("mask-xz-code-" + side, joint);
            masks.put("mask-xz-joint-" + side, joint);
            addPairMasks(masks, "zz", side, layout.codePairHidden());
            addPairMasks(masks, "xx", side, layout.pairHidden());
        }
        return masks;
    }

    private static void addPairMasks(Map<String, Mask> masks, String pair, String side, List<Integer> widths) {
        for (int layer = 0; layer < widths.size(); layer++) {
            masks.put(pairMask(pair, side, layer), new Mask(Place.PAIR, widths.get(layer)));
        }
    }

    private static String pairMask(String pair, String side, int layer) {
        return "mask-" + pair + (layer == 0 ? "" : "-" + (layer + 1)) + "-" + side;
    }

    /** The layers that are divided by their norm. */
    static SpectralNorms spectralLayers(AladLayout layout) {
        SpectralNorms norms = new SpectralNorms();
        for (int i = 1; i < layout.encoder().size(); i++) {
            norms.add("encoder-" + i, List.of("weights"));
        }
        Discriminators.spectralLayers(layout, norms);
        return norms;
    }

    Network build(DataType type, RandomStreams streams) {
        NetworkBuilder net = new NetworkBuilder(type, streams);
        SameDiff graph = net.graph();
        int features = layout.encoder().get(0);
        int latent = layout.latent();
        SDVariable x = net.input(NetworkBuilder.FEATURES, features);
        SDVariable z = net.input(Alad.NOISE, latent);
        Map<String, SDVariable> masks = new LinkedHashMap<>();
        masks(layout).forEach((name, mask) -> masks.put(name, net.input(name, mask.width())));

        Layers layers = new Layers(net, start);
        List<Layers.Layer> encoder = stack(layers, "encoder", layout.encoder(), spectral);
        List<Layers.Layer> generator = stack(layers, "generator", layout.generator(), false);
        Discriminators judges = new Discriminators(net, layers, layout, spectral);

        SDVariable code = encode(encoder, x);
        SDVariable rebuilt = generate(graph, generator, code);
        SDVariable made = generate(graph, generator, z);
        SDVariable codeOfMade = encode(encoder, made);
        Verdict xz = new Verdict(
                judges.rowWithCode(x, code, masks.get("mask-xz-code-true"), masks.get("mask-xz-joint-true")),
                judges.rowWithCode(made, z, masks.get("mask-xz-code-fake"), masks.get("mask-xz-joint-fake")));
        Verdict zz = new Verdict(
                judges.codeWithCode(z, z, pairMasks(masks, "zz", "true")),
                judges.codeWithCode(z, codeOfMade, pairMasks(masks, "zz", "fake")));
        Verdict xx = new Verdict(
                judges.rowWithRow(x, x, pairMasks(masks, "xx", "true")),
                judges.rowWithRow(x, rebuilt, pairMasks(masks, "xx", "fake")));
        objectives(net, xz, zz, xx);

        SDVariable seenRebuilt = judges.pairFeatures(x, rebuilt);
        SDVariable difference = judges.pairFeatures(x, x).sub(seenRebuilt);
        SDVariable score = sumOfSizes
                ? graph.math().abs(difference).sum(1)
                : graph.math().sqrt(difference.mul(difference).sum(1));
        net.output(NetworkDetector.SCORE, score, 1);
        net.output(NetworkDetector.VALIDATION_LOSS, score, 1);
        net.output("code", code, latent);
        net.output("features", seenRebuilt, last(layout.pairHidden()));
        net.output("rebuilt", rebuilt, features);
        net.output("made", made, features);
        net.output(Alad.GENERATED_CODES, codeOfMade, latent);
        logits(net, Map.of("xz", xz, "zz", zz, "xx", xx));
        net.frozen(Alad.GENERATED, new float[AladRule.shown() * latent], AladRule.shown(), latent);
        return net.build();
    }

    private static List<SDVariable> pairMasks(Map<String, SDVariable> masks, String pair, String side) {
        List<SDVariable> found = new ArrayList<>();
        for (int layer = 0; masks.containsKey(pairMask(pair, side, layer)); layer++) {
            found.add(masks.get(pairMask(pair, side, layer)));
        }
        return found;
    }

    private static int last(List<Integer> widths) {
        return widths.get(widths.size() - 1);
    }

    private static void objectives(NetworkBuilder net, Verdict xz, Verdict zz, Verdict xx) {
        net.objective("discriminators", name -> name.startsWith(Discriminators.PREFIX));
        net.term("discriminators", "discriminate-xz", xz.discriminatorLoss());
        net.term("discriminators", "discriminate-zz", zz.discriminatorLoss());
        net.term("discriminators", "discriminate-xx", xx.discriminatorLoss());
        net.objective("generator", name -> name.startsWith("encoder") || name.startsWith("generator"));
        net.term("generator", "deceive-xz", xz.generatorLoss());
        net.term("generator", "deceive-zz", zz.generatorLoss());
        net.term("generator", "deceive-xx", xx.generatorLoss());
    }

    private static void logits(NetworkBuilder net, Map<String, Verdict> verdicts) {
        verdicts.forEach((pair, verdict) -> {
            net.output("logit-true-" + pair, verdict.truth(), 1);
            net.output("logit-fake-" + pair, verdict.fake(), 1);
        });
    }

    private static List<Layers.Layer> stack(Layers layers, String name, List<Integer> widths, boolean spectral) {
        List<Layers.Layer> stack = new ArrayList<>();
        for (int i = 1; i < widths.size(); i++) {
            stack.add(layers.dense(name + "-" + i, widths.get(i - 1), widths.get(i), spectral));
        }
        return stack;
    }

    private static SDVariable encode(List<Layers.Layer> encoder, SDVariable x) {
        return through(encoder, x, Layers::leaky);
    }

    private static SDVariable generate(SameDiff graph, List<Layers.Layer> generator, SDVariable z) {
        return through(generator, z, in -> graph.nn().relu(in, 0));
    }

    private static SDVariable through(List<Layers.Layer> layers, SDVariable in, UnaryOperator<SDVariable> hidden) {
        SDVariable out = in;
        for (int i = 0; i < layers.size(); i++) {
            out = layers.get(i).apply(out);
            out = i == layers.size() - 1 ? out : hidden.apply(out);
        }
        return out;
    }
}
