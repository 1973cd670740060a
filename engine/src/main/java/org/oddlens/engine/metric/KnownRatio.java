package org.oddlens.engine.metric;

/**
 * The threshold that papers use when the share of anomalies is taken as known. Uses labels.
 *
 * <p>It is the percentile of the scores at level ceil(100 (1 - P / n)), evaluated in double precision in exactly this
 * form, as in the program of ireydiak/anomaly_detection_NRCAN; the ceiling makes rounding visible (57 instead of 56 at
 * P / n = 0.44).
 */
public final class KnownRatio {

    private KnownRatio() {}

    /**
     * The threshold.
     *
     * @param scores finite, at least one
     * @param labels true = anomaly, one per score
     */
    public static double threshold(double[] scores, boolean[] labels) {
        ScoreOrder.check(scores, labels);
        int anomalies = 0;
        for (boolean label : labels) {
            anomalies += label ? 1 : 0;
        }
        return Percentile.of(scores, Math.ceil((1 - (double) anomalies / scores.length) * 100));
    }
}
