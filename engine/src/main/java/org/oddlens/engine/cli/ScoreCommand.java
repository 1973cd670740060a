package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.data.ImportedData;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunFolder;
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

    ScoreCommand(DetectorRegistry registry, OddlensHome home, Console console) {
        this.registry = registry;
        this.home = home;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(data)) {
            throw new UsageException("--data: there is no file " + data + ".");
        }
        RunFolder folder = home.find(run);
        try (RunModel model = RunModel.load(folder, registry)) {
            ImportedData imported =
                    Scoring.read(data, folder.readRecord().spec().data(), null);
            Scoring scoring = new Scoring(model);
            List<String> notes = imported.report().sentences();
            double[] scores = scoring.scores(imported.dataset());
            scoring.write(imported.dataset(), scores, out.toAbsolutePath());
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
                document.put("notes", notes);
                document.put("out", out.toAbsolutePath().normalize().toString());
                console.json(document);
            } else if (!output.quiet) {
                notes.forEach(note -> console.out().println("Note: " + note));
                console.out()
                        .printf(
                                Locale.ROOT,
                                "%,d rows scored, %,d at or above the threshold %.4g. Written: %s%n",
                                scores.length,
                                flagged,
                                model.threshold(),
                                out);
            }
        }
        return 0;
    }
}
