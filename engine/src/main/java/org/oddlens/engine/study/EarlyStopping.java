package org.oddlens.engine.study;

import java.util.Map;
import org.oddlens.engine.run.Tensor;

/** Watches the validation loss, and with it no label; remembers the best epoch. */
final class EarlyStopping {

    /**
     * What has been seen so far.
     *
     * @param best    smallest validation loss, infinite before the first
     * @param epoch   its epoch, 0 before the first
     * @param weights its weights, empty before the first
     */
    record Seen(double best, int epoch, Map<String, Tensor> weights) {

        static final Seen NOTHING = new Seen(Double.POSITIVE_INFINITY, 0, Map.of());
    }

    private final int patience;
    private Seen seen = Seen.NOTHING;

    /** @param patience epochs to wait for a better loss, 0 to wait for ever */
    EarlyStopping(int patience) {
        this.patience = patience;
    }

    /** Takes the loss after an epoch; says whether to stop. */
    boolean exhausted(int epoch, double validation, Map<String, Tensor> weights) {
        if (patience == 0) {
            return false;
        }
        if (validation < seen.best) {
            seen = new Seen(validation, epoch, weights);
        }
        return epoch - seen.epoch >= patience;
    }

    int bestEpoch() {
        return seen.epoch;
    }

    Map<String, Tensor> bestWeights() {
        return seen.weights;
    }

    Seen seen() {
        return seen;
    }

    /** Goes on with what was seen before. */
    void restore(Seen before) {
        seen = before;
    }
}
