package org.oddlens.engine.compute;

import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.oddlens.engine.run.RandomStreams;

/**
 * Mini-batch gradient descent on one network: shuffles, feeds, steps, epoch by epoch.
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
     * @param gradClip  largest norm of the gradient, 0 for no limit
     */
    public record Settings(int batchSize, boolean dropLast, double gradClip) {}

    /**
     * Where an epoch stands between two batches.
     *
     * @param epoch   the epoch under way, 0 between two epochs
     * @param nextRow place in the epoch's order where the next batch begins
     * @param steps   steps done in it
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
     * @param terms     mean of each loss term per row trained on
     * @param steps     steps done
     * @param complete  false if it was stopped before its last batch
     * @param divergedIn name of the first term that was not finite, or what was too large; null if all is well
     */
    public record EpochSums(double[] terms, int steps, boolean complete, String divergedIn) {}

    private final GraphExecutor executor;
    private final Optimiser optimiser;
    private final Settings settings;
    private final float[] rows;
    private final int rowCount;
    private final int features;
    private final RandomStreams streams;
    private final BooleanSupplier mayContinue;
    private final float[] gradients;
    private final double[] termMeans;
    private final int[] order;
    private final Batch full;
    private final Batch last;
    private final float largestGradient;
    private final double[] sums;
    private int current;
    private int nextRow;
    private int steps;

    /**
     * @param rows        training rows, {@code [rowCount, features]} row-major
     * @param mayContinue asked before every batch; may hold the thread, says no to stop
     */
    public MinibatchTraining(
            GraphExecutor executor,
            Optimiser optimiser,
            Settings settings,
            float[] rows,
            int features,
            RandomStreams streams,
            BooleanSupplier mayContinue) {
        this.executor = executor;
        this.optimiser = optimiser;
        this.settings = settings;
        this.rows = rows;
        this.features = features;
        this.rowCount = rows.length / features;
        this.streams = streams;
        this.mayContinue = mayContinue;
        this.gradients = new float[executor.layout().length()];
        this.termMeans = new double[executor.network().terms().size()];
        this.order = new int[rowCount];
        int size = Math.min(settings.batchSize(), rowCount);
        this.full = executor.batch(size);
        int rest = rowCount % size;
        this.last = rest == 0 || settings.dropLast() ? null : executor.batch(rest);
        // Clipped gradients are small, whatever they were before.
        this.largestGradient = settings.gradClip() > 0 ? Float.MAX_VALUE : optimiser.largestGradient();
        this.sums = new double[termMeans.length];
    }

    /** The optimiser, whose state belongs to that of the training. */
    public Optimiser optimiser() {
        return optimiser;
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

    /** Trains one epoch, or what is left of it, at one learning rate. */
    public EpochSums epoch(int epoch, double learningRate) {
        if (current != epoch) {
            restore(new Progress(epoch, 0, 0, new double[sums.length]));
        }
        for (int i = 0; i < rowCount; i++) {
            order[i] = i;
        }
        streams.stream("row order", epoch, 0).shuffle(order);
        boolean complete = true;
        String diverged = null;
        while (complete && (nextRow + full.rows() <= rowCount || (last != null && nextRow < rowCount))) {
            complete = mayContinue.getAsBoolean();
            if (complete) {
                Batch batch = nextRow + full.rows() <= rowCount ? full : last;
                diverged = step(batch, learningRate);
                complete = diverged == null;
            }
        }
        double[] means = new double[sums.length];
        for (int t = 0; t < sums.length; t++) {
            means[t] = sums[t] / Math.max(1, nextRow);
        }
        if (complete) {
            current = 0;
        }
        return new EpochSums(means, steps, complete, diverged);
    }

    private void gather(Batch batch) {
        for (int i = 0; i < batch.rows(); i++) {
            System.arraycopy(rows, order[nextRow + i] * features, batch.features(), i * features, features);
        }
    }

    /** One step; refuses to touch the weights when a loss term or the gradient is not finite. */
    private String step(Batch batch, double learningRate) {
        gather(batch);
        executor.gradients(batch, gradients, termMeans);
        String diverged = divergence();
        if (diverged != null) {
            return diverged;
        }
        if (settings.gradClip() > 0) {
            Optimiser.clip(gradients, settings.gradClip());
        }
        optimiser.step(executor.parameters(), gradients, learningRate);
        executor.parametersChanged();
        for (int t = 0; t < sums.length; t++) {
            sums[t] += termMeans[t] * batch.rows();
        }
        nextRow += batch.rows();
        steps++;
        return null;
    }

    private String divergence() {
        List<String> terms = executor.network().terms();
        for (int t = 0; t < termMeans.length; t++) {
            if (!Double.isFinite(termMeans[t])) {
                return terms.get(t);
            }
        }
        for (float gradient : gradients) {
            if (!(Math.abs(gradient) <= largestGradient)) { // also not a number
                return Float.isFinite(gradient)
                        ? String.format(Locale.ROOT, "gradient of %.1e, above %.1e", gradient, largestGradient)
                        : "gradient";
            }
        }
        return null;
    }
}
