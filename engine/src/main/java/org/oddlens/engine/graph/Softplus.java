package org.oddlens.engine.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * {@code ln(1 + exp(a))} of each number, and the cross entropies of a logit that are made of it.
 *
 * <p>Computed as {@code max(a, 0) + ln(1 + exp(−|a|))}, with {@code |a| = 2·max(a, 0) − a}: ND4J's own softplus is
 * {@code ln(1 + exp(a))} as it stands, which in single precision is infinite from a = 89 on.
 */
public final class Softplus {

    private final SameDiff graph;

    public Softplus(SameDiff graph) {
        this.graph = graph;
    }

    /** Of each number of an array of any shape. */
    public SDVariable of(SDVariable a) {
        SDVariable positive = graph.nn().relu(a, 0);
        SDVariable minusSize = a.sub(positive.mul(2.0));
        return positive.add(graph.math().log(graph.math().exp(minusSize).add(1.0)));
    }

    /** Cross entropy of a logit against the target 0. */
    public SDVariable againstZero(SDVariable logit) {
        return of(logit);
    }

    /** Cross entropy of a logit against the target 1. */
    public SDVariable againstOne(SDVariable logit) {
        return of(logit.neg());
    }
}
