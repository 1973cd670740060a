package org.oddlens.engine.study;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.data.Split;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.metric.Evaluation;
import org.oddlens.engine.metric.RankingMetrics;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.threshold.Threshold;
import org.oddlens.engine.threshold.ThresholdSpec;

/** What a trained detector leaves behind: final scores, metrics with their baselines, the model. */
final class RunResult {

    private final RunFolder run;
    private final RunPlan plan;
    private final FittedScaler scaler;
    private final float[] trainRows;
    private final float[] evaluatedRows;
    private double[] untrained;

    /** @param trainRows scaled training rows */
    RunResult(RunFolder run, RunPlan plan, FittedScaler scaler, float[] trainRows) {
        this.run = run;
        this.plan = plan;
        this.scaler = scaler;
        this.trainRows = trainRows;
        this.evaluatedRows =
                scaler.transform(plan.imported().dataset(), plan.split().test());
    }

    /** Remembers what the network knows before it has learned anything. */
    void beforeTraining(FittedDetector detector) {
        untrained = detector.score(evaluatedRows);
    }

    /**
     * Scores the evaluated rows and writes everything down.
     *
     * @param checks  looks over what came out
     * @param values  hyperparameters in force at the end
     * @param loss    {@code first} and {@code last} training loss
     * @param seconds time by phase; {@code score} is added
     */
    void write(
            FittedDetector detector,
            ResultChecks checks,
            Values values,
            RunEnd end,
            int epochs,
            Map<String, Double> loss,
            Map<String, Double> seconds)
            throws IOException {
        long start = System.nanoTime();
        RunSpec spec = plan.spec();
        double[] scores = detector.score(evaluatedRows);
        run.writeFinalScores(scores);
        checks.scores(scores);
        checks.items(detector, trainRows);
        boolean[] labels = plan.split().labels(plan.split().test()).orElse(null);
        ThresholdSpec method = ThresholdSpec.parse(spec.threshold());
        // A threshold without labels is taken from the training rows, as it would be in use.
        double[] reference = method.usesLabels() ? scores : detector.score(trainRows);
        double threshold = Threshold.of(method, reference, method.usesLabels() ? labels : null);
        Evaluation evaluation = Evaluation.of(scores, labels, threshold);
        new ModelFile()
                .write(
                        run.file(RunFolder.MODEL),
                        new ModelFile.Header(
                                ModelFile.Header.FORMAT,
                                spec.detector(),
                                values.json(),
                                plan.imported().dataset().rowShape(),
                                scaler,
                                threshold,
                                plan.imported().spec().columns()),
                        detector.weights());
        detector.exportGraph(run.file(RunFolder.GRAPH));
        seconds.put("score", (System.nanoTime() - start) / 1e9);
        run.writeMetrics(new RunMetrics(
                RunMetrics.FORMAT,
                spec.detector(),
                spec.preset(),
                spec.protocol().id(),
                spec.scaler(),
                spec.seed(),
                end.id(),
                epochs,
                plan.imported().dataset().features(),
                rows(plan.split()),
                new RunMetrics.ThresholdUsed(
                        method.format(),
                        threshold,
                        method.usesLabels(),
                        method.usesLabels() ? "evaluated rows" : "training rows"),
                RunMetrics.values(evaluation),
                RunMetrics.reasons(evaluation),
                Evaluation.tunedOnLabels(method.usesLabels()),
                loss,
                baselines(labels),
                seconds,
                new FinalFiles(run).digests()));
    }

    private Map<String, Map<String, Double>> baselines(boolean[] labels) {
        Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
        if (labels != null && Telemetry.bothClasses(labels)) {
            baselines.put("untrained", areas(untrained, labels));
            baselines.put(
                    "mean_distance",
                    areas(
                            MeanDistance.scores(
                                    plan.imported().dataset(),
                                    plan.split().train(),
                                    plan.split().test()),
                            labels));
        }
        return baselines;
    }

    private static Map<String, Double> areas(double[] scores, boolean[] labels) {
        RankingMetrics ranking = RankingMetrics.of(scores, labels);
        Map<String, Double> areas = new LinkedHashMap<>();
        areas.put("auroc", ranking.auroc().orNaN());
        areas.put("auprc", ranking.averagePrecision().orNaN());
        return areas;
    }

    /** Rows by role, and anomalies among the evaluated ones. */
    static Map<String, Integer> rows(Split split) {
        Map<String, Integer> rows = new LinkedHashMap<>();
        rows.put("train", split.train().length);
        rows.put("validation", split.validation().length);
        rows.put("test", split.test().length);
        int anomalies = 0;
        for (boolean label : split.labels(split.test()).orElse(new boolean[0])) {
            anomalies += label ? 1 : 0;
        }
        rows.put("anomalies", anomalies);
        return rows;
    }
}
