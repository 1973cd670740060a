package org.oddlens.engine.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * How far a rebuilt row is from the row, in two numbers that do not depend on the row's length.
 *
 * <pre>
 * relative distance = √(Σ(x − x̂)² + 1e-12) / √(Σx² + 1e-16), at most 1000
 * cosine            = Σ x·x̂ / (√(Σx² + 1e-16) · √(Σx̂² + 1e-12))
 * </pre>
 *
 * <p>The guards keep value and gradient finite at a row of zeros, which min-max scaling makes; such a row would otherwise
 * be infinitely far from whatever is rebuilt of it. Source: Zong et al., "Deep Autoencoding Gaussian Mixture Model",
 * ICLR 2018, which has neither guard nor bound.
 */
public final class ReconstructionFeatures {

    private static final double LARGEST = 1e3;
    private static final double GUARD = 1e-12;
    private static final double LENGTH_GUARD = 1e-16;

    private final SameDiff graph;
    private final SDVariable x;
    private final SDVariable rebuilt;
    private final SDVariable length;

    /**
     * @param x       rows {@code [rows, features]}
     * @param rebuilt the rows as they were rebuilt, likewise
     */
    public ReconstructionFeatures(SameDiff graph, SDVariable x, SDVariable rebuilt) {
        this.graph = graph;
        this.x = x;
        this.rebuilt = rebuilt;
        this.length = root(x.mul(x), LENGTH_GUARD);
    }

    /** {@code [rows, 1]} in (0, 1000]. */
    public SDVariable relativeDistance() {
        SDVariable distance = root(graph.math().squaredDifference(x, rebuilt), GUARD);
        // The bound is set by lengthening the divisor: 1000 − relu(1000 − a) would round a to 6e-5.
        SDVariable missing = graph.nn().relu(distance.div(LARGEST).sub(length), 0);
        return distance.div(length.add(missing));
    }

    /** {@code [rows, 1]} in [−1, 1]. */
    public SDVariable cosine() {
        return x.mul(rebuilt).sum(true, 1).div(length.mul(root(rebuilt.mul(rebuilt), GUARD)));
    }

    private SDVariable root(SDVariable squares, double guard) {
        return graph.math().sqrt(squares.sum(true, 1).add(guard));
    }
}
