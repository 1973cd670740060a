package org.oddlens.engine.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.run.RandomStreams;

/**
 * Mini-batch gradient descent on one network: shuffles, feeds, steps, epoch by epoch. For every batch the objectives of the
 * epoch take their turns, each with the optimiser of its own.
 *
 * <p>The order of the rows follows from the run's seed and the epoch alone, so the place inside an epoch is three numbers and
 * the sums so far: {@link #progress()}. An epoch that was cut short goes on there when it is asked for again.
 */
public final class MinibatchTraining {

    /**
     * Settings of the loop.
     *
     * @param batchSize rows per step, at most the rows there are
     * @param dropLast  whether a short last batch is left out
     * @param smallest  rows a short last batch must have to be used; 2 for a network with statistics of the batch
     * @param gradClip  largest norm of the gradient, 0 for no limit
     */
    public record Settings(int batchSize, boolean dropLast, int smallest, double gradClip) {}

    /** Hears of the turns that are taken for a batch. */
    public interface Turns {

        /**
         * Fills the inputs of a batch other than the features, which are in it already.
         *
         * @param objective the objective that is about to step
         * @param step      batches done in this epoch
         */
        void fill(Batch batch, int objective, int epoch, int step);

        /** All objectives have stepped for a batch. */
        default void taken() {}
    }

    /**
     * What an epoch is to do.
     *
     * @param number       counted from 1
     * @param learningRate for all its steps
     * @param rows         rows trained on, null for all
     * @param objectives   objectives that step for each batch, in order
     */
    public record Epoch(int number, double learningRate, int[] rows, List<Integer> objectives) {

        /** All rows, the first objective. */
        public static Epoch plain(int number, double learningRate) {
            return new Epoch(number, learningRate, null, List.of(0));
        }
    }

    /**
     * Where an epoch stands between two batches.
     *
     * @param epoch   the epoch under way, 0 between two epochs
     * @param nextRow place in the epoch's order where the next batch begins
     * @param steps   batches done in it
     * @param sums    sum of each loss term over the rows trained on
     */
    public record Progress(int epoch, int nextRow, int steps, double[] sums) {

        /** Between two epochs. */
        public static Progress none(int terms) {
            return new Progress(0, 0, 0, new double[terms]);
        }
    }

    /**
     * What an epoch did.
     *
     * @param terms     mean of each loss term per row trained on, NaN for terms of objectives that took no turn
     * @param steps     batches done
     * @param complete  false if it was stopped before its last batch
     * @param divergedIn name of the first term that was not finite, or what was too large; null if all is well
     */
    public record EpochSums(double[] terms, int steps, boolean complete, String divergedIn) {}

    private final GraphExecutor executor;
    private final List<Player> players;
    private final Settings settings;
    private final Turns turns;
    private final float[] rows;
    private final int rowCount;
    private final int features;
    private final RandomStreams streams;
    private final BooleanSupplier mayContinue;
    private final float[] gradients;
    private final Map<Integer, Batch> batches = new HashMap<>();
    private final double[] sums;
    private int current;
    private int nextRow;
    private int steps;

    /**
     * @param optimisers  one for each objective of the network, in its order, moving what {@link ParameterGroups#of} says
     * @param rows        training rows, {@code [rowCount, features]} row-major
     * @param mayContinue asked before every batch; may hold the thread, says no to stop
     */
    public MinibatchTraining(
            GraphExecutor executor,
            List<Optimiser> optimisers,
            Settings settings,
            Turns turns,
            float[] rows,
            int features,
            RandomStreams streams,
            BooleanSupplier mayContinue) {
        this.executor = executor;
        this.players = new ArrayList<>();
        for (int i = 0; i < optimisers.size(); i++) {
            Network network = executor.network();
            ParameterGroups groups =
                    ParameterGroups.of(network.layout(), network.objectives().get(i));
            players.add(new Player(network, i, optimisers.get(i), groups));
        }
        this.settings = settings;
        this.turns = turns;
        this.rows = rows;
        this.features = features;
        this.rowCount = rows.length / features;
        this.streams = streams;
        this.mayContinue = mayContinue;
        this.gradients = new float[executor.layout().length()];
        this.sums = new double[executor.network().terms().size()];
    }

    /** The optimisers, whose state belongs to that of the training. */
    public List<Optimiser> optimisers() {
        return players.stream().map(Player::optimiser).toList();
    }

    /** The place of the training now; consistent between two batches only. */
    public Progress progress() {
        return new Progress(current, nextRow, steps, sums.clone());
    }

    /** Goes to a place taken earlier; the next {@link #epoch} of its number continues there. */
    public void restore(Progress progress) {
        if (progress.sums().length != sums.length) {
            throw new IllegalArgumentException(
                    "the place has " + progress.sums().length + " loss terms, the network " + sums.length);
        }
        current = progress.epoch();
        nextRow = progress.nextRow();
        steps = progress.steps();
        System.arraycopy(progress.sums(), 0, sums, 0, sums.length);
    }

    /** Trains one epoch, or what is left of it. */
    public EpochSums epoch(Epoch epoch) {
        if (current != epoch.number()) {
            restore(new Progress(epoch.number(), 0, 0, new double[sums.length]));
        }
        int[] order = order(epoch);
        int size = Math.min(settings.batchSize(), Math.max(1, order.length));
        boolean complete = true;
        String diverged = null;
        while (complete && rowsOfNextBatch(order.length, size) > 0) {
            complete = mayContinue.getAsBoolean();
            if (complete) {
                diverged = batch(order, rowsOfNextBatch(order.length, size), epoch);
                complete = diverged == null;
            }
        }
        EpochSums done = new EpochSums(means(epoch), steps, complete, diverged);
        if (complete) {
            current = 0;
        }
        return done;
    }

    private int[] order(Epoch epoch) {
        int[] order = epoch.rows() == null ? new int[rowCount] : epoch.rows().clone();
        if (epoch.rows() == null) {
            Arrays.setAll(order, i -> i);
        }
        streams.stream("row order", epoch.number(), 0).shuffle(order);
        return order;
    }

    private int rowsOfNextBatch(int available, int size) {
        int left = available - nextRow;
        if (left >= size) {
            return size;
        }
        return settings.dropLast() || left < settings.smallest() ? 0 : left;
    }

    private double[] means(Epoch epoch) {
        boolean[] stepped = new boolean[sums.length];
        epoch.objectives().forEach(objective -> players.get(objective).markTerms(stepped));
        double[] means = new double[sums.length];
        for (int t = 0; t < sums.length; t++) {
            means[t] = stepped[t] && nextRow > 0 ? sums[t] / nextRow : Double.NaN;
        }
        return means;
    }

    private String batch(int[] order, int size, Epoch epoch) {
        Batch batch = batches.computeIfAbsent(size, executor::batch);
        for (int i = 0; i < size; i++) {
            System.arraycopy(rows, order[nextRow + i] * features, batch.features(), i * features, features);
        }
        for (int objective : epoch.objectives()) {
            turns.fill(batch, objective, epoch.number(), steps);
            String diverged = step(players.get(objective), batch, epoch.learningRate());
            if (diverged != null) {
                return diverged;
            }
        }
        turns.taken();
        nextRow += size;
        steps++;
        return null;
    }

    /** One step; refuses to touch the weights when a loss term or the gradient is not finite. */
    private String step(Player player, Batch batch, double learningRate) {
        player.gradients(executor, batch, gradients);
        String diverged = player.termNotFinite();
        diverged = diverged == null ? divergence(player.optimiser()) : diverged;
        if (diverged != null) {
            return diverged;
        }
        if (settings.gradClip() > 0) {
            player.clip(gradients, settings.gradClip());
        }
        player.optimiser().step(executor.parameters(), gradients, learningRate);
        executor.parametersChanged();
        player.addTerms(sums, batch.rows());
        return null;
    }

    private String divergence(Optimiser optimiser) {
        // Clipped gradients are small, whatever they were before.
        float largest = settings.gradClip() > 0 ? Float.MAX_VALUE : optimiser.largestGradient();
        for (float gradient : gradients) {
            if (!(Math.abs(gradient) <= largest)) { // also not a number
                return Float.isFinite(gradient)
                        ? String.format(Locale.ROOT, "gradient of %.1e, above %.1e", gradient, largest)
                        : "gradient";
            }
        }
        return null;
    }
}
