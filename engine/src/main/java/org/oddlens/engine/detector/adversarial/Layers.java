package org.oddlens.engine.detector.adversarial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.run.CounterRandom;

/**
 * Makes dense layers for networks that are applied to several inputs. A layer over joined inputs has weights of its own for
 * each of them, {@code Σᵢ xᵢ · Wᵢ + b}, which is the layer over the concatenation without one.
 *
 * <p>A spectral layer divides its weights by their largest singular value, {@code σ = vᵀ W u}, with u and v frozen arrays
 * that {@link SpectralNorms} turns towards the singular vectors (Miyato, Kataoka, Koyama, Yoshida, ICLR 2018,
 * arXiv:1802.05957).
 */
final class Layers {

    /** Names of the frozen arrays of a spectral layer end so. */
    static final String LEFT = "/left-vector";

    static final String RIGHT = "/right-vector";

    /** How weights start; biases start at 0. */
    enum Start {
        /** Normal with standard deviation 0.02. */
        NORMAL,
        /** Uniform in ±√(6 / (in + out)). */
        GLOROT
    }

    private static final double DEVIATION = 0.02;
    private static final double SLOPE = 0.2;

    /** Keeps weights of zero at zero. */
    private static final double GUARD = 1e-12;

    /** Steps of power iteration before training; one more comes with every training step. */
    private static final int FIRST_STEPS = 20;

    private final NetworkBuilder net;
    private final Start start;

    Layers(NetworkBuilder net, Start start) {
        this.net = net;
        this.start = start;
    }

    /** A layer to apply to inputs of its widths. */
    record Layer(SameDiff graph, List<SDVariable> weights, SDVariable bias) {

        /** {@code [rows, out]} of as many inputs as the layer joins. */
        SDVariable apply(SDVariable... inputs) {
            SDVariable sum = graph.nn().linear(inputs[0], weights.get(0), bias);
            for (int i = 1; i < inputs.length; i++) {
                sum = sum.add(inputs[i].mmul(weights.get(i)));
            }
            return sum;
        }
    }

    /**
     * A layer.
     *
     * @param parts  names of its weights: {@code weights}, or one for each input that is joined
     * @param widths of the inputs
     */
    Layer dense(String name, List<String> parts, List<Integer> widths, int out, boolean spectral) {
        int in = widths.stream().mapToInt(Integer::intValue).sum();
        List<SDVariable> weights = new ArrayList<>();
        List<float[]> values = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = name + "/" + parts.get(i);
            values.add(values(part, widths.get(i) * out, in, out));
            weights.add(net.parameter(part, values.get(i), widths.get(i), out));
        }
        SDVariable bias = net.parameter(name + "/bias", new float[out], out);
        return new Layer(net.graph(), spectral ? divided(name, weights, values, out) : weights, bias);
    }

    Layer dense(String name, int in, int out, boolean spectral) {
        return dense(name, List.of("weights"), List.of(in), out, spectral);
    }

    /**
     * {@code max(a, 0.2·a)}. ND4J 1.0.0-M2.1 has it as one op, whose gradient knows the slope in single precision only, also
     * among doubles.
     */
    static SDVariable leaky(SDVariable in) {
        return in.getSameDiff().nn().relu(in, 0).mul(1 - SLOPE).add(in.mul(SLOPE));
    }

    private float[] values(String name, int count, int in, int out) {
        CounterRandom random = net.startValues(name);
        double bound = Math.sqrt(6.0 / (in + out));
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float)
                    (start == Start.NORMAL ? DEVIATION * random.nextGaussian() : (2 * random.nextDouble() - 1) * bound);
        }
        return values;
    }

    private List<SDVariable> divided(String name, List<SDVariable> weights, List<float[]> values, int out) {
        float[] u = new float[out];
        Arrays.fill(u, (float) (1 / Math.sqrt(out)));
        List<float[]> v = List.of();
        for (int i = 0; i < FIRST_STEPS; i++) {
            v = SpectralNorms.iterate(values, u);
        }
        SDVariable right = net.frozen(name + RIGHT, u, out, 1);
        SDVariable norm = null;
        for (int i = 0; i < weights.size(); i++) {
            int width = v.get(i).length;
            SDVariable left = net.frozen(name + LEFT + "-" + (i + 1), v.get(i), width, 1);
            SDVariable outer = net.graph().mmul(left, right, false, true, false);
            SDVariable part = weights.get(i).mul(outer).sum(true, 0, 1);
            norm = norm == null ? part : norm.add(part);
        }
        SDVariable inverse = norm.add(GUARD).rdiv(1.0);
        List<SDVariable> divided = new ArrayList<>();
        for (int i = 0; i < weights.size(); i++) {
            divided.add(weights.get(i).mul(filled(inverse, v.get(i).length, out)));
        }
        return divided;
    }

    /**
     * A matrix of one number. ND4J 1.0.0-M2.1 computes wrong gradients of products and quotients that repeat a number, and
     * right ones of sums.
     */
    private SDVariable filled(SDVariable number, int rows, int columns) {
        return net.graph().constant(Nd4j.zeros(net.type(), rows, columns)).add(number);
    }
}
