package org.oddlens.engine.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;

/** Dense layers whose weights are made once and that may be applied to several inputs: an encoder seen from two sides. */
public final class DenseStack {

    private final NetworkBuilder net;
    private final List<SDVariable> weights = new ArrayList<>();
    private final List<SDVariable> biases = new ArrayList<>();

    /**
     * @param name   layers are called {@code name-1}, {@code name-2}, …
     * @param widths from input to output, at least two
     * @param bias   whether a layer adds a bias
     */
    public DenseStack(NetworkBuilder net, String name, List<Integer> widths, Initialisation init, boolean bias) {
        this.net = net;
        for (int i = 1; i < widths.size(); i++) {
            int in = widths.get(i - 1);
            int out = widths.get(i);
            weights.add(net.parameter(name + "-" + i + "/weights", init.weightBound(in, out), in, out));
            if (bias) {
                biases.add(net.parameter(name + "-" + i + "/bias", init.biasBound(in, out), out));
            }
        }
    }

    /** Number of layers. */
    public int layers() {
        return weights.size();
    }

    /**
     * One layer without an activation.
     *
     * @param layer counted from 0
     * @param in    {@code [rows, width]}
     */
    public SDVariable linear(int layer, SDVariable in) {
        return biases.isEmpty()
                ? in.mmul(weights.get(layer))
                : net.graph().nn().linear(in, weights.get(layer), biases.get(layer));
    }

    /**
     * The last layer is linear, the others have the activation.
     *
     * @param in {@code [rows, first width]}
     * @return {@code [rows, last width]}
     */
    public SDVariable apply(SDVariable in, UnaryOperator<SDVariable> hidden) {
        SDVariable out = in;
        for (int i = 0; i < weights.size(); i++) {
            out = linear(i, out);
            out = i == weights.size() - 1 ? out : hidden.apply(out);
        }
        return out;
    }
}
