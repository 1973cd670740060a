package org.oddlens.engine.metric;

import java.util.Arrays;
import java.util.Optional;

/**
 * Metrics that depend on the order of the scores only; higher scores are more anomalous.
 *
 * <p>Let P, N be the numbers of anomalies and normal rows, t_1 &gt; t_2 &gt; ... the distinct scores, and tp_k, fp_k the
 * anomalies and normal rows with a score of at least t_k. Rows with equal scores enter together everywhere but in
 * precision at n, where the row number decides.
 */
public final class RankingMetrics {

    private static final String NO_ANOMALY = "None of the rows is labelled an anomaly.";
    private static final String NO_NORMAL = "All rows are labelled anomalies.";

    private final boolean[] labels;
    private final int[] order;
    private final double[] thresholds;
    private final int[] tp;
    private final int[] fp;
    private final int anomalies;
    private final int normals;

    private RankingMetrics(double[] scores, boolean[] labels) {
        this.labels = labels;
        order = ScoreOrder.descending(scores);
        int n = scores.length;
        double[] t = new double[n];
        int[] tps = new int[n];
        int[] fps = new int[n];
        int distinct = 0;
        int hits = 0;
        for (int i = 0; i < n; i++) {
            hits += labels[order[i]] ? 1 : 0;
            if (i + 1 == n || scores[order[i]] != scores[order[i + 1]]) {
                t[distinct] = scores[order[i]];
                tps[distinct] = hits;
                fps[distinct] = i + 1 - hits;
                distinct++;
            }
        }
        thresholds = Arrays.copyOf(t, distinct);
        tp = Arrays.copyOf(tps, distinct);
        fp = Arrays.copyOf(fps, distinct);
        anomalies = hits;
        normals = n - hits;
    }

    /**
     * Sorts the scores once for all metrics.
     *
     * @param scores finite, one per row
     * @param labels true = anomaly, one per row
     * @throws ScoreException if the lengths differ, there are no rows, or a score is not finite (the message names the
     *     row)
     */
    public static RankingMetrics of(double[] scores, boolean[] labels) {
        ScoreOrder.check(scores, labels);
        return new RankingMetrics(scores, labels);
    }

    public int anomalies() {
        return anomalies;
    }

    public int normals() {
        return normals;
    }

    /** Share of (anomaly, normal) pairs in the right order, ties count one half. */
    public Metric auroc() {
        if (anomalies == 0) {
            return Metric.undefined(NO_ANOMALY);
        }
        if (normals == 0) {
            return Metric.undefined(NO_NORMAL);
        }
        long twice = 0;
        for (int k = 0; k < tp.length; k++) {
            long tpBefore = k == 0 ? 0 : tp[k - 1];
            long fpBefore = k == 0 ? 0 : fp[k - 1];
            twice += (fp[k] - fpBefore) * (tp[k] + tpBefore);
        }
        return Metric.of(twice / (2.0 * anomalies * normals));
    }

    /** Sum of precision times gain in recall over the distinct scores, no interpolation; 1 without normal rows. */
    public Metric averagePrecision() {
        if (anomalies == 0) {
            return Metric.undefined(NO_ANOMALY);
        }
        double sum = 0;
        for (int k = 0; k < tp.length; k++) {
            int gain = tp[k] - (k == 0 ? 0 : tp[k - 1]);
            sum += (double) gain * tp[k] / ((double) tp[k] + fp[k]);
        }
        return Metric.of(sum / anomalies); // divided last, so that a perfect ranking gives exactly 1
    }

    /** The largest F1, compared as exact fractions; empty without anomalies. Uses labels. */
    public Optional<BestF1> bestF1() {
        if (anomalies == 0) {
            return Optional.empty();
        }
        int best = 0;
        for (int k = 1; k < tp.length; k++) {
            // F1 = 2 tp / (tp + fp + P): a > b as a fraction, so that rounding cannot prefer a lower threshold.
            long here = (long) tp[k] * ((long) tp[best] + fp[best] + anomalies);
            long there = (long) tp[best] * ((long) tp[k] + fp[k] + anomalies);
            if (here > there) {
                best = k;
            }
        }
        return Optional.of(new BestF1(
                thresholds[best], new Confusion(tp[best], fp[best], normals - fp[best], anomalies - tp[best])));
    }

    /** Share of anomalies among the n first rows, n = number of anomalies; equal scores by row number. */
    public Metric precisionAtN() {
        return anomalies == 0 ? Metric.undefined(NO_ANOMALY) : precisionAt(anomalies);
    }

    /** The same for a given n of at least 1; more than the number of rows counts as the number of rows. */
    public Metric precisionAt(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("Precision at n needs n of at least 1, got " + n);
        }
        int first = Math.min(n, order.length);
        int hits = 0;
        for (int i = 0; i < first; i++) {
            hits += labels[order[i]] ? 1 : 0;
        }
        return Metric.of((double) hits / first);
    }

    /** Precision at n = number of anomalies, expected over a random order of equal scores. */
    public Metric expectedPrecisionAtN() {
        if (anomalies == 0) {
            return Metric.undefined(NO_ANOMALY);
        }
        int k = 0;
        while (tp[k] + fp[k] < anomalies) {
            k++;
        }
        int tpBefore = k == 0 ? 0 : tp[k - 1];
        int rowsBefore = k == 0 ? 0 : tp[k - 1] + fp[k - 1];
        double tied = (double) tp[k] + fp[k] - rowsBefore;
        return Metric.of((tpBefore + (anomalies - rowsBefore) * ((tp[k] - tpBefore) / tied)) / anomalies);
    }

    /** Empty unless both classes are present. */
    public Optional<RocCurve> roc() {
        if (anomalies == 0 || normals == 0) {
            return Optional.empty();
        }
        int n = thresholds.length;
        double[] t = new double[n + 1];
        double[] x = new double[n + 1];
        double[] y = new double[n + 1];
        t[0] = Double.POSITIVE_INFINITY;
        for (int k = 0; k < n; k++) {
            t[k + 1] = thresholds[k];
            x[k + 1] = (double) fp[k] / normals;
            y[k + 1] = (double) tp[k] / anomalies;
        }
        return Optional.of(new RocCurve(t, x, y));
    }

    /** Empty without anomalies. */
    public Optional<PrecisionRecallCurve> precisionRecall() {
        if (anomalies == 0) {
            return Optional.empty();
        }
        double[] precisions = new double[tp.length];
        double[] recalls = new double[tp.length];
        for (int k = 0; k < tp.length; k++) {
            precisions[k] = tp[k] / ((double) tp[k] + fp[k]);
            recalls[k] = (double) tp[k] / anomalies;
        }
        return Optional.of(new PrecisionRecallCurve(thresholds.clone(), precisions, recalls));
    }
}
