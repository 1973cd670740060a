package org.oddlens.engine.detector.adversarial;

import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.oddlens.engine.graph.NetworkBuilder;

/**
 * ALAD's three discriminators: of rows with codes, of rows with rows, of codes with codes. Dropout is a factor for each
 * unit, 0 or 1 / (1 − rate), that the caller feeds.
 */
final class Discriminators {

    /** Names of their parameters begin so. */
    static final String PREFIX = "discriminator-";

    /** PyTorch's guard of the variance. */
    private static final double VARIANCE_GUARD = 1e-5;

    private final SameDiff graph;
    private final Layers.Layer row;
    private final SDVariable scale;
    private final SDVariable shift;
    private final Layers.Layer code;
    private final Layers.Layer joint;
    private final Layers.Layer jointLogit;
    private final Layers.Layer rows;
    private final Layers.Layer rowsLogit;
    private final Layers.Layer codes;
    private final Layers.Layer codesLogit;

    /** @param width units of a layer for rows; one for codes has {@code codeWidth} */
    Discriminators(
            NetworkBuilder net, Layers layers, int features, int latent, int width, int codeWidth, boolean spectral) {
        this.graph = net.graph();
        String xz = PREFIX + "xz-";
        row = layers.dense(xz + "row", features, width, spectral);
        scale = net.parameter(xz + "row/scale", ones(width), width);
        shift = net.parameter(xz + "row/shift", new float[width], width);
        code = layers.dense(xz + "code", latent, width, spectral);
        joint = layers.dense(
                xz + "joint", List.of("weights-row", "weights-code"), List.of(width, width), width, spectral);
        jointLogit = layers.dense(xz + "logit", width, 1, spectral);
        rows = layers.dense(
                PREFIX + "xx-pair",
                List.of("weights-first", "weights-second"),
                List.of(features, features),
                width,
                spectral);
        rowsLogit = layers.dense(PREFIX + "xx-logit", width, 1, spectral);
        codes = layers.dense(
                PREFIX + "zz-pair",
                List.of("weights-first", "weights-second"),
                List.of(latent, latent),
                codeWidth,
                spectral);
        codesLogit = layers.dense(PREFIX + "zz-logit", codeWidth, 1, spectral);
    }

    private static float[] ones(int count) {
        float[] values = new float[count];
        IntStream.range(0, count).forEach(i -> values[i] = 1);
        return values;
    }

    /** Logit of rows with codes, {@code [rows]}; depends on the rows beside it through the batch norm. */
    SDVariable rowWithCode(SDVariable x, SDVariable z, SDVariable codeMask, SDVariable jointMask) {
        SDVariable ofRow = Layers.leaky(normalised(row.apply(x)));
        SDVariable ofCode = Layers.leaky(code.apply(z)).mul(codeMask);
        return logit(jointLogit, Layers.leaky(joint.apply(ofRow, ofCode)).mul(jointMask));
    }

    /** Features of a pair of rows, {@code [rows, width]}: what the score compares. */
    SDVariable pairFeatures(SDVariable first, SDVariable second) {
        return Layers.leaky(rows.apply(first, second));
    }

    /** Logit of a pair of rows, {@code [rows]}. */
    SDVariable rowWithRow(SDVariable first, SDVariable second, SDVariable mask) {
        return logit(rowsLogit, pairFeatures(first, second).mul(mask));
    }

    /** Logit of a pair of codes, {@code [rows]}. */
    SDVariable codeWithCode(SDVariable first, SDVariable second, SDVariable mask) {
        return logit(codesLogit, Layers.leaky(codes.apply(first, second)).mul(mask));
    }

    /** By the mean and the biased variance of the batch; no running statistics, because no score needs this layer. */
    private SDVariable normalised(SDVariable in) {
        SDVariable centred = in.sub(in.mean(0));
        SDVariable deviation = graph.math().sqrt(centred.mul(centred).mean(0).add(VARIANCE_GUARD));
        return centred.div(deviation).mul(scale).add(shift);
    }

    private SDVariable logit(Layers.Layer last, SDVariable in) {
        return graph.reshape(last.apply(in), -1);
    }
}
