package org.oddlens.engine.detector.oneclass;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.detector.LiveNetwork;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.run.CounterRandom;

/**
 * How DROCC is trained: on normal rows alone in a warm-up, then also on the points that {@link ShellSearch} finds around the
 * rows of each batch; after the warm-up the learning rate falls in steps.
 */
final class ShellRule implements TrainingRule {

    /** Input that takes the adversarial points, {@code [rows, features]}. */
    static final String ADVERSARIAL = "adversarial";

    /** Input that says whether they count, {@code [rows, 1]}: 0 in the warm-up, 1 after it. */
    static final String COUNTS = "counts";

    /** Array of the codes of adversarial points that are shown. */
    static final String SHOWN = "adversarial-points";

    static final String SLOPE = "slope";
    static final String CODE = "code";
    static final int SHOWN_POINTS = 128;

    /**
     * @param epochs  epochs in all
     * @param warmUp  epochs without adversarial points
     * @param falling whether the learning rate falls after the warm-up
     */
    record Settings(ShellSearch.Settings search, int epochs, int warmUp, boolean falling) {}

    private final Settings settings;
    private final Map<Integer, Batch> batches = new HashMap<>();

    ShellRule(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void fill(LiveNetwork net, Batch batch, int objective, int epoch, int step) {
        boolean counts = epoch > settings.warmUp();
        Arrays.fill(batch.input(COUNTS), counts ? 1 : 0);
        float[] points = batch.input(ADVERSARIAL);
        if (counts) {
            search(net, batch.features(), points, net.streams().stream(ADVERSARIAL, epoch, step));
        } else {
            System.arraycopy(batch.features(), 0, points, 0, points.length);
        }
    }

    /** Searches from the rows plus normal noise. */
    private void search(LiveNetwork net, float[] rows, float[] points, CounterRandom random) {
        double[] clean = new double[rows.length];
        double[] moved = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            clean[i] = rows[i];
            moved[i] = rows[i] + random.nextGaussian();
        }
        int count = rows.length / net.features();
        Batch batch = batches.computeIfAbsent(Math.max(2, count), net::batch); // a plan needs two rows
        float[] at = batch.features();
        float[][] out = {new float[at.length]};
        new ShellSearch(settings.search(), net.features(), random).run(clean, moved, (from, slopes) -> {
            for (int i = 0; i < from.length; i++) {
                at[i] = (float) from[i];
            }
            net.forward(batch, List.of(SLOPE), out);
            for (int i = 0; i < slopes.length; i++) {
                slopes[i] = out[0][i];
            }
        });
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) moved[i];
        }
    }

    /** Steps down to 1/1000 over the epochs after the warm-up, as in the authors' program. */
    @Override
    public double rate(int epoch, double scheduled) {
        return settings.falling() ? scheduled * factor(epoch, settings.epochs(), settings.warmUp()) : scheduled;
    }

    /** Factor of the learning rate in an epoch counted from 1. */
    static double factor(int epoch, int epochs, int warmUp) {
        int after = epoch - 1 - warmUp;
        int all = epochs - warmUp;
        if (after <= 0.3 * all) {
            return 1;
        }
        if (after <= 0.6 * all) {
            return 0.1;
        }
        return after <= 0.9 * all ? 0.01 : 0.001;
    }

    /** What the search finds now around the first training rows, for the window; no step depends on it. */
    @Override
    public void settle(LiveNetwork net) {
        float[] rows = new float[SHOWN_POINTS * net.features()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = net.rows()[i % net.rows().length];
        }
        float[] points = new float[rows.length];
        search(net, rows, points, net.streams().stream(SHOWN));
        net.set(SHOWN, net.outputs(points, List.of(CODE)).get(CODE));
    }
}
