package org.oddlens.engine.compute;

import java.util.List;
import java.util.function.BooleanSupplier;
import org.oddlens.engine.run.RandomStreams;

/**
 * Mini-batch gradient descent on one network: shuffles, feeds, steps, epoch by epoch.
 *
 * <p>The order of the rows follows from the run's seed and the epoch alone.
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
     * What an epoch did.
     *
     * @param terms     mean of each loss term per row trained on
     * @param steps     steps done
     * @param complete  false if it was stopped before its last batch
     * @param divergedIn name of the first term that was not finite, null if all were
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
    }

    /** Trains one epoch at one learning rate. */
    public EpochSums epoch(int epoch, double learningRate) {
        for (int i = 0; i < rowCount; i++) {
            order[i] = i;
        }
        streams.stream("row order", epoch, 0).shuffle(order);
        double[] sums = new double[termMeans.length];
        int trained = 0;
        int steps = 0;
        boolean complete = true;
        String diverged = null;
        for (int from = 0; from + full.rows() <= rowCount || (last != null && from < rowCount); ) {
            if (!mayContinue.getAsBoolean()) {
                complete = false;
                break;
            }
            Batch batch = from + full.rows() <= rowCount ? full : last;
            gather(batch, from);
            diverged = step(batch, learningRate);
            if (diverged != null) {
                complete = false;
                break;
            }
            for (int t = 0; t < sums.length; t++) {
                sums[t] += termMeans[t] * batch.rows();
            }
            from += batch.rows();
            trained += batch.rows();
            steps++;
        }
        for (int t = 0; t < sums.length; t++) {
            sums[t] /= Math.max(1, trained);
        }
        return new EpochSums(sums, steps, complete, diverged);
    }

    private void gather(Batch batch, int from) {
        for (int i = 0; i < batch.rows(); i++) {
            System.arraycopy(rows, order[from + i] * features, batch.features(), i * features, features);
        }
    }

    /** One step; refuses to touch the weights when a loss term or the gradient is not finite. */
    private String step(Batch batch, double learningRate) {
        executor.gradients(batch, gradients, termMeans);
        List<String> terms = executor.network().terms();
        for (int t = 0; t < termMeans.length; t++) {
            if (!Double.isFinite(termMeans[t])) {
                return terms.get(t);
            }
        }
        for (float gradient : gradients) {
            if (!Float.isFinite(gradient)) {
                return "gradient";
            }
        }
        if (settings.gradClip() > 0) {
            Optimiser.clip(gradients, settings.gradClip());
        }
        optimiser.step(executor.parameters(), gradients, learningRate);
        executor.parametersChanged();
        return null;
    }
}
