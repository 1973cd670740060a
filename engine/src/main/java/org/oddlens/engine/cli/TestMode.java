package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oddlens.engine.comparison.Spread;
import org.oddlens.engine.data.Sha256;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.ModelCheck;

/** {@code train --test-mode}: loads the models of a folder, scores the rows their runs evaluated, and trains nothing. */
final class TestMode {

    private static final int DEPTH = 4;
    private static final List<String> SHOWN = List.of("auroc", "auprc", "f1_known_ratio", "f1", "precision", "recall");

    private final DetectorRegistry registry;
    private final Console console;

    TestMode(DetectorRegistry registry, Console console) {
        this.registry = registry;
        this.console = console;
    }

    /**
     * Tries all models of a detector below a folder. Those of other detectors, or trained on other data than asked for, are
     * left out with a note: their scores answer another question.
     *
     * @param detector id, null for any
     * @param data     file that the models were trained on, null for any
     * @return the exit code: 1 if a model scores otherwise than it did when its run ended
     */
    int run(Path models, String detector, Path data, boolean json) throws IOException {
        List<ModelCheck> checks = new ArrayList<>();
        String sha256 = data == null ? null : Sha256.of(data);
        int others = 0;
        int elsewhere = 0;
        for (RunFolder run : runs(models)) {
            RunSpec spec = run.readRecord().spec();
            if (detector != null && !spec.detector().equals(detector)) {
                others++;
            } else if (sha256 != null && !sha256.equals(spec.data().sha256())) {
                elsewhere++;
            } else {
                checks.add(ModelCheck.of(run, registry));
            }
        }
        String leftOut = Stream.of(
                        others > 0 ? "of other detectors: " + others : "",
                        elsewhere > 0 ? "trained on other data than " + data + ": " + elsewhere : "")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        if (checks.isEmpty()) {
            throw new UsageException(
                    "--test-mode: there is no finished run" + (detector == null ? "" : " of " + detector)
                            + (data == null ? "" : " on " + data) + " below " + models
                            + (leftOut.isEmpty() ? "" : " (" + leftOut + ")")
                            + ". --model-path names the folder that holds them.");
        }
        if (!leftOut.isEmpty()) {
            console.err().println("Note: models are left out, " + leftOut + ".");
        }
        if (json) {
            console.json(document(checks));
        } else {
            print(checks);
        }
        return checks.stream().allMatch(ModelCheck::identical) ? 0 : 1;
    }

    private static List<RunFolder> runs(Path models) throws IOException {
        if (!Files.isDirectory(models)) {
            throw new UsageException("--model-path: there is no folder " + models + ".");
        }
        List<Path> folders;
        try (Stream<Path> found = Files.walk(models, DEPTH)) {
            folders = found.filter(Files::isDirectory).sorted().toList();
        }
        List<RunFolder> runs = new ArrayList<>();
        for (Path folder : folders) {
            RunFolder run = new RunFolder(folder);
            if (ModelCheck.possible(run)) {
                runs.add(run);
            }
        }
        return runs;
    }

    private static Map<String, Object> document(List<ModelCheck> checks) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", "oddlens.test/1");
        document.put(
                "runs",
                checks.stream()
                        .map(check -> Map.of(
                                "run",
                                        check.run()
                                                .path()
                                                .toAbsolutePath()
                                                .normalize()
                                                .toString(),
                                "identical", check.identical(),
                                "metrics", check.metrics().metrics()))
                        .toList());
        Map<String, Spread> metrics = new LinkedHashMap<>();
        SHOWN.forEach(name -> metrics.put(name, spread(checks, name)));
        document.put("metrics", metrics);
        return document;
    }

    private static Spread spread(List<ModelCheck> checks, String metric) {
        return Spread.of(checks.stream()
                .map(check -> check.metrics().metrics().get(metric))
                .mapToDouble(value -> value == null ? Double.NaN : value)
                .toArray());
    }

    private void print(List<ModelCheck> checks) {
        for (ModelCheck check : checks) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%s: AUROC %.4f, %s%n",
                            check.run().id(),
                            check.metrics().metrics().getOrDefault("auroc", Double.NaN),
                            check.identical()
                                    ? "the same scores as when it was trained"
                                    : "OTHER SCORES than when it was trained");
        }
        SHOWN.forEach(name -> {
            Spread spread = spread(checks, name);
            if (spread.n() > 0) {
                console.out().printf(Locale.ROOT, "%s: %.4f(%.4f)%n", name, spread.mean(), spread.sd());
            }
        });
    }
}
