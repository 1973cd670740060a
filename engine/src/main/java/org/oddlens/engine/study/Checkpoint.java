package org.oddlens.engine.study;

import java.util.Map;
import org.oddlens.engine.detector.TrainingState;
import org.oddlens.engine.run.Tensor;

/**
 * A run between two batches, whole enough to go on to the same bits. Random streams need no place in it, because each
 * draw follows from seed, name, epoch and step.
 *
 * @param epoch    epochs done
 * @param steps    steps of the run done, those of an epoch under way included
 * @param training state of the training
 * @param lastGood weights after the last whole epoch, to which a divergence goes back
 * @param patience what early stopping has seen
 * @param first    loss of the first epoch, NaN before its end
 * @param last     loss of the last whole epoch, NaN before the first
 * @param seconds  training time so far
 */
record Checkpoint(
        int epoch,
        long steps,
        TrainingState training,
        Map<String, Tensor> lastGood,
        EarlyStopping.Seen patience,
        double first,
        double last,
        double seconds) {

    /** The epoch in which training goes on. */
    int goesOnIn() {
        return epoch + 1;
    }
}
