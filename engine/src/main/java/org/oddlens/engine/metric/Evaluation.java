package org.oddlens.engine.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All metrics of one set of scores.
 *
 * <p>The area metrics are undefined unless both classes are present; precision, recall and F1 with a zero denominator
 * are 0, as in scikit-learn; precision at n is undefined without anomalies.
 *
 * @param metrics   by the names in {@link #NAMES}, in that order
 * @param threshold the decision threshold used; a row is called an anomaly at or above it
 * @param counts    decisions against labels at the threshold, null without labels
 * @param flagged   rows at or above the threshold
 */
public record Evaluation(Map<String, Metric> metrics, double threshold, Confusion counts, int flagged) {

    /** Names of the metrics in files, in their order. */
    public static final List<String> NAMES = List.of(
            "auroc", "auprc", "precision", "recall", "f1", "accuracy", "f1_known_ratio", "precision_at_n", "best_f1");

    private static final List<String> TUNED_ON_LABELS = List.of("f1_known_ratio", "precision_at_n", "best_f1");
    private static final List<String> AT_THRESHOLD = List.of("precision", "recall", "f1", "accuracy");

    private static final String NO_LABELS = "This data set has no labels.";

    public Evaluation {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /**
     * Metrics that choose something by the labels, so that they flatter the detector.
     *
     * @param byThreshold whether labels chose the threshold itself; then all that is counted at it does
     */
    public static List<String> tunedOnLabels(boolean byThreshold) {
        return byThreshold
                ? Stream.concat(AT_THRESHOLD.stream(), TUNED_ON_LABELS.stream()).toList()
                : TUNED_ON_LABELS;
    }

    /**
     * Evaluates.
     *
     * @param labels true = anomaly; null without labels: every metric is then undefined with that reason
     * @throws ScoreException if a score is not finite or the lengths differ
     */
    public static Evaluation of(double[] scores, boolean[] labels, double threshold) {
        ScoreOrder.check(scores, labels);
        if (!Double.isFinite(threshold)) {
            throw new ScoreException("The decision threshold is " + threshold + "; it must be a finite number.");
        }
        int flagged = 0;
        for (double score : scores) {
            flagged += score >= threshold ? 1 : 0;
        }
        Map<String, Metric> metrics = new LinkedHashMap<>();
        if (labels == null) {
            NAMES.forEach(name -> metrics.put(name, Metric.undefined(NO_LABELS)));
            return new Evaluation(metrics, threshold, null, flagged);
        }
        RankingMetrics ranking = RankingMetrics.of(scores, labels);
        Confusion counts = Confusion.at(scores, labels, threshold);
        Metric auroc = ranking.auroc();
        metrics.put("auroc", auroc);
        metrics.put("auprc", auroc.isDefined() ? ranking.averagePrecision() : Metric.undefined(auroc.reason()));
        metrics.put("precision", Metric.of(counts.precision()));
        metrics.put("recall", Metric.of(counts.recall()));
        metrics.put("f1", Metric.of(counts.f1()));
        metrics.put("accuracy", Metric.of(counts.accuracy()));
        double known = KnownRatio.threshold(scores, labels);
        metrics.put(
                "f1_known_ratio", Metric.of(Confusion.at(scores, labels, known).f1()));
        metrics.put("precision_at_n", ranking.precisionAtN());
        metrics.put("best_f1", Metric.of(ranking.bestF1().map(BestF1::f1).orElse(0.0)));
        return new Evaluation(metrics, threshold, counts, flagged);
    }

    public Optional<Confusion> confusion() {
        return Optional.ofNullable(counts);
    }

    /** The metric of that name. */
    public Metric metric(String name) {
        Metric found = metrics.get(name);
        if (found == null) {
            throw new IllegalArgumentException("There is no metric '" + name + "'");
        }
        return found;
    }
}
