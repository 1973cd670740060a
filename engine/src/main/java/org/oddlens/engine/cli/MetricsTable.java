package org.oddlens.engine.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.oddlens.engine.study.RunMetrics;

/** Metrics as a table for people. */
final class MetricsTable {

    private static final Map<String, String> NAMES = Map.of(
            "auroc", "AUROC",
            "auprc", "AUPRC (average precision)",
            "precision", "Precision at the threshold",
            "recall", "Recall at the threshold",
            "f1", "F1 at the threshold",
            "accuracy", "Accuracy at the threshold",
            "f1_known_ratio", "F1 at the known ratio",
            "precision_at_n", "Precision@n (n = number of anomalies)",
            "best_f1", "Best possible F1");

    private final Console console;

    MetricsTable(Console console) {
        this.console = console;
    }

    void print(RunMetrics metrics, Path folder) {
        console.out()
                .printf(
                        Locale.ROOT,
                        "%n%s (%s), protocol %s, scaler %s, seed %d: %s after %d %s%n",
                        metrics.detector(),
                        metrics.preset(),
                        metrics.protocol(),
                        metrics.scaler(),
                        metrics.seed(),
                        metrics.end(),
                        metrics.epochs(),
                        metrics.epochs() == 1 ? "epoch" : "epochs");
        metrics.metrics().forEach((name, value) -> row(NAMES.getOrDefault(name, name), value, metrics, name));
        metrics.baselines().forEach((name, areas) -> console.out()
                .printf(
                        Locale.ROOT,
                        "  %-40s %.3f%n",
                        "AUROC of " + (name.equals("untrained") ? "the untrained network" : "distance to the mean"),
                        areas.get("auroc")));
        console.out()
                .printf(
                        Locale.ROOT,
                        "  %-40s %.4g  (%s of the %s)%s%n",
                        "Threshold",
                        metrics.threshold().value(),
                        metrics.threshold().method(),
                        metrics.threshold().reference(),
                        metrics.threshold().usesLabels() ? "  * uses labels" : "");
        console.out()
                .printf(
                        Locale.ROOT,
                        "  %-40s load %.2f, train %.2f, score %.2f%n",
                        "Seconds",
                        metrics.seconds().getOrDefault("load", 0.0),
                        metrics.seconds().getOrDefault("train", 0.0),
                        metrics.seconds().getOrDefault("score", 0.0));
        console.out().println("Run: " + folder.toAbsolutePath().normalize());
    }

    private void row(String title, Double value, RunMetrics metrics, String name) {
        String mark = metrics.usesLabels().contains(name) ? "  * uses labels" : "";
        if (value == null) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "  %-40s –      %s%n",
                            title,
                            metrics.undefined().get(name));
        } else {
            console.out().printf(Locale.ROOT, "  %-40s %.3f%s%n", title, value, mark);
        }
    }
}
