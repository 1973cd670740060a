package org.oddlens.engine.detector.energy;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.graph.Softplus;
import org.oddlens.engine.run.CounterRandom;

/**
 * The layers of DSEBM, up to the code and down again over the same weights, and the gradient of its energy by hand.
 *
 * <pre>
 * up:    Aᵢ = Hᵢ₋₁ Kᵢ + bᵢ     Hᵢ = softplus(Aᵢ)     H₀ = x, i = 1…L
 * down:  Bᵢ = Gᵢ₊₁ Kᵢᵀ + cᵢ    Gᵢ = softplus(Bᵢ)     Gᴸ⁺¹ = Hᴸ, i = L…1
 * E(x)   = ½ Σⱼ (xⱼ − b′ⱼ)² − Σⱼ G₁ⱼ
 * ∇E(x)  = x − f(x)             f(x) = b′ + D
 * D      = σ(B₁); then D ← (D Kᵢ) ⊙ σ(Bᵢ₊₁) for i = 1…L, with Aᴸ in place of Bᴸ⁺¹;
 *          then D ← (D Kᵢᵀ) ⊙ σ(Aᵢ₋₁) for i = L…1, the last without σ
 * </pre>
 *
 * <p>f is made of forward ops, so that a loss on it needs first derivatives only; SameDiff has no others. Zhai, Cheng, Lu,
 * Zhang, ICML 2016, section 3.
 */
final class EnergyLayers {

    /**
     * The energy of some rows.
     *
     * @param energy         E, {@code [rows]}
     * @param reconstruction f(x), {@code [rows, features]}
     * @param code           Hᴸ, {@code [rows, last width]}
     */
    record Energy(SDVariable energy, SDVariable reconstruction, SDVariable code) {}

    private final SameDiff graph;
    private final Softplus softplus;
    private final List<SDVariable> weights = new ArrayList<>();
    private final List<SDVariable> biases = new ArrayList<>();
    private final List<SDVariable> inverseBiases = new ArrayList<>();
    private final SDVariable visible;

    /**
     * Makes the parameters. Weights start normal with the variance 2 / (in + out), biases at 0.
     *
     * @param widths from the features to the code, at least two
     */
    EnergyLayers(NetworkBuilder net, List<Integer> widths) {
        graph = net.graph();
        softplus = new Softplus(graph);
        for (int i = 1; i < widths.size(); i++) {
            int in = widths.get(i - 1);
            int out = widths.get(i);
            String name = "layer-" + i + "/weights";
            weights.add(net.parameter(name, normal(net.startValues(name), in, out), in, out));
            biases.add(net.parameter("layer-" + i + "/bias", 0, out));
            inverseBiases.add(net.parameter("layer-" + i + "/inverse-bias", 0, in));
        }
        visible = net.parameter("visible-bias", 0, widths.get(0));
    }

    private static float[] normal(CounterRandom random, int in, int out) {
        double deviation = Math.sqrt(2.0 / (in + out));
        float[] values = new float[in * out];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        return values;
    }

    /** The energy and its gradient at some rows, {@code [rows, features]}. */
    Energy at(SDVariable x) {
        int depth = weights.size();
        List<SDVariable> up = new ArrayList<>();
        SDVariable code = x;
        for (int i = 0; i < depth; i++) {
            up.add(graph.nn().linear(code, weights.get(i), biases.get(i)));
            code = softplus.of(up.get(i));
        }
        List<SDVariable> slopes = new ArrayList<>(); // σ(B₁) … σ(Bᴸ), σ(Aᴸ)
        slopes.add(graph.nn().sigmoid(up.get(depth - 1)));
        SDVariable down = code;
        for (int i = depth - 1; i >= 0; i--) {
            SDVariable sum = times(down, i, true).add(inverseBiases.get(i));
            slopes.add(0, graph.nn().sigmoid(sum));
            down = softplus.of(sum);
        }
        SDVariable gradient = slopes.get(0);
        for (int i = 0; i < depth; i++) {
            gradient = times(gradient, i, false).mul(slopes.get(i + 1));
        }
        for (int i = depth - 1; i >= 0; i--) {
            gradient = times(gradient, i, true);
            if (i > 0) {
                gradient = gradient.mul(graph.nn().sigmoid(up.get(i - 1)));
            }
        }
        SDVariable off = x.sub(visible);
        SDVariable energy = off.mul(off).sum(1).mul(0.5).sub(down.sum(1));
        return new Energy(energy, gradient.add(visible), code);
    }

    private SDVariable times(SDVariable rows, int layer, boolean turned) {
        return graph.mmul(rows, weights.get(layer), false, turned, false);
    }
}
