package org.oddlens.engine.study;

import java.util.Map;
import org.oddlens.engine.run.Tensor;

/** Watches the validation loss, and with it no label; remembers the best epoch. */
final class EarlyStopping {

    private final int patience;
    private double best = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private Map<String, Tensor> bestWeights;

    /** @param patience epochs to wait for a better loss, 0 to wait for ever */
    EarlyStopping(int patience) {
        this.patience = patience;
    }

    /** Takes the loss after an epoch; says whether to stop. */
    boolean exhausted(int epoch, double validation, Map<String, Tensor> weights) {
        if (patience == 0) {
            return false;
        }
        if (validation < best) {
            best = validation;
            bestEpoch = epoch;
            bestWeights = weights;
        }
        return epoch - bestEpoch >= patience;
    }

    int bestEpoch() {
        return bestEpoch;
    }

    Map<String, Tensor> bestWeights() {
        return bestWeights;
    }
}
