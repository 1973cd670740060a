package org.oddlens.engine.threshold;

import java.util.Arrays;
import java.util.Locale;
import org.oddlens.engine.metric.KnownRatio;
import org.oddlens.engine.metric.Percentile;
import org.oddlens.engine.metric.RankingMetrics;

/** Computes decision thresholds. A row is called an anomaly when its score is at or above the threshold. */
public final class Threshold {

    private Threshold() {}

    /**
     * The threshold.
     *
     * <p>{@code mean-sd} uses the population standard deviation; {@code median-mad} the plain median absolute
     * deviation, without the factor 1.4826 of the normal distribution.
     *
     * @param reference finite scores, at least one
     * @param labels    true = anomaly, one per reference score; may be null unless the method uses labels
     * @throws ThresholdException if labels are needed and missing, or a score is not finite
     */
    public static double of(ThresholdSpec spec, double[] reference, boolean[] labels) {
        check(reference);
        if (spec.usesLabels()) {
            if (labels == null) {
                throw new ThresholdException(
                        "The threshold method " + spec.method()
                                + " needs labels, and these rows have none. Choose percentile, mean-sd, median-mad, top or share.");
            }
            if (labels.length != reference.length) {
                throw new ThresholdException(
                        "There are " + reference.length + " scores but " + labels.length + " labels.");
            }
        }
        return switch (spec.kind()) {
            case PERCENTILE -> Percentile.of(reference, spec.value());
            case KNOWN_RATIO -> KnownRatio.threshold(reference, labels);
            case KNOWN_PERCENT -> KnownRatio.wholePercent(reference, labels);
            case PERCENT_SCAN -> PercentileScan.aroundNormalShare(reference, labels)
                    .threshold();
            case MEAN_SD -> meanSd(reference, spec.value());
            case MEDIAN_MAD -> medianMad(reference, spec.value());
            case VALUE -> spec.value();
            case TOP -> highest(reference, spec.value());
            case SHARE -> highest(reference, Math.max(1, Math.rint(spec.value() * reference.length)));
            case BEST_F1 -> RankingMetrics.of(reference, labels)
                    .bestF1()
                    .orElseThrow(() -> new ThresholdException(
                            "The threshold method best-f1 needs at least one labelled anomaly, and there is none."))
                    .threshold();
        };
    }

    private static void check(double[] reference) {
        if (reference.length == 0) {
            throw new ThresholdException("A decision threshold needs at least one score.");
        }
        for (int i = 0; i < reference.length; i++) {
            if (!Double.isFinite(reference[i])) {
                throw new ThresholdException("The score of row " + i + " is " + reference[i]
                        + ", so no decision threshold can be computed.");
            }
        }
    }

    /** The lowest of so many highest scores. */
    private static double highest(double[] scores, double rows) {
        if (rows > scores.length) {
            throw new ThresholdException(String.format(
                    Locale.ROOT,
                    "The threshold flags the %,.0f highest scores, and there are %,d. Choose a smaller number.",
                    rows,
                    scores.length));
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length - (int) rows];
    }

    private static double meanSd(double[] scores, double k) {
        double mean = 0;
        for (double score : scores) {
            mean += score / scores.length;
        }
        double largest = 0;
        for (double score : scores) {
            largest = Math.max(largest, Math.abs(score - mean));
        }
        if (largest == 0) {
            return mean;
        }
        double sum = 0;
        for (double score : scores) {
            double scaled = (score - mean) / largest;
            sum += scaled * scaled;
        }
        return mean + k * largest * Math.sqrt(sum / scores.length);
    }

    private static double medianMad(double[] scores, double k) {
        double median = Percentile.of(scores, 50);
        double[] deviations = new double[scores.length];
        for (int i = 0; i < scores.length; i++) {
            deviations[i] = Math.abs(scores[i] - median);
        }
        return median + k * Percentile.of(deviations, 50);
    }
}
