package org.oddlens.app.chart;

import java.util.Arrays;

/**
 * Maps anomaly scores to places 0..1 of a colour map, clipped at the 1st and 99th percentile of the finite scores.
 *
 * @param low  score shown as place 0
 * @param high score shown as place 1
 */
record ScoreScale(double low, double high) {

    /** Percentiles are taken from at most this many evenly spaced scores: sorting a million would cost a frame. */
    private static final int SAMPLE = 20_000;

    static ScoreScale of(double[] scores) {
        int stride = Math.max(1, scores.length / SAMPLE);
        double[] sample = new double[scores.length / stride + 1];
        int n = 0;
        for (int i = 0; i < scores.length; i += stride) {
            if (Double.isFinite(scores[i])) {
                sample[n++] = scores[i];
            }
        }
        if (n == 0) {
            return new ScoreScale(0, 1);
        }
        Arrays.sort(sample, 0, n);
        return new ScoreScale(sample[(int) Math.round(0.01 * (n - 1))], sample[(int) Math.round(0.99 * (n - 1))]);
    }

    /** Place of a score; 0.5 for all where the scale has no width, and for a score that is not a number. */
    double place(double score) {
        if (!(high > low) || Double.isNaN(score)) {
            return 0.5;
        }
        return Math.max(0, Math.min(1, (score - low) / (high - low)));
    }
}
