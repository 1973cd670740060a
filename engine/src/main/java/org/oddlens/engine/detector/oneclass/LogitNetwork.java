package org.oddlens.engine.detector.oneclass;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.NetworkBuilder;

/**
 * ReLU layers and one logit, made once and applied to several inputs, with the gradient of the logit towards its input by hand.
 *
 * <pre>
 * aᵢ = hᵢ₋₁ Wᵢ + bᵢ    hᵢ = max(aᵢ, 0)    h₀ = x, i = 1…L
 * o  = hᴸ w + b
 * ∇o = (… ((wᵀ ⊙ [aᴸ &gt; 0]) Wᴸᵀ ⊙ [aᴸ⁻¹ &gt; 0]) …) W₁ᵀ
 * </pre>
 */
final class LogitNetwork {

    /**
     * The network at some rows.
     *
     * @param logit o, {@code [rows]}
     * @param code  hᴸ, {@code [rows, last hidden width]}
     * @param slope ∇o, {@code [rows, features]}; not to be differentiated
     */
    record Applied(SDVariable logit, SDVariable code, SDVariable slope) {}

    private final SameDiff graph;
    private final List<SDVariable> weights = new ArrayList<>();
    private final List<SDVariable> biases = new ArrayList<>();
    private final int lastWidth;

    /** @param widths from the features to the last hidden layer, at least two */
    LogitNetwork(NetworkBuilder net, List<Integer> widths, Initialisation init) {
        graph = net.graph();
        lastWidth = widths.get(widths.size() - 1);
        List<Integer> all = new ArrayList<>(widths);
        all.add(1);
        for (int i = 1; i < all.size(); i++) {
            int in = all.get(i - 1);
            int out = all.get(i);
            String name = i == all.size() - 1 ? "logit" : "hidden-" + i;
            weights.add(net.parameter(name + "/weights", init.weightBound(in, out), in, out));
            biases.add(net.parameter(name + "/bias", init.biasBound(in, out), out));
        }
    }

    /** The network at some rows, {@code [rows, features]}. */
    Applied at(SDVariable x) {
        int depth = weights.size() - 1;
        List<SDVariable> on = new ArrayList<>();
        SDVariable code = x;
        for (int i = 0; i < depth; i++) {
            SDVariable sum = graph.nn().linear(code, weights.get(i), biases.get(i));
            on.add(sum.gt(0.0).castTo(sum.dataType()));
            code = graph.nn().relu(sum, 0);
        }
        SDVariable logit = graph.reshape(graph.nn().linear(code, weights.get(depth), biases.get(depth)), -1);
        SDVariable slope = on.get(depth - 1).mul(graph.reshape(weights.get(depth), 1, lastWidth));
        for (int i = depth - 1; i >= 0; i--) {
            slope = graph.mmul(slope, weights.get(i), false, true, false);
            if (i > 0) {
                slope = slope.mul(on.get(i - 1));
            }
        }
        return new Applied(logit, code, slope);
    }
}
