package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.autoencoder.Autoencoder;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunLock;
import org.oddlens.engine.run.RunSpec;

/** Runs that go on where they were cut, wherever that was. */
class ResumeTest extends CutRuns {

    @ParameterizedTest
    @CsvSource({
        "autoencoder, 1",
        "autoencoder, 2",
        "autoencoder, 7",
        "autoencoder, 17",
        "autoencoder, 30",
        "memae, 3",
        "memae, 12",
        "memae, 29",
        "deep-svdd, 5",
        "deep-svdd, 22",
        "dsebm, 1",
        "dsebm, 22",
        "dagmm, 1",
        "dagmm, 12",
        "dagmm, 29",
        "som-dagmm, 1",
        "som-dagmm, 17",
        "duad, 1",
        "duad, 16",
        "duad, 22",
        "neutral-ad, 3",
        "neutral-ad, 17",
        "alad, 3",
        "alad, 12",
        "alad, 29"
    })
    void goesOnToTheSameBitsWhereverItWasStopped(String detector, int checkpoint) throws IOException {
        RunSpec spec = TestRuns.of(detector, TestRuns.spec(data, "normal-split", STATEFUL));
        RunFolder whole = execute(spec);
        RunFolder run = cut(spec, checkpoint, control -> control.stop(RunControl.Stop.KEEP));
        assertThat(run.state()).isEqualTo(RunFolder.State.STOPPED);

        RunExecution.Resumed resumed = resume(run);

        assertThat(resumed.fromEpoch()).isPositive();
        assertThat(resumed.stepsExecuted()).isPositive();
        assertSame(whole, run);
    }

    /** In every phase of a training that has phases: pretraining, warm-up, and behind them. */
    @ParameterizedTest
    @CsvSource({
        "deep-svdd, 2, pretrain-epochs=4 objective=soft-boundary warm-up=3",
        "deep-svdd, 19, pretrain-epochs=4 objective=soft-boundary warm-up=3",
        "deep-svdd, 38, pretrain-epochs=4 objective=soft-boundary warm-up=3",
        "drocc, 6, warm-up=3 radius=0.7",
        "drocc, 21, warm-up=3 radius=0.7"
    })
    void goesOnInEveryPhase(String detector, int checkpoint, String settings) throws IOException {
        Map<String, Object> values = new HashMap<>(Map.of("epochs", 8, "batch-size", 16, "grad-clip", 0.5));
        values.putAll(Preset.of("test", "", null, settings.split(" ")).values());
        RunSpec spec = TestRuns.of(detector, TestRuns.spec(data, "normal-split", values));
        RunFolder whole = execute(spec);
        RunFolder run = cut(spec, checkpoint, control -> control.stop(RunControl.Stop.KEEP));
        RunExecution.Resumed resumed = resume(run);

        assertThat(resumed.stepsExecuted()).isPositive();
        assertSame(whole, run);
    }

    /** A rate far too high gains nothing, so the plateau falls after 11 epochs, and again; its count goes on where it was,
     * and an epoch cut short is not counted twice. */
    @ParameterizedTest
    @ValueSource(ints = {18, 60, 91})
    void goesOnWithThePlateauItHadReached(int checkpoint) throws IOException {
        Map<String, Object> values = Map.of(
                "epochs",
                40,
                "batch-size",
                16,
                "learning-rate",
                0.5,
                "min-learning-rate",
                1e-6,
                "schedule",
                "plateau",
                "validation-share",
                0.2);
        RunSpec spec = TestRuns.spec(data, "normal-split", values);
        RunFolder whole = execute(spec);
        assertThat(of(RunEvent.Epoch.class).stream()
                        .map(RunEvent.Epoch::learningRate)
                        .distinct())
                .as("rates, null before the first epoch")
                .hasSizeGreaterThan(3);
        RunFolder run = cut(spec, checkpoint, control -> control.stop(RunControl.Stop.KEEP));
        resume(run);

        assertThat(epochs(run)).isEqualTo(epochs(whole));
        assertSame(whole, run);
    }

    /** Cut three times, once in the middle of what was resumed. */
    @Test
    void goesOnAgainAndAgain() throws IOException {
        RunSpec spec = TestRuns.spec(data, "normal-split", STATEFUL);
        RunFolder whole = execute(spec);
        RunFolder run = cut(spec, 5, CutRuns::fail);
        assertThat(run.state()).isEqualTo(RunFolder.State.FAILED);
        for (int again = 0; again < 2; again++) {
            RunControl control = new RunControl();
            everyBatch.resume(run, control, cutter(7, control, CutRuns::fail));
        }
        RunExecution.Resumed resumed = resume(run);

        assertThat(resumed.fromEpoch()).isEqualTo(5);
        assertSame(whole, run);
        assertThat(epochs(run)).isEqualTo(epochs(whole));
    }

    /** 12 epochs of 4 steps; the checkpoint before the 19th batch knows 18 of them. */
    @Test
    void countsTheStepsItHasLeft() throws IOException {
        RunSpec spec = TestRuns.spec(data, "normal-split", Map.of("epochs", 12, "batch-size", 16));
        RunFolder run = cut(spec, 19, CutRuns::fail);
        RunExecution.Resumed resumed = resume(run);
        int done = stepsAt(19);

        assertThat(resumed.fromEpoch()).isEqualTo(done / STEPS_PER_EPOCH + 1);
        assertThat(resumed.stepsExecuted()).isEqualTo(12 * STEPS_PER_EPOCH - done);
        assertThat(of(RunEvent.Resumed.class))
                .singleElement()
                .isEqualTo(new RunEvent.Resumed(
                        of(RunEvent.Resumed.class).get(0).time(), resumed.fromEpoch(), done % STEPS_PER_EPOCH));
        assertThat(epochs(run)).hasSize(13);
    }

    /** Each epoch but the last brings a checkpoint at its end, besides one before each of its batches. */
    private static int stepsAt(int checkpoint) {
        int epoch = (checkpoint - 1) / (STEPS_PER_EPOCH + 1);
        return epoch * STEPS_PER_EPOCH + (checkpoint - 1) % (STEPS_PER_EPOCH + 1);
    }

    @Test
    void hasNothingToDoWhereARunIsComplete() throws IOException {
        RunFolder run = execute(TestRuns.spec(data, "normal-split", Map.of()));
        byte[] events = Files.readAllBytes(run.file(RunFolder.EVENTS));
        RunExecution.Resumed resumed = everyBatch.resume(run, new RunControl(), heard::add);

        assertThat(resumed.endedBefore()).isTrue();
        assertThat(resumed.ended().end()).isEqualTo(RunEnd.COMPLETED);
        assertThat(Files.readAllBytes(run.file(RunFolder.EVENTS))).isEqualTo(events);
    }

    @Test
    void refusesWhatWasDiscardedAndKeepsNoCheckpointOfIt() throws IOException {
        RunFolder run =
                cut(TestRuns.spec(data, "normal-split", STATEFUL), 6, control -> control.stop(RunControl.Stop.DISCARD));

        assertThat(checkpoints(run)).isEmpty();
        assertThatThrownBy(() -> resume(run))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("discarded");
    }

    @Test
    void refusesARunThatIsBeingWritten() throws IOException {
        RunFolder run = cut(TestRuns.spec(data, "normal-split", STATEFUL), 6, CutRuns::fail);
        RunLock lock = run.lock();

        assertThatThrownBy(() -> resume(run))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("being written");
        lock.close();
        resume(run);
    }

    /** Snapshots taken after the point of resuming belong to epochs that are trained again. */
    @Test
    void leavesNoSnapshotOfAnEpochThatIsTrainedAgain() throws IOException {
        RunSpec spec = TestRuns.spec(data, "normal-split", Map.of("epochs", 3, "batch-size", 16));
        RunFolder run = cut(spec, 12, CutRuns::fail);
        run.writeSnapshot(3, new double[] {1}, Map.of(), Map.of());
        run.writeSnapshot(77, new double[] {1}, Map.of(), Map.of());
        resume(run);

        assertThat(run.snapshots()).contains(0, 1, 3).doesNotContain(77);
        assertThat(NpyReader.read(run.scoresFile(3)).size()).isGreaterThan(1);
    }

    /** Taken up in the middle of an epoch that then diverges, the run goes back to the epoch before, not to the middle. */
    @Test
    void goesBackToTheLastWholeEpochWhereItDivergesAfterGoingOn() throws IOException {
        RunExecution explosive = new RunExecution(
                        new DetectorRegistry(List.of(new ScoresExplode(new Autoencoder(), 3))),
                        () -> new MachineKind("processor", "system", "java", "blas", Map.of()),
                        Clock.systemUTC())
                .checkpointing(new CheckpointInterval(1e-9, 0));
        RunSpec spec = TestRuns.spec(data, "normal-split", Map.of("epochs", 9, "batch-size", 16));
        Path whole = folder();
        explosive.execute(spec, whole, new RunControl(), heard::add);
        RunControl control = new RunControl();
        Path cut = folder();
        explosive.execute(spec, cut, control, cutter(13, control, CutRuns::fail));
        RunEvent.Ended ended =
                explosive.resume(new RunFolder(cut), control, event -> {}).ended();

        assertThat(ended.end()).isEqualTo(RunEnd.DIVERGED);
        assertSame(new RunFolder(whole), new RunFolder(cut));
        assertThatThrownBy(() -> explosive.resume(new RunFolder(cut), control, event -> {}))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("diverged, and going on would repeat that");
    }
}
