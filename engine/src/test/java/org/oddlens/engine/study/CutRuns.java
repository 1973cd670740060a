package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunSpec;

/**
 * Runs that are cut anywhere and go on. 60 training rows in batches of 16 make 4 steps an epoch. What a cut run must equal
 * is the same run undisturbed: its weights, scores and metrics, bit by bit.
 */
abstract class CutRuns extends HeardRuns {

    static final int STEPS_PER_EPOCH = 4;

    /** Everything with a state of its own: validation, plateau, patience, clipping, decay. */
    static final Map<String, Object> STATEFUL = Map.of(
            "epochs",
            12,
            "batch-size",
            16,
            "learning-rate",
            0.05,
            "schedule",
            "plateau",
            "validation-share",
            0.2,
            "patience",
            5,
            "grad-clip",
            0.5,
            "weight-decay",
            0.01);

    /** Writes a checkpoint before every batch. */
    final RunExecution everyBatch = TestRuns.execution().checkpointing(new CheckpointInterval(1e-9, 0));

    static void fail(RunControl control) {
        throw new Error("the process dies here");
    }

    /** Does something at a checkpoint, the first being number 1. */
    static Consumer<RunEvent> cutter(int number, RunControl control, Consumer<RunControl> cut) {
        int[] seen = new int[1];
        return event -> {
            if (event instanceof RunEvent.Checkpoint && ++seen[0] == number) {
                cut.accept(control);
            }
        };
    }

    RunFolder cut(RunSpec spec, int checkpoint, Consumer<RunControl> cut) throws IOException {
        RunControl control = new RunControl();
        Path folder = folder();
        everyBatch.execute(spec, folder, control, cutter(checkpoint, control, cut));
        return new RunFolder(folder);
    }

    RunExecution.Resumed resume(RunFolder run) throws IOException {
        heard.clear();
        RunExecution.Resumed resumed = execution.resume(run, new RunControl(), heard::add);
        assertThat(resumed.ended().message()).contains("epoch");
        assertThat(run.state()).isIn(RunFolder.State.COMPLETED, RunFolder.State.EARLY_STOPPED);
        return resumed;
    }

    static List<String> checkpoints(RunFolder run) {
        return Arrays.stream(run.path().toFile().list())
                .filter(name -> name.startsWith("checkpoint-"))
                .sorted()
                .toList();
    }

    /** Number, steps, losses and rate of each epoch; times differ. */
    static List<String> epochs(RunFolder run) throws IOException {
        return run.readEvents().stream()
                .filter(RunEvent.Epoch.class::isInstance)
                .map(RunEvent.Epoch.class::cast)
                .map(epoch -> epoch.epoch() + " " + epoch.steps() + " " + epoch.terms() + " " + epoch.validation() + " "
                        + epoch.learningRate())
                .toList();
    }

    static void assertSame(RunFolder expected, RunFolder actual) throws IOException {
        assertSameWeights(expected, actual);
        assertThat(scores(actual)).containsExactly(scores(expected));
        RunMetrics wanted = new RunJson().read(expected.file(RunFolder.METRICS), RunMetrics.class);
        RunMetrics metrics = new RunJson().read(actual.file(RunFolder.METRICS), RunMetrics.class);
        assertThat(metrics.metrics()).isEqualTo(wanted.metrics());
        assertThat(metrics.baselines()).isEqualTo(wanted.baselines());
        assertThat(metrics.loss()).isEqualTo(wanted.loss());
        assertThat(metrics.threshold()).isEqualTo(wanted.threshold());
        assertThat(metrics.epochs()).isEqualTo(wanted.epochs());
        assertThat(metrics.end()).isEqualTo(wanted.end());
    }
}
