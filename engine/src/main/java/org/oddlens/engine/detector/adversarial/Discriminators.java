package org.oddlens.engine.detector.adversarial;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.oddlens.engine.graph.BatchNorm;
import org.oddlens.engine.graph.NetworkBuilder;

/**
 * ALAD's three discriminators: of rows with codes, of rows with rows, of codes with codes. Dropout is a factor for each
 * unit, 0 or 1 / (1 − rate), that the caller feeds.
 */
final class Discriminators {

    /** Names of their parameters begin so. */
    static final String PREFIX = "discriminator-";

    /** Names of the layers over two joined inputs of one kind, and of their weights. */
    private static final List<String> PAIR = List.of("weights-first", "weights-second");

    private final SameDiff graph;
    private final Layers.Layer row;
    private final BatchNorm rowNorm;
    private final Layers.Layer code;
    private final Layers.Layer joint;
    private final Layers.Layer jointLogit;
    private final List<Layers.Layer> rows;
    private final Layers.Layer rowsLogit;
    private final List<Layers.Layer> codes;
    private final Layers.Layer codesLogit;

    Discriminators(NetworkBuilder net, Layers layers, AladLayout layout, boolean spectral) {
        int features = layout.encoder().get(0);
        int latent = layout.latent();
        int width = layout.discriminatorWidth();
        String xz = PREFIX + "xz-";
        this.graph = net.graph();
        row = layers.dense(xz + "row", features, width, spectral);
        rowNorm = new BatchNorm(net, xz + "row", width);
        code = layers.dense(xz + "code", latent, width, spectral);
        joint = layers.dense(
                xz + "joint", List.of("weights-row", "weights-code"), List.of(width, width), width, spectral);
        jointLogit = layers.dense(xz + "logit", width, 1, spectral);
        rows = pair(layers, PREFIX + "xx", features, layout.pairHidden(), spectral);
        rowsLogit = layers.dense(PREFIX + "xx-logit", last(layout.pairHidden()), 1, spectral);
        codes = pair(layers, PREFIX + "zz", latent, layout.codePairHidden(), spectral);
        codesLogit = layers.dense(PREFIX + "zz-logit", last(layout.codePairHidden()), 1, spectral);
    }

    /** Layers over two joined inputs of a width: {@code NAME-pair}, {@code NAME-pair-2}, … */
    private static List<Layers.Layer> pair(
            Layers layers, String name, int width, List<Integer> hidden, boolean spectral) {
        List<Layers.Layer> stack = new ArrayList<>();
        stack.add(layers.dense(name + "-pair", PAIR, List.of(width, width), hidden.get(0), spectral));
        for (int i = 1; i < hidden.size(); i++) {
            stack.add(layers.dense(name + "-pair-" + (i + 1), hidden.get(i - 1), hidden.get(i), spectral));
        }
        return stack;
    }

    private static int last(List<Integer> widths) {
        return widths.get(widths.size() - 1);
    }

    /** Adds the layers that are divided by their norm. */
    static void spectralLayers(AladLayout layout, SpectralNorms norms) {
        for (String name : List.of("xz-row", "xz-code", "xz-logit", "xx-logit", "zz-logit")) {
            norms.add(PREFIX + name, List.of("weights"));
        }
        norms.add(PREFIX + "xz-joint", List.of("weights-row", "weights-code"));
        spectralPair(PREFIX + "xx-pair", layout.pairHidden().size(), norms);
        spectralPair(PREFIX + "zz-pair", layout.codePairHidden().size(), norms);
    }

    private static void spectralPair(String name, int layers, SpectralNorms norms) {
        norms.add(name, PAIR);
        IntStream.rangeClosed(2, layers).forEach(i -> norms.add(name + "-" + i, List.of("weights")));
    }

    /** Logit of rows with codes, {@code [rows]}; depends on the rows beside it through the batch norm. */
    SDVariable rowWithCode(SDVariable x, SDVariable z, SDVariable codeMask, SDVariable jointMask) {
        // By the statistics of the batch; no others, because no score needs this layer.
        SDVariable ofRow = Layers.leaky(rowNorm.byBatch(row.apply(x)));
        SDVariable ofCode = Layers.leaky(code.apply(z)).mul(codeMask);
        return logit(jointLogit, Layers.leaky(joint.apply(ofRow, ofCode)).mul(jointMask));
    }

    /** Features of a pair of rows, {@code [rows, last width]}: what the score compares. */
    SDVariable pairFeatures(SDVariable first, SDVariable second) {
        return features(rows, first, second, List.of());
    }

    /**
     * Logit of a pair of rows, {@code [rows]}.
     *
     * @param masks one for each layer
     */
    SDVariable rowWithRow(SDVariable first, SDVariable second, List<SDVariable> masks) {
        return logit(rowsLogit, features(rows, first, second, masks));
    }

    /**
     * Logit of a pair of codes, {@code [rows]}.
     *
     * @param masks one for each layer
     */
    SDVariable codeWithCode(SDVariable first, SDVariable second, List<SDVariable> masks) {
        return logit(codesLogit, features(codes, first, second, masks));
    }

    private static SDVariable features(
            List<Layers.Layer> layers, SDVariable first, SDVariable second, List<SDVariable> masks) {
        SDVariable out = null;
        for (int i = 0; i < layers.size(); i++) {
            out = Layers.leaky(
                    i == 0 ? layers.get(0).apply(first, second) : layers.get(i).apply(out));
            out = masks.isEmpty() ? out : out.mul(masks.get(i));
        }
        return out;
    }

    private SDVariable logit(Layers.Layer last, SDVariable in) {
        return graph.reshape(last.apply(in), -1);
    }
}
