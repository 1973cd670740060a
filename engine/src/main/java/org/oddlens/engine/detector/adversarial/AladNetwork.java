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

    /** Dropout masks by input name: a pair's truth and fake have their own. */
    static final Map<String, Place> MASKS = masks();

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

    private static Map<String, Place> masks() {
        Map<String, Place> masks = new LinkedHashMap<>();
        for (String pair : List.of("true", "fake")) {
            masks.put("mask-xz-code-" + pair, Place.JOINT);
            masks.put("mask-xz-joint-" + pair, Place.JOINT);
            masks.put("mask-zz-" + pair, Place.PAIR);
            masks.put("mask-xx-" + pair, Place.PAIR);
        }
        return java.util.Collections.unmodifiableMap(masks);
    }

    /** The layers that are divided by their norm. */
    static SpectralNorms spectralLayers(AladLayout layout) {
        SpectralNorms norms = new SpectralNorms();
        for (int i = 1; i < layout.encoder().size(); i++) {
            norms.add("encoder-" + i, List.of("weights"));
        }
        for (String name : List.of("xz-row", "xz-code", "xz-logit", "xx-logit", "zz-logit")) {
            norms.add(Discriminators.PREFIX + name, List.of("weights"));
        }
        norms.add(Discriminators.PREFIX + "xz-joint", List.of("weights-row", "weights-code"));
        norms.add(Discriminators.PREFIX + "xx-pair", List.of("weights-first", "weights-second"));
        norms.add(Discriminators.PREFIX + "zz-pair", List.of("weights-first", "weights-second"));
        return norms;
    }

    Network build(DataType type, RandomStreams streams) {
        NetworkBuilder net = new NetworkBuilder(type, streams);
        SameDiff graph = net.graph();
        int features = layout.encoder().get(0);
        int latent = layout.latent();
        int width = layout.discriminatorWidth();
        SDVariable x = net.input(NetworkBuilder.FEATURES, features);
        SDVariable z = net.input(Alad.NOISE, latent);
        Map<String, SDVariable> masks = new LinkedHashMap<>();
        MASKS.keySet()
                .forEach(name -> masks.put(
                        name, net.input(name, name.contains("zz") ? layout.codeDiscriminatorWidth() : width)));

        Layers layers = new Layers(net, start);
        List<Layers.Layer> encoder = stack(layers, "encoder", layout.encoder(), spectral);
        List<Layers.Layer> generator = stack(layers, "generator", layout.generator(), false);
        Discriminators judges =
                new Discriminators(net, layers, features, latent, width, layout.codeDiscriminatorWidth(), spectral);

        SDVariable code = encode(encoder, x);
        SDVariable rebuilt = generate(graph, generator, code);
        SDVariable made = generate(graph, generator, z);
        SDVariable codeOfMade = encode(encoder, made);
        Verdict xz = new Verdict(
                judges.rowWithCode(x, code, masks.get("mask-xz-code-true"), masks.get("mask-xz-joint-true")),
                judges.rowWithCode(made, z, masks.get("mask-xz-code-fake"), masks.get("mask-xz-joint-fake")));
        Verdict zz = new Verdict(
                judges.codeWithCode(z, z, masks.get("mask-zz-true")),
                judges.codeWithCode(z, codeOfMade, masks.get("mask-zz-fake")));
        Verdict xx = new Verdict(
                judges.rowWithRow(x, x, masks.get("mask-xx-true")),
                judges.rowWithRow(x, rebuilt, masks.get("mask-xx-fake")));
        objectives(net, xz, zz, xx);

        SDVariable seenRebuilt = judges.pairFeatures(x, rebuilt);
        SDVariable difference = judges.pairFeatures(x, x).sub(seenRebuilt);
        SDVariable score = sumOfSizes
                ? graph.math().abs(difference).sum(1)
                : graph.math().sqrt(difference.mul(difference).sum(1));
        net.output(NetworkDetector.SCORE, score, 1);
        net.output(NetworkDetector.VALIDATION_LOSS, score, 1);
        net.output("code", code, latent);
        net.output("features", seenRebuilt, width);
        net.output("rebuilt", rebuilt, features);
        net.output("made", made, features);
        net.output(Alad.GENERATED_CODES, codeOfMade, latent);
        logits(net, Map.of("xz", xz, "zz", zz, "xx", xx));
        net.frozen(Alad.GENERATED, new float[AladRule.shown() * latent], AladRule.shown(), latent);
        return net.build();
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
