package org.oddlens.engine.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Batch normalisation of the units of a layer: by mean and population variance of the batch in training, by given ones
 * in scoring.
 *
 * <pre>
 * y = scale ∘ (a − mean) / √(variance + 1e-5) + shift
 * </pre>
 *
 * <p>Ioffe and Szegedy, ICML 2015, arXiv:1502.03167; the guard is PyTorch's. Scale starts at 1, shift at 0; both may be
 * left out. ND4J's own op computes no statistics of the batch, so these are ordinary reductions here.
 */
public final class BatchNorm {

    private static final double GUARD = 1e-5;

    private final SDVariable scale;
    private final SDVariable shift;

    /**
     * With a trainable scale and shift.
     *
     * @param name  of the layer, before {@code /scale} and {@code /shift}
     * @param width units
     */
    public BatchNorm(NetworkBuilder net, String name, int width) {
        float[] ones = new float[width];
        IntStream.range(0, width).forEach(i -> ones[i] = 1);
        this.scale = net.parameter(name + "/scale", ones, width);
        this.shift = net.parameter(name + "/shift", new float[width], width);
    }

    private BatchNorm() {
        this.scale = null;
        this.shift = null;
    }

    /** Without scale and shift. */
    public static BatchNorm plain() {
        return new BatchNorm();
    }

    /** By the statistics of a batch, {@code [rows, width]}. */
    public SDVariable byBatch(SDVariable in) {
        SDVariable centred = in.sub(in.mean(0));
        return scaled(centred, centred.mul(centred).mean(0));
    }

    /**
     * By the statistics of two blocks of rows as if one lay below the other.
     *
     * @param first  {@code [rows, width]}
     * @param second {@code [times · rows, width]}
     * @return both, normalised
     */
    public List<SDVariable> byBatch(SDVariable first, SDVariable second, int times) {
        SDVariable mean = together(first, second, times);
        List<SDVariable> centred = List.of(first.sub(mean), second.sub(mean));
        SDVariable variance =
                together(centred.get(0).mul(centred.get(0)), centred.get(1).mul(centred.get(1)), times);
        List<SDVariable> normalised = new ArrayList<>();
        centred.forEach(part -> normalised.add(scaled(part, variance)));
        return normalised;
    }

    /** Mean over the rows of both, {@code [width]}. */
    private static SDVariable together(SDVariable first, SDVariable second, int times) {
        return first.mean(0).add(second.mean(0).mul(times)).div(times + 1.0);
    }

    /**
     * By given statistics, which do not depend on the rows beside a row.
     *
     * @param in       {@code [rows, width]}
     * @param mean     {@code [width]}
     * @param variance {@code [width]}
     */
    public SDVariable by(SDVariable in, SDVariable mean, SDVariable variance) {
        return scaled(in.sub(mean), variance);
    }

    private SDVariable scaled(SDVariable centred, SDVariable variance) {
        SDVariable normal = centred.div(centred.getSameDiff().math().sqrt(variance.add(GUARD)));
        return scale == null ? normal : normal.mul(scale).add(shift);
    }
}
