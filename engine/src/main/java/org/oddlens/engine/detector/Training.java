package org.oddlens.engine.detector;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.Tensor;

/**
 * A training under way, one epoch at a time; who drives it decides about stopping, recording and going on. One thread.
 */
public interface Training extends AutoCloseable {

    /**
     * What an epoch did.
     *
     * @param terms        mean of each loss term per training row; without terms that this epoch did not train
     * @param validation   loss per validation row, NaN without any
     * @param learningRate rate used
     * @param steps        steps done
     * @param complete     false if it ended early: stopped, or diverged
     * @param divergedIn   the loss term that was not finite, null if all were
     */
    record EpochResult(
            Map<String, Double> terms,
            double validation,
            double learningRate,
            int steps,
            boolean complete,
            String divergedIn) {}

    /** Epochs planned; 1 for a detector that is solved in one go. */
    int epochs();

    /** Loss terms in their order. */
    List<String> terms();

    /** Network and parameter count. */
    NetworkShape shape();

    /** Trains one epoch, counted from 1. A diverged epoch leaves the weights of the last finite step. */
    EpochResult epoch(int number);

    /** A view on the detector as it is now; valid until {@link #close()} or {@link #change}, follows further epochs. */
    FittedDetector detector();

    /** Whether the detector has found an end of its own before its last epoch. */
    default boolean finished() {
        return false;
    }

    /** Whether scores of these rows {@code [n, features]} are finite as the weights stand, after an epoch. */
    default boolean scoresAreFinite(float[] rows) {
        return Arrays.stream(detector().score(rows)).allMatch(Double::isFinite);
    }

    /**
     * A copy of the weights, for going back to the best epoch. What follows from them may be out of date in it; the weights
     * of {@link #detector()} are never.
     */
    Map<String, Tensor> weights();

    /** Goes back to weights copied earlier. */
    void restore(Map<String, Tensor> weights);

    /**
     * Everything that decides how training goes on from here, copied; to be asked between two batches or two epochs. Empty
     * for a detector that is solved in one go, which starts again instead of going on.
     */
    default Optional<TrainingState> state() {
        return Optional.empty();
    }

    /**
     * Goes on from a state of the same detector, data and values, to the same bits as the training it was taken from.
     *
     * @throws IllegalArgumentException if the state belongs to something else
     */
    default void restore(TrainingState state) {
        throw new UnsupportedOperationException("this training has no state to go on from");
    }

    /**
     * Takes other values of live hyperparameters, between two epochs. What {@link #detector()} gave before is no longer
     * valid.
     *
     * @throws org.oddlens.engine.param.InvalidValuesException if they do not fit the data; nothing has changed then
     */
    default void change(Values values) {
        throw new UnsupportedOperationException("this training has nothing that changes live");
    }

    @Override
    void close();
}
