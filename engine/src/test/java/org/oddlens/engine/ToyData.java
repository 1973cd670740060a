package org.oddlens.engine;

import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/** Planted data: normal rows close to a curve in eight dimensions, anomalies well off it. */
public final class ToyData {

    public static final int FEATURES = 8;

    private ToyData() {}

    /**
     * Rows along the curve and, spread evenly among them so that a label in the wrong place is noticed, rows off it:
     * {@code [normal + anomalous, 8]} row-major, unscaled.
     */
    public static float[] rows(int normal, int anomalous, long seed) {
        CounterRandom random = new RandomStreams(seed).stream("toy data");
        float[] rows = new float[(normal + anomalous) * FEATURES];
        int[] places = places(normal, anomalous);
        for (int i = 0; i < normal + anomalous; i++) {
            double t = 4 * random.nextDouble() - 2;
            for (int j = 0; j < FEATURES; j++) {
                double onCurve = Math.sin(t + 0.7 * j) + 0.5 * t * Math.cos(j) + 0.03 * random.nextGaussian();
                double offCurve = 1.5 * (random.nextDouble() < 0.5 ? -1 : 1) * (0.5 + random.nextDouble());
                rows[places[i] * FEATURES + j] = (float) (i < normal ? onCurve : onCurve + offCurve);
            }
        }
        return rows;
    }

    /** Labels of {@link #rows}. */
    public static boolean[] labels(int normal, int anomalous) {
        boolean[] labels = new boolean[normal + anomalous];
        for (int anomaly = 0; anomaly < anomalous; anomaly++) {
            labels[place(anomaly, normal, anomalous)] = true;
        }
        return labels;
    }

    /** Where the normal rows stand, then where the anomalies do. */
    private static int[] places(int normal, int anomalous) {
        boolean[] odd = labels(normal, anomalous);
        int[] places = new int[odd.length];
        int nextNormal = 0;
        int nextAnomaly = normal;
        for (int row = 0; row < odd.length; row++) {
            places[odd[row] ? nextAnomaly++ : nextNormal++] = row;
        }
        return places;
    }

    private static int place(int anomaly, int normal, int anomalous) {
        return (int) ((2L * anomaly + 1) * (normal + anomalous) / (2L * anomalous));
    }
}
