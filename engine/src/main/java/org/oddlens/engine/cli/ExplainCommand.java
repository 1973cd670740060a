package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.ImportedData;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.FinalFiles;
import org.oddlens.engine.study.RowReasons;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.engine.study.RunModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code oddlens explain}: what each feature adds to the scores of rows. */
@Command(
        name = "explain",
        sortOptions = false,
        description = {
            "Tells what each feature adds to the anomaly scores of rows, by the model of a run.",
            "  oddlens explain --run RUN --top 20",
            "  oddlens explain --run RUN --data new.csv --rows 3,17"
        })
final class ExplainCommand implements Callable<Integer> {

    private static final int FEATURES_SHOWN = 10;

    private final DetectorRegistry registry;
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

    @Option(names = "--data", paramLabel = "FILE", description = "Rows to explain; default: those the run evaluated.")
    private Path data;

    @Option(
            names = "--rows",
            paramLabel = "N,…",
            description = "Rows by number, as in the column 'row' of a file of scores: the first is 0.")
    private String rows;

    @Option(names = "--top", paramLabel = "N", description = "The N rows with the highest scores; default 10.")
    private Integer top;

    @Option(
            names = "--show",
            paramLabel = "N",
            description = "Features shown of each row, those that add most; default 10, with --json all.")
    private Integer show;

    @Mixin
    private NewDataFlags newData;

    ExplainCommand(DetectorRegistry registry, OddlensHome home, Console console) {
        this.registry = registry;
        this.home = home;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (rows != null && top != null) {
            throw new UsageException("--rows and --top choose rows in two ways; give one of them.");
        }
        requirePositive("--top", top);
        requirePositive("--show", show);
        if (data != null) {
            InputFiles.require("--data", data);
        }
        newData.policy();
        RunFolder folder = home.find(run);
        RunSpec spec = folder.readRecord().spec();
        FinalFiles files = new FinalFiles(folder);
        List<String> notes = new ArrayList<>();
        if (!files.check(RunFolder.MODEL)) {
            notes.add(files.unchecked());
        }
        try (RunModel model = RunModel.load(folder, registry)) {
            ImportedData imported = data == null ? DataImport.load(spec.data()) : newData.read(data, spec.data(), null);
            if (data != null) {
                notes.addAll(imported.report().sentences());
            }
            Dataset dataset = imported.dataset();
            RowReasons reasons = new RowReasons(model, dataset);
            int[] chosen = rows == null
                    ? reasons.highest(candidates(folder, dataset), top == null ? FEATURES_SHOWN : top)
                    : chosen(dataset);
            tell(folder, model, reasons.of(chosen), notes);
        }
        return 0;
    }

    private static void requirePositive(String flag, Integer number) {
        if (number != null && number < 1) {
            throw new UsageException(flag + " must be at least 1, not " + number + ".");
        }
    }

    /** All rows of a file, or those of the run's own that it did not train on. */
    private int[] candidates(RunFolder folder, Dataset dataset) throws IOException {
        return data == null
                ? folder.array(RunFolder.SPLIT, "test").ints()
                : IntStream.range(0, dataset.rows()).toArray();
    }

    private int[] chosen(Dataset dataset) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < dataset.rows(); i++) {
            places.put(dataset.rowNumber(i), i);
        }
        return NumberList.whole("--rows", rows).stream()
                .mapToInt(number -> {
                    Integer place = number > Integer.MAX_VALUE ? null : places.get(number.intValue());
                    if (place == null) {
                        throw new UsageException("--rows: there is no row " + number + "; the data have rows "
                                + dataset.rowNumber(0) + " to " + dataset.rowNumber(dataset.rows() - 1)
                                + (places.size() <= dataset.rowNumber(dataset.rows() - 1)
                                        ? ", without those that were left out for missing values."
                                        : "."));
                    }
                    return place;
                })
                .toArray();
    }

    private void tell(RunFolder folder, RunModel model, List<RowReasons.Reasoned> reasons, List<String> notes)
            throws IOException {
        RunMetrics.ThresholdUsed threshold = RunMetrics.read(folder).threshold();
        if (output.json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("format", "oddlens.explain/1");
            document.put("run", folder.path().toAbsolutePath().normalize().toString());
            document.put("method", model.contributionMethod());
            document.put("threshold", threshold);
            document.put("notes", notes);
            document.put(
                    "rows", reasons.stream().map(row -> shortened(row, show)).toList());
            console.json(document);
            return;
        }
        if (!output.quiet) {
            notes.forEach(note -> console.err().println("Note: " + note));
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        "Contributions by %s. Threshold %.4g (%s)%s%n",
                        model.contributionMethod(),
                        threshold.value(),
                        threshold.method(),
                        threshold.usesLabels() ? "  * uses labels" : "");
        reasons.forEach(row -> print(
                shortened(row, show == null ? (Integer) FEATURES_SHOWN : show),
                row.features().size()));
    }

    private static RowReasons.Reasoned shortened(RowReasons.Reasoned row, Integer most) {
        return most == null
                ? row
                : new RowReasons.Reasoned(
                        row.row(),
                        row.id(),
                        row.score(),
                        row.flagged(),
                        row.features().stream().limit(most).toList());
    }

    private void print(RowReasons.Reasoned row, int all) {
        String named = row.id().equals(String.valueOf(row.row())) ? "" : " (" + row.id() + ")";
        console.out()
                .printf(
                        Locale.ROOT,
                        "%nRow %d%s: score %.4g, %s%n  %-24s %14s %14s %7s%n",
                        row.row(),
                        named,
                        row.score(),
                        row.flagged() ? "flagged" : "not flagged",
                        "feature",
                        "value",
                        "contribution",
                        "share");
        for (RowReasons.Feature feature : row.features()) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "  %-24s %14s %14.4g %6.1f%%%n",
                            feature.name(),
                            feature.value() == null ? "missing" : String.format(Locale.ROOT, "%.6g", feature.value()),
                            feature.contribution(),
                            100 * feature.share());
        }
        if (row.features().size() < all) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "  and %,d more; --show %d shows all%n",
                            all - row.features().size(),
                            all);
        }
    }
}
