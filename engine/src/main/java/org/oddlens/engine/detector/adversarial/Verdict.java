package org.oddlens.engine.detector.adversarial;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What a discriminator says of a true pair and a fake one, as losses per row. The target is 0 for a true pair and 1 for a
 * fake one.
 *
 * <pre>
 * discriminator = BCE(o_true, 0) + BCE(o_fake, 1)
 * generator     = BCE(o_fake, 0) + BCE(o_true, 1),   BCE(o, 0) = ln(1 + exp(o)),   BCE(o, 1) = BCE(o, 0) − o
 * </pre>
 *
 * @param truth logits of the true pairs, {@code [rows]}
 * @param fake  logits of the fake ones, {@code [rows]}
 */
record Verdict(SDVariable truth, SDVariable fake) {

    /** {@code [rows]}, what the discriminator minimises. */
    SDVariable discriminatorLoss() {
        return softplus(truth).add(softplus(fake).sub(fake));
    }

    /** {@code [rows]}, what generator and encoder minimise. */
    SDVariable generatorLoss() {
        return softplus(fake).add(softplus(truth).sub(truth));
    }

    /** {@code ln(1 + exp(o)) = max(o, 0) + ln(1 + exp(−|o|))}, which never overflows. */
    private static SDVariable softplus(SDVariable logit) {
        SDVariable positive = logit.getSameDiff().nn().relu(logit, 0);
        SDVariable minusSize = logit.sub(positive.mul(2));
        return positive.add(logit.getSameDiff()
                .math()
                .log(logit.getSameDiff().math().exp(minusSize).add(1)));
    }
}
