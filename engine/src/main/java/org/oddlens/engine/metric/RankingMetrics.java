package org.oddlens.engine.metric;

import java.util.Optional;

/** Metrics that depend on the order of the scores only; higher scores are more anomalous. */
public final class RankingMetrics {

    private RankingMetrics() {}

    /**
     * Sorts the scores once for all metrics.
     *
     * @param scores finite, one per row
     * @param labels true = anomaly, one per row
     * @throws ScoreException if the lengths differ or a score is not finite (the message names the row)
     */
    public static RankingMetrics of(double[] scores, boolean[] labels) {
        throw new UnsupportedOperationException("later");
    }

    public int anomalies() {
        throw new UnsupportedOperationException("later");
    }

    public int normals() {
        throw new UnsupportedOperationException("later");
    }

    /** Share of (anomaly, normal) pairs in the right order, ties count one half. */
    public Metric auroc() {
        throw new UnsupportedOperationException("later");
    }

    /** Sum of precision times gain in recall over the distinct scores, no interpolation. */
    public Metric averagePrecision() {
        throw new UnsupportedOperationException("later");
    }

    /** Empty without anomalies. */
    public Optional<BestF1> bestF1() {
        throw new UnsupportedOperationException("later");
    }

    /** Share of anomalies among the n first rows, n = number of anomalies; equal scores by row number. */
    public Metric precisionAtN() {
        throw new UnsupportedOperationException("later");
    }

    /** The same for a given n, at most the number of rows. */
    public Metric precisionAt(int n) {
        throw new UnsupportedOperationException("later");
    }

    /** Empty unless both classes are present. */
    public Optional<RocCurve> roc() {
        throw new UnsupportedOperationException("later");
    }

    /** Empty without anomalies. */
    public Optional<PrecisionRecallCurve> precisionRecall() {
        throw new UnsupportedOperationException("later");
    }
}
