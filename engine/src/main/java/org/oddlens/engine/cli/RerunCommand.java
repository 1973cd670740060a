package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.FinalFiles;
import org.oddlens.engine.study.Rerun;
import org.oddlens.engine.study.RunExecution;
import org.oddlens.engine.study.RunMetrics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code oddlens rerun}: repeats a run and compares the scores bit by bit. */
@Command(
        name = "rerun",
        description = {
            "Repeats a run from its record and compares the final scores bit by bit.",
            "Exit code 1 if they differ on a machine of the same kind."
        })
final class RerunCommand implements Callable<Integer> {

    private final OddlensHome home;
    private final RunExecution execution;
    private final Console console;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "RUN", description = "A run folder, or the beginning of a run's id.")
    private String run;

    @Option(names = "--out", paramLabel = "DIR", description = "Folder of the repeat; default: a new one.")
    private Path out;

    @Mixin
    private MovedData moved;

    RerunCommand(OddlensHome home, RunExecution execution, Console console) {
        this.home = home;
        this.execution = execution;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        RunFolder original = home.find(run);
        RunSpec spec = moved.of(original, original.readRecord().spec());
        Path folder =
                out != null ? OutputFolder.require("--out", out) : home.newRun(spec.detector(), LocalDateTime.now());
        if (!output.quiet && !output.json && RunMetrics.read(original).sha256() == null) {
            console.err().println("Note: " + new FinalFiles(original).unchecked());
        }
        Rerun.Result result;
        try (Progress progress = new Progress(console, output.quiet || output.json);
                InterruptibleRun repeat = new InterruptibleRun()) {
            result = new Rerun(execution).repeat(original, spec, folder, repeat.control(), progress::show);
        }
        if (output.json) {
            console.json(document(original, result));
        } else {
            console.out().println(sentence(result));
            console.out().println("Run: " + folder.toAbsolutePath().normalize());
        }
        return result.asPromised() ? 0 : 1;
    }

    private static Map<String, Object> document(RunFolder original, Rerun.Result result) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", "oddlens.rerun/1");
        document.put("original", original.path().toAbsolutePath().normalize().toString());
        document.put("run", result.folder().toAbsolutePath().normalize().toString());
        document.put("identical", result.identical());
        document.put("sameMachine", result.sameMachine());
        document.put("rows", result.rows());
        document.put("differing", result.differing());
        document.put("largestDifference", result.largestDifference());
        document.put("end", result.end());
        return document;
    }

    private static String sentence(Rerun.Result result) {
        if (result.identical()) {
            return "All " + result.rows() + " scores have the same bits.";
        }
        String difference = String.format(
                Locale.ROOT,
                "%d of %d scores differ, the largest difference is %.3g.",
                result.differing(),
                result.rows(),
                result.largestDifference());
        return result.sameMachine()
                ? difference + " The machine is of the same kind, so they should be identical: please report this."
                : difference + " The run was made on another kind of machine, where other last bits are expected.";
    }
}
