package org.oddlens.engine.study;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.metric.Evaluation;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunJson;

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
 * @param sha256     digest of each file the run left, lower-case hex by name; null in results of earlier versions
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
        Map<String, Double> seconds,
        @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, String> sha256) {

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
                seconds,
                sha256);
    }

    /**
     * The results of a run.
     *
     * @throws RunFolderException if there are none, or they lack what every run's have
     */
    public static RunMetrics read(RunFolder run) throws IOException {
        RunMetrics read = new RunJson().read(run.readable(RunFolder.METRICS), RunMetrics.class);
        String missing = !FORMAT.equals(read.format())
                ? "format"
                : read.metrics() == null
                        ? "metrics"
                        : read.rows() == null
                                ? "rows"
                                : read.threshold() == null
                                                || !Double.isFinite(
                                                        read.threshold().value())
                                        ? "threshold"
                                        : null;
        if (missing != null) {
            throw new RunFolderException(
                    run.file(RunFolder.METRICS) + " are no results of a run that this version reads:" + " its '"
                            + missing + "' is missing or not as expected. Put back a copy of it, or train again.");
        }
        return read;
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
