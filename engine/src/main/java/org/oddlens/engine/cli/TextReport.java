package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.oddlens.engine.comparison.CellResult;
import org.oddlens.engine.comparison.DataFacts;
import org.oddlens.engine.comparison.Spread;
import org.oddlens.engine.run.OutputException;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.threshold.ThresholdSpec;

/**
 * The text report of the 13-model program, a block for each experiment appended to {@code NAME_results.txt}: date, data,
 * parameters, then each metric as mean and population standard deviation over the runs.
 */
final class TextReport {

    private final RunSpec spec;
    private final String name;
    private final DataFacts data;

    /** @param name of the detector */
    TextReport(RunSpec spec, String name, DataFacts data) {
        this.spec = spec;
        this.name = name;
        this.data = data;
    }

    /** Appends a block, making folders as needed; gives the file. */
    Path append(Path folder, List<CellResult> results) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(name.replace(" ", "") + "_results.txt");
        if (Files.isSymbolicLink(file) || Files.exists(file) && !Files.isRegularFile(file)) {
            throw new OutputException(
                    file + " is a link or no ordinary file, so the results are not appended to it. Choose"
                            + " another --results-path.");
        }
        Files.writeString(
                file,
                String.join("\n", block(results, LocalDateTime.now())) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return file;
    }

    List<String> block(List<CellResult> results, LocalDateTime now) {
        String first = "Experiments on "
                + DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm:ss").format(now);
        String rule = "-".repeat(first.length());
        List<String> lines = new ArrayList<>(List.of(first, rule));
        String file = Path.of(spec.data().file()).getFileName().toString();
        lines.add(data.name() + " (" + (file.lastIndexOf('.') > 0 ? file.substring(0, file.lastIndexOf('.')) : file)
                + ")");
        lines.add(parameters());
        boolean tuned = ThresholdSpec.parse(spec.threshold()).usesLabels();
        metric(lines, "F1-Score at the known ratio (uses labels)", results, CellResult::f1);
        metric(
                lines,
                "F1-Score at " + spec.threshold() + (tuned ? " (uses labels)" : ""),
                results,
                CellResult::f1AtThreshold);
        metric(lines, "AUPR", results, CellResult::auprc);
        metric(lines, "AUROC", results, CellResult::auroc);
        metric(lines, "Seconds", results, CellResult::seconds);
        long failed = results.stream().filter(CellResult::hasFailed).count();
        lines.add("Runs: " + results.size() + ", seeds "
                + results.stream().map(result -> String.valueOf(result.seed())).collect(Collectors.joining(" "))
                + (failed > 0 ? ", " + failed + " FAILED and in no mean" : ""));
        lines.add(rule);
        return lines;
    }

    private static void metric(
            List<String> lines, String metric, List<CellResult> results, ToDoubleFunction<CellResult> value) {
        Spread spread = Spread.of(results.stream().mapToDouble(value).toArray());
        lines.add(
                spread.n() == 0
                        ? metric + ": n/a"
                        : String.format(Locale.ROOT, "%s: %.4f(%.4f)", metric, spread.mean(), spread.sd()));
    }

    private String parameters() {
        Map<String, Object> values = new TreeMap<>(spec.hyperparameters());
        List<String> parts = new ArrayList<>();
        parts.add("BatchSize=" + values.remove("batch-size"));
        parts.add("Epochs=" + values.remove("epochs"));
        parts.add("CorruptionRatio=" + spec.protocol().rho());
        parts.add("HoldoutRatio=" + spec.protocol().holdOut());
        if (data.anomalies() > 0) { // for information, as in the program: the share of normal rows in the file
            parts.add(String.format(Locale.ROOT, "Threshold=%.4f", 1 - (double) data.anomalies() / data.rows()));
        }
        parts.add("Protocol=" + spec.protocol().id());
        parts.add("Scaler=" + spec.scaler());
        parts.add("Preset=" + spec.preset());
        parts.removeIf(part -> part.endsWith("=null")); // a detector without epochs says nothing of them
        values.forEach((key, value) -> parts.add(key + "=" + value));
        return String.join(", ", parts);
    }
}
