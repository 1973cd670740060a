package org.oddlens.engine.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.engine.threshold.ThresholdSpec;

/**
 * What {@code train --json} prints. Format: docs/formats/train.md.
 *
 * @param run the run folder
 */
record TrainDocument(
        String format,
        String detector,
        String preset,
        Map<String, Object> data,
        String protocol,
        String scaler,
        long seed,
        Map<String, Integer> rows,
        Map<String, Object> threshold,
        Map<String, Double> metrics,
        Map<String, String> undefined,
        Map<String, Map<String, Double>> baselines,
        Map<String, Double> loss,
        int epochs,
        String end,
        Map<String, Double> seconds,
        String run) {

    static TrainDocument of(RunRecord runRecord, RunMetrics metrics, Path folder) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("file", runRecord.spec().data().file());
        data.put("sha256", runRecord.spec().data().sha256());
        data.put("features", metrics.features());
        Map<String, Object> threshold = new LinkedHashMap<>();
        ThresholdSpec method = ThresholdSpec.parse(metrics.threshold().method());
        threshold.put("method", method.method());
        threshold.put("parameter", method.value());
        threshold.put("value", metrics.threshold().value());
        threshold.put("usesLabels", metrics.threshold().usesLabels());
        return new TrainDocument(
                "oddlens.train/1",
                metrics.detector(),
                metrics.preset(),
                data,
                metrics.protocol(),
                metrics.scaler(),
                metrics.seed(),
                metrics.rows(),
                threshold,
                metrics.metrics(),
                metrics.undefined(),
                metrics.baselines(),
                metrics.loss(),
                metrics.epochs(),
                metrics.end(),
                metrics.seconds(),
                folder.toAbsolutePath().normalize().toString());
    }
}
