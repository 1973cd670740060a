package org.oddlens.engine.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.study.RunExecution;
import org.oddlens.engine.study.RunMetrics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code oddlens resume}: goes on with an interrupted, stopped or failed run. */
@Command(
        name = "resume",
        description = {
            "Goes on with an interrupted or stopped run from its last checkpoint, to the same bits as if nothing had"
                    + " happened.",
            "Without a checkpoint the run starts again. A run that is complete stays as it is."
        })
final class ResumeCommand implements Callable<Integer> {

    static final String FORMAT = "oddlens.resume/1";

    private final OddlensHome home;
    private final RunExecution execution;
    private final Console console;

    @Mixin
    private Output output;

    @Mixin
    private CheckpointOptions checkpoints;

    @Parameters(paramLabel = "RUN", description = "A run folder, or the beginning of a run's id.")
    private String run;

    ResumeCommand(OddlensHome home, RunExecution execution, Console console) {
        this.home = home;
        this.execution = execution;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        RunFolder folder = home.find(run);
        RunExecution.Resumed resumed;
        try (Progress progress = new Progress(console, output.quiet || output.json);
                InterruptibleRun going = new InterruptibleRun()) {
            resumed = execution
                    .checkpointing(checkpoints.interval())
                    .resume(folder, going.control(), event -> show(event, progress));
        }
        RunEvent.Ended ended = resumed.ended();
        if (!ended.end().keepsModel() || !Files.exists(folder.file(RunFolder.METRICS))) {
            throw new IllegalStateException(
                    "The run " + (ended.end() == RunEnd.FAILED ? "failed. " : "was discarded. ") + ended.message());
        }
        RunMetrics metrics = RunMetrics.read(folder);
        if (output.json) {
            console.json(document(folder, metrics, resumed));
        } else {
            if (resumed.endedBefore()) {
                console.out().println("Run " + folder.id() + " is complete; there is nothing to resume.");
            }
            new MetricsTable(console).print(metrics, folder.path());
        }
        return ended.end() == RunEnd.DIVERGED ? 1 : 0;
    }

    private void show(RunEvent event, Progress progress) {
        progress.show(event);
        if (event instanceof RunEvent.Resumed from && !output.quiet && !output.json) {
            console.err()
                    .println(
                            from.fromEpoch() == 0
                                    ? "Starts again: there is no checkpoint."
                                    : "Goes on in epoch " + from.fromEpoch() + " after " + from.fromStep()
                                            + " of its steps.");
        }
    }

    private static Map<String, Object> document(RunFolder folder, RunMetrics metrics, RunExecution.Resumed resumed)
            throws IOException {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("resumed_from_epoch", resumed.endedBefore() ? null : (Integer) resumed.fromEpoch());
        document.put("steps_executed", resumed.stepsExecuted());
        TrainDocument trained = TrainDocument.of(folder.readRecord(), metrics, folder.path());
        new ObjectMapper()
                .convertValue(trained, new TypeReference<LinkedHashMap<String, Object>>() {})
                .forEach(document::putIfAbsent);
        return document;
    }
}
