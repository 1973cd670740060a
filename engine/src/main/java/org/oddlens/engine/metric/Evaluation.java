package org.oddlens.engine.metric;

import java.util.Map;
import java.util.Optional;

/**
 * All metrics of one set of scores.
 *
 * @param metrics   by the names that files use, in their order: auroc auprc precision recall f1 accuracy
 *                  f1_known_ratio precision_at_n best_f1
 * @param threshold the decision threshold used; a row is called an anomaly at or above it
 * @param counts    decisions against labels at the threshold, null without labels
 * @param flagged   rows at or above the threshold
 */
public record Evaluation(Map<String, Metric> metrics, double threshold, Confusion counts, int flagged) {

    /**
     * Evaluates.
     *
     * @param labels true = anomaly; null without labels: every metric is then undefined with that reason
     * @throws ScoreException if a score is not finite or the lengths differ
     */
    public static Evaluation of(double[] scores, boolean[] labels, double threshold) {
        throw new UnsupportedOperationException("later");
    }

    public Optional<Confusion> confusion() {
        return Optional.ofNullable(counts);
    }
}
