package org.oddlens.engine.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.metric.Evaluation;

/**
 * {@code metrics.json}: results with the protocol they were computed under. Format: docs/formats/metrics.md.
 *
 * @param format     {@value #FORMAT}
 * @param end        how the run ended
 * @param epochs     epochs trained
 * @param features   numbers per row
 * @param rows       train, validation, test, anomalies
 * @param metrics    value by name, null where undefined
 * @param undefined  reason by name
 * @param usesLabels names of the metrics whose threshold saw labels
 * @param loss       first and last epoch's training loss
 * @param baselines  AUROC and AUPRC of {@code untrained} and {@code mean_distance} on the same rows
 * @param seconds    load, train, score
 */
public record RunMetrics(
        String format,
        String detector,
        String preset,
        String protocol,
        String scaler,
        long seed,
        String end,
        int epochs,
        int features,
        Map<String, Integer> rows,
        ThresholdUsed threshold,
        Map<String, Double> metrics,
        Map<String, String> undefined,
        List<String> usesLabels,
        Map<String, Double> loss,
        Map<String, Map<String, Double>> baselines,
        Map<String, Double> seconds) {

    public static final String FORMAT = "oddlens.metrics/1";

    /**
     * The decision threshold.
     *
     * @param method     as in the specification
     * @param value      a row is called an anomaly at or above it
     * @param usesLabels whether it was chosen with labels
     * @param reference  whose scores it was taken from
     */
    public record ThresholdUsed(String method, double value, boolean usesLabels, String reference) {}

    /** The same run under another threshold. */
    RunMetrics with(ThresholdUsed other, Evaluation evaluation) {
        return new RunMetrics(
                format,
                detector,
                preset,
                protocol,
                scaler,
                seed,
                end,
                epochs,
                features,
                rows,
                other,
                values(evaluation),
                reasons(evaluation),
                Evaluation.tunedOnLabels(other.usesLabels()),
                loss,
                baselines,
                seconds);
    }

    /** {@code value} of each metric, null where it is not defined. */
    static Map<String, Double> values(Evaluation evaluation) {
        Map<String, Double> values = new LinkedHashMap<>();
        evaluation
                .metrics()
                .forEach((name, metric) -> values.put(
                        name, metric.isDefined() ? (Double) metric.value().getAsDouble() : null));
        return values;
    }

    /** Reason for each metric that is not defined. */
    static Map<String, String> reasons(Evaluation evaluation) {
        Map<String, String> reasons = new LinkedHashMap<>();
        evaluation.metrics().forEach((name, metric) -> {
            if (!metric.isDefined()) {
                reasons.put(name, metric.reason());
            }
        });
        return reasons;
    }
}
