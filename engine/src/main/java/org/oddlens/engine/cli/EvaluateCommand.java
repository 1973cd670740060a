package org.oddlens.engine.cli;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.study.FinalFiles;
import org.oddlens.engine.study.RunEvaluation;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.engine.threshold.ThresholdException;
import org.oddlens.engine.threshold.ThresholdSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code oddlens evaluate}: the metrics of a run's recorded scores, at its threshold or another one. */
@Command(
        name = "evaluate",
        description = "Computes the metrics of a run from its recorded scores and its data's labels.")
final class EvaluateCommand implements Callable<Integer> {

    private final OddlensHome home;
    private final Console console;

    @Mixin
    private Output output;

    @Option(
            names = "--run",
            required = true,
            paramLabel = "RUN",
            description = "A run folder, or the beginning of an id.")
    private String run;

    @Option(
            names = "--threshold",
            paramLabel = "METHOD[:VALUE]",
            description =
                    "Another threshold: a number (value:0.3), the highest scores (top:20, share:0.05), or a method on the"
                            + " evaluated scores (percentile:99, known-ratio, …); default: the run's own.")
    private String threshold;

    @Mixin
    private MovedData moved;

    EvaluateCommand(OddlensHome home, Console console) {
        this.home = home;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        ThresholdSpec other = null;
        try {
            other = threshold == null ? null : ThresholdSpec.parse(threshold);
        } catch (ThresholdException e) {
            throw new UsageException("--threshold: " + e.getMessage());
        }
        RunFolder folder = home.find(run);
        RunMetrics metrics = new RunEvaluation(folder)
                .evaluate(other, moved.of(folder, folder.readRecord().spec()));
        double[] scores = folder.readFinalScores();
        long flagged = Arrays.stream(scores)
                .filter(score -> score >= metrics.threshold().value())
                .count();
        if (output.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("format", "oddlens.evaluate/1");
            document.put("run", folder.path().toAbsolutePath().normalize().toString());
            document.put("protocol", metrics.protocol());
            document.put("rows", metrics.rows());
            document.put("threshold", metrics.threshold());
            document.put("flagged", flagged);
            document.put("metrics", metrics.metrics());
            document.put("undefined", metrics.undefined());
            document.put("usesLabels", metrics.usesLabels());
            console.json(document);
        } else {
            if (metrics.sha256() == null && !output.quiet) {
                console.err().println("Note: " + new FinalFiles(folder).unchecked());
            }
            new MetricsTable(console).print(metrics, folder.path());
            console.out().printf(Locale.ROOT, "Flagged: %,d of %,d evaluated rows%n", flagged, scores.length);
        }
        return 0;
    }
}
