package org.oddlens.engine.detector;

import java.util.List;
import java.util.Map;
import org.oddlens.engine.compute.Adam;
import org.oddlens.engine.compute.Batch;

/**
 * How a network is trained where that is more than one loss over all rows: phases, players by turns, noise, rows left out,
 * numbers that follow from the weights. Every method has the plain training as its default.
 *
 * <p>Random numbers come from {@link LiveNetwork#streams()} by name, epoch and step, so that a training that goes on from a
 * checkpoint draws what the undisturbed one drew. What a rule must remember beyond the arrays of the network is its
 * {@link #state()}.
 */
public interface TrainingRule {

    /** One loss, all rows, nothing else. */
    TrainingRule PLAIN = new TrainingRule() {};

    /** Once, before the first epoch; may take long, and then asks {@link LiveNetwork#mayContinue()} and returns when told. */
    default void begin(LiveNetwork net) {}

    /** Before each epoch, counted from 1; not again when an epoch cut short goes on. */
    default void beforeEpoch(LiveNetwork net, int epoch) {}

    /** Rows trained on in the coming epoch, ascending; null for all, empty for an epoch without a step. */
    default int[] rows() {
        return null;
    }

    /** Numbers of the objectives that step for each batch of an epoch, in order. */
    default List<Integer> objectives(int epoch) {
        return List.of(0);
    }

    /**
     * Fills the inputs of a batch other than the features, which are in it already.
     *
     * @param objective the objective that is about to step
     * @param step      batches done in the epoch
     */
    default void fill(LiveNetwork net, Batch batch, int objective, int epoch, int step) {}

    /** Rows a batch must have; 2 for statistics of the batch. */
    default int smallestBatch() {
        return 1;
    }

    /** Learning rate of an epoch, from what the schedule says. */
    default double rate(int epoch, double scheduled) {
        return scheduled;
    }

    /** Settings of the optimiser of an objective, from the shared ones. */
    default Adam.Settings adam(int objective, Adam.Settings shared) {
        return shared;
    }

    /**
     * Share of itself that a running mean of the weights keeps with each batch; 0 for none. With a mean the network is
     * looked at and saved with it in place of the weights, {@link #settle} included; no training step sees it. Stays the
     * same through a training.
     */
    default double weightAverage() {
        return 0;
    }

    /** Whether there is nothing left to train, asked after each epoch. */
    default boolean finished() {
        return false;
    }

    /**
     * Brings frozen arrays that follow from the weights up to date, such as a mixture of all training rows. Called before
     * the network is looked at or saved, if it was trained since. No training step may depend on what it sets, or watching a
     * training would change it.
     */
    default void settle(LiveNetwork net) {}

    /** What must be remembered beyond the arrays of the network, by name. */
    default Map<String, double[]> state() {
        return Map.of();
    }

    /** Goes on from a state taken earlier. */
    default void restore(Map<String, double[]> state) {}
}
