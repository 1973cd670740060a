package org.oddlens.engine;

import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/** Planted data: normal rows close to a curve in eight dimensions, anomalies well off it. */
public final class ToyData {

    public static final int FEATURES = 8;

    private ToyData() {}

    /** Rows along the curve, then rows off it, {@code [normal + anomalous, 8]} row-major, unscaled. */
    public static float[] rows(int normal, int anomalous, long seed) {
        CounterRandom random = new RandomStreams(seed).stream("toy data");
        float[] rows = new float[(normal + anomalous) * FEATURES];
        for (int i = 0; i < normal + anomalous; i++) {
            double t = 4 * random.nextDouble() - 2;
            for (int j = 0; j < FEATURES; j++) {
                double onCurve = Math.sin(t + 0.7 * j) + 0.5 * t * Math.cos(j) + 0.03 * random.nextGaussian();
                double offCurve = 1.5 * (random.nextDouble() < 0.5 ? -1 : 1) * (0.5 + random.nextDouble());
                rows[i * FEATURES + j] = (float) (i < normal ? onCurve : onCurve + offCurve);
            }
        }
        return rows;
    }

    /** Labels of {@link #rows}. */
    public static boolean[] labels(int normal, int anomalous) {
        boolean[] labels = new boolean[normal + anomalous];
        java.util.Arrays.fill(labels, normal, normal + anomalous, true);
        return labels;
    }
}
