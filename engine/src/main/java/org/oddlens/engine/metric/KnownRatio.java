package org.oddlens.engine.metric;

import java.util.Arrays;

/** Thresholds of papers that take the share of anomalies as known. They use labels. */
public final class KnownRatio {

    private KnownRatio() {}

    /**
     * The score of rank n, n the number of anomalies: as many rows are flagged as there are anomalies, more only where
     * scores equal it. Without ties F1 there is precision at n. Without an anomaly no score reaches it.
     *
     * @param scores finite, at least one
     * @param labels true = anomaly, one per score
     */
    public static double threshold(double[] scores, boolean[] labels) {
        int anomalies = anomalies(scores, labels);
        double[] ascending = scores.clone();
        Arrays.sort(ascending);
        return anomalies == 0 ? Math.nextUp(ascending[ascending.length - 1]) : ascending[ascending.length - anomalies];
    }

    /**
     * The percentile of the scores at level ceil(100 (1 - n / rows)), evaluated in double precision in exactly this form, as
     * in the program of ireydiak/anomaly_detection_NRCAN. Rounded up to whole percents it flags too few rows, 19 % of KDD's
     * 19.7; the ceiling also makes rounding visible (57 instead of 56 at n / rows = 0.44).
     *
     * @param scores finite, at least one
     * @param labels true = anomaly, one per score
     */
    public static double wholePercent(double[] scores, boolean[] labels) {
        int anomalies = anomalies(scores, labels);
        return Percentile.of(scores, Math.ceil((1 - (double) anomalies / scores.length) * 100));
    }

    private static int anomalies(double[] scores, boolean[] labels) {
        ScoreOrder.check(scores, labels);
        int anomalies = 0;
        for (boolean label : labels) {
            anomalies += label ? 1 : 0;
        }
        return anomalies;
    }
}
