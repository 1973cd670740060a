package org.oddlens.engine.threshold;

/** Computes decision thresholds. A row is called an anomaly when its score is at or above the threshold. */
public final class Threshold {

    private Threshold() {}

    /**
     * The threshold.
     *
     * @param reference finite scores, at least one
     * @param labels    true = anomaly, one per reference score; may be null unless the method uses labels
     * @throws ThresholdException if labels are needed and missing, or a score is not finite
     */
    public static double of(ThresholdSpec spec, double[] reference, boolean[] labels) {
        throw new UnsupportedOperationException("later");
    }
}
