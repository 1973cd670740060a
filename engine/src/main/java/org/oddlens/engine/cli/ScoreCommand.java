package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.ImportedData;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.OutputFile;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.study.FinalFiles;
import org.oddlens.engine.study.RunModel;
import org.oddlens.engine.study.Scoring;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code oddlens score}: scores a file with the model of a run. */
@Command(name = "score", description = "Scores every row of a file with the model of a run.")
final class ScoreCommand implements Callable<Integer> {

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

    @Option(names = "--data", required = true, paramLabel = "FILE", description = "Rows to score.")
    private Path data;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "CSV",
            description = "File to write: row, score, anomaly; label, id, time and context where the data have them.")
    private Path out;

    @Mixin
    private OverwriteFlag overwrite;

    @Mixin
    private NewDataFlags newData;

    @Option(
            names = "--id",
            paramLabel = "COLUMN",
            description = "Column that names the rows, or 'none'; default: the run's, else a guess.")
    private String id;

    ScoreCommand(DetectorRegistry registry, OddlensHome home, Console console) {
        this.registry = registry;
        this.home = home;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        InputFiles.require("--data", data);
        newData.policy();
        RunFolder folder = home.find(run);
        OutputFile file = overwrite.file(out).not("the data to score", data);
        for (Path part : folder.parts()) {
            file.not("the run", part);
        }
        OverwriteFlag.require("--out", file);
        FinalFiles files = new FinalFiles(folder);
        boolean checked = !Files.exists(folder.file(RunFolder.MODEL)) || files.check(RunFolder.MODEL);
        try (RunModel model = RunModel.load(folder, registry)) {
            ImportedData imported =
                    newData.read(data, folder.readRecord().spec().data(), id);
            Scoring scoring = new Scoring(model);
            double[] scores = scoring.scores(imported.dataset());
            scoring.write(imported.dataset(), scores, file);
            List<String> notes = new ArrayList<>(imported.report().sentences());
            unranked(imported.dataset(), scores).ifPresent(notes::add);
            if (!checked) {
                notes.add(files.unchecked());
            }
            if (!output.json && !output.quiet) {
                notes.forEach(note -> console.err().println("Note: " + note));
            }
            int flagged = 0;
            for (double score : scores) {
                flagged += score >= model.threshold() ? 1 : 0;
            }
            if (output.json) {
                Map<String, Object> document = new LinkedHashMap<>();
                document.put("format", "oddlens.score/1");
                document.put("rows", scores.length);
                document.put("threshold", model.threshold());
                document.put("flagged", flagged);
                document.put("missing", imported.spec().missing().id());
                document.put("notes", notes);
                document.put("out", out.toAbsolutePath().normalize().toString());
                console.json(document);
            } else if (!output.quiet) {
                console.out()
                        .printf(
                                Locale.ROOT,
                                "%,d %s scored, %,d at or above the threshold %.4g. Written: %s%n",
                                scores.length,
                                scores.length == 1 ? "row" : "rows",
                                flagged,
                                model.threshold(),
                                out);
            }
        }
        return 0;
    }

    /** Rows that got no number: they are not flagged, and that says nothing about them. */
    private static Optional<String> unranked(Dataset dataset, double[] scores) {
        int[] without = IntStream.range(0, scores.length)
                .filter(i -> Double.isNaN(scores[i]))
                .toArray();
        return without.length == 0
                ? Optional.empty()
                : Optional.of(without.length + (without.length == 1 ? " row has" : " rows have")
                        + " no score, the first with id " + dataset.rowId(without[0])
                        + ": their values are too far from those trained on to compute with. They are not flagged.");
    }
}
