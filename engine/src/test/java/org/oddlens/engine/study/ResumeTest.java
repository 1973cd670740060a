package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.data.NpzWriter;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.autoencoder.Autoencoder;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.run.HyperparameterChange;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunLock;
import org.oddlens.engine.run.RunSpec;

/**
 * Runs that are cut anywhere and go on, in this process. 60 training rows in batches of 16 make 4 steps an epoch. What a
 * cut run must equal is the same run undisturbed: its weights, scores and metrics, bit by bit.
 */
class ResumeTest {

    private static final int STEPS_PER_EPOCH = 4;

    /** Everything with a state of its own: validation, plateau, patience, clipping, decay. */
    private static final Map<String, Object> STATEFUL = Map.of(
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

    @TempDir
    Path temp;

    private final RunExecution everyBatch = TestRuns.execution().checkpointing(new CheckpointInterval(1e-9, 0));
    private final List<RunEvent> heard = new ArrayList<>();
    private Path data;
    private int runs;

    @BeforeEach
    void writeData() throws IOException {
        data = TestRuns.data(temp);
    }

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

    /** Stopped in the middle of epoch 21: a repeat stops there too, and the last snapshot shows epoch 20, not the middle. */
    @Test
    void repeatsAStoppedRunToWhereItWasStopped() throws IOException {
        Map<String, Object> values = Map.of("epochs", 99, "batch-size", 16);
        RunControl control = new RunControl();
        control.stopAfter(20 * STEPS_PER_EPOCH + 2);
        Path folder = folder();
        TestRuns.execution().execute(TestRuns.spec(data, "normal-split", values), folder, control, event -> {});
        RunFolder run = new RunFolder(folder);
        Rerun.Result repeat = new Rerun(TestRuns.execution()).repeat(run, folder(), new RunControl(), event -> {});
        RunFolder whole = execute(TestRuns.spec(data, "normal-split", Map.of("epochs", 20, "batch-size", 16)));

        assertThat(repeat.identical()).isTrue();
        assertThat(repeat.end()).isEqualTo("stopped");
        assertThat(run.readEnd().orElseThrow().epoch()).isEqualTo(20);
        assertThat(NpyReader.read(run.scoresFile(20)).doubles())
                .containsExactly(NpyReader.read(whole.scoresFile(20)).doubles());
        assertThat(scores(run)).isNotEqualTo(scores(whole));
    }

    /** A run that goes on has no end yet, and scores of an earlier stop are not its scores. */
    @Test
    void refusesToRepeatARunThatHasNotEnded() throws IOException {
        RunFolder run =
                cut(TestRuns.spec(data, "normal-split", STATEFUL), 6, control -> control.stop(RunControl.Stop.KEEP));
        run.append(new RunEvent.Resumed("2026-01-30T14:22:35Z", 2, 1));

        assertThatThrownBy(() -> new Rerun(everyBatch).repeat(run, folder(), new RunControl(), event -> {}))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("has not ended");
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
        RunFolder run = cut(spec, 5, ResumeTest::fail);
        assertThat(run.state()).isEqualTo(RunFolder.State.FAILED);
        for (int again = 0; again < 2; again++) {
            RunControl control = new RunControl();
            everyBatch.resume(run, control, cutter(7, control, ResumeTest::fail));
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
        RunFolder run = cut(spec, 19, ResumeTest::fail);
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
    void keepsTheLastTwoCheckpoints() throws IOException {
        RunFolder run = cut(TestRuns.spec(data, "normal-split", STATEFUL), 10, ResumeTest::fail);

        assertThat(checkpoints(run)).containsExactly("checkpoint-000000000006.npz", "checkpoint-000000000007.npz");
        assertThat(Files.list(run.path())).noneMatch(file -> file.toString().endsWith(".part"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "flipped", "emptied", "swapped", "altered"})
    void usesTheCheckpointBeforeOneThatIsTornOrDamaged(String how) throws IOException {
        RunSpec spec = TestRuns.spec(data, "normal-split", STATEFUL);
        RunFolder whole = execute(spec);
        RunFolder run = cut(spec, 10, ResumeTest::fail);
        Path newest = run.file("checkpoint-000000000007.npz");
        byte[] bytes = Files.readAllBytes(newest);
        switch (how) {
            case "cut" -> Files.write(newest, java.util.Arrays.copyOf(bytes, bytes.length * 2 / 3));
            case "emptied" -> Files.write(newest, new byte[0]);
            case "altered" -> alter(newest);
            case "swapped" -> Files.writeString(newest, "no archive at all");
            default -> {
                bytes[bytes.length / 2] ^= 1;
                Files.write(newest, bytes);
            }
        }
        RunExecution.Resumed resumed = resume(run);

        assertThat(of(RunEvent.Resumed.class).get(0).fromStep()).isZero(); // 6 steps of 3 an epoch instead of 7
        assertThat(of(RunEvent.Warning.class))
                .anySatisfy(warning -> assertThat(warning.text()).contains("000000000007.npz"));
        assertThat(resumed.fromEpoch()).isEqualTo(3);
        assertSame(whole, run);
    }

    /** A sound archive with another number in it: only the checksum over all arrays tells. */
    private static void alter(Path file) throws IOException {
        Map<String, NpyArray> arrays = NpyReader.readAll(file);
        try (NpzWriter out = new NpzWriter(file)) {
            for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
                int[] shape = array.getValue().shape();
                if (array.getValue().data() instanceof float[] floats) {
                    floats[0] += 1;
                    out.add(array.getKey(), floats, shape);
                } else if (array.getValue().data() instanceof double[] doubles) {
                    out.add(array.getKey(), doubles, shape);
                } else {
                    out.add(array.getKey(), array.getValue().ints(), shape);
                }
            }
        }
    }

    @Test
    void startsAgainWithoutACheckpoint() throws IOException {
        RunSpec spec = TestRuns.spec(data, "normal-split", STATEFUL);
        RunFolder whole = execute(spec);
        RunFolder run = cut(spec, 6, ResumeTest::fail);
        for (String name : checkpoints(run)) {
            Files.delete(run.file(name));
        }
        RunExecution.Resumed resumed = resume(run);

        assertThat(resumed.fromEpoch()).isZero();
        assertSame(whole, run);
        assertThat(epochs(run)).isEqualTo(epochs(whole));
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
        RunFolder run = cut(TestRuns.spec(data, "normal-split", STATEFUL), 6, ResumeTest::fail);
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
        RunFolder run = cut(spec, 12, ResumeTest::fail);
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
        explosive.execute(spec, cut, control, cutter(13, control, ResumeTest::fail));
        RunEvent.Ended ended =
                explosive.resume(new RunFolder(cut), control, event -> {}).ended();

        assertThat(ended.end()).isEqualTo(RunEnd.DIVERGED);
        assertSame(new RunFolder(whole), new RunFolder(cut));
        assertThatThrownBy(() -> explosive.resume(new RunFolder(cut), control, event -> {}))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("diverged, and going on would repeat that");
    }

    // ---- live changes ----

    private static final List<HyperparameterChange> CHANGES = List.of(
            new HyperparameterChange(1, "grad-clip", 1),
            new HyperparameterChange(3, "learning-rate", 0.002),
            new HyperparameterChange(5, "entropy-weight", 0.1),
            new HyperparameterChange(5, "batch-size", 24),
            new HyperparameterChange(8, "entropy-weight", 0),
            new HyperparameterChange(9, "weight-decay", 0.1));

    private RunSpec memAe(List<HyperparameterChange> changes) {
        return TestRuns.of(
                        "memae",
                        TestRuns.spec(data, "normal-split", Map.of("epochs", 10, "batch-size", 16, "grad-clip", 5)))
                .withChanges(changes);
    }

    /** Each change alone leads elsewhere: none is without effect. */
    @Test
    void feelsEveryChange() throws IOException {
        double[] plain = scores(execute(memAe(List.of())));
        for (HyperparameterChange change : CHANGES) {
            HyperparameterChange strong = change.key().equals("grad-clip")
                    ? new HyperparameterChange(1, "grad-clip", 0.001)
                    : change.epoch() == 8 ? new HyperparameterChange(2, "entropy-weight", 0) : change;
            assertThat(scores(execute(memAe(List.of(strong)))))
                    .as(strong.toString())
                    .isNotEqualTo(plain);
        }
    }

    @Test
    void recordsChangesWithTheirStep() throws IOException {
        RunFolder run = execute(memAe(CHANGES));

        assertThat(run.readEvents().stream()
                        .filter(RunEvent.Change.class::isInstance)
                        .map(RunEvent.Change.class::cast)
                        .map(change -> change.epoch() + ":" + change.step() + ":" + change.key() + " " + change.from()
                                + ">" + change.to()))
                .containsExactly(
                        "1:0:grad-clip 5.0>1.0",
                        "3:8:learning-rate 0.001>0.002",
                        "5:16:batch-size 16>24",
                        "5:16:entropy-weight 2.0E-4>0.1",
                        "8:25:entropy-weight 0.1>0.0", // three steps an epoch by now
                        "9:28:weight-decay 0.01>0.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 11, 12, 21, 22, 23, 31, 36})
    void makesItsChangesAgainWhenItGoesOn(int checkpoint) throws IOException {
        RunFolder whole = execute(memAe(CHANGES));
        RunFolder run = cut(memAe(CHANGES), checkpoint, ResumeTest::fail);
        resume(run);

        assertSame(whole, run);
        assertThat(epochs(run)).isEqualTo(epochs(whole));
    }

    /** Wished while it trains, recorded, and made again by a repeat and by going on from before the change. */
    @Test
    void repeatsChangesThatWereMadeWhileItTrained() throws IOException {
        RunControl control = new RunControl();
        Path folder = folder();
        TestRuns.execution().execute(memAe(List.of()), folder, control, event -> {
            if (event instanceof RunEvent.Epoch epoch && epoch.epoch() == 2) {
                control.change("learning-rate", 0.5);
                control.change("learning-rate", 0.01);
                control.change("entropy-weight", 0.05);
            }
            if (event instanceof RunEvent.Epoch epoch && epoch.epoch() == 6) {
                control.change("batch-size", 10);
            }
        });
        RunFolder run = new RunFolder(folder);
        Rerun.Result repeat = new Rerun(TestRuns.execution()).repeat(run, folder(), new RunControl(), event -> {});

        assertThat(run.readChanges(List.of()))
                .isEqualTo(
                        Map.of(3, Map.of("learning-rate", 0.01, "entropy-weight", 0.05), 7, Map.of("batch-size", 10)));
        assertThat(repeat.identical()).isTrue();
        assertThat(scores(run)).isNotEqualTo(scores(execute(memAe(List.of()))));

        // As if it had died at its last step without a checkpoint, it starts again and makes the same changes.
        Files.write(
                run.file(RunFolder.EVENTS),
                Files.readAllLines(run.file(RunFolder.EVENTS)).stream()
                        .filter(line -> !line.contains("\"ended\""))
                        .toList());
        double[] before = scores(run);
        assertThat(resume(run).fromEpoch()).isZero();
        assertThat(scores(run)).containsExactly(before);
    }

    /** What the data cannot bear is said, and the run goes on as it was. */
    @Test
    void goesOnUnchangedWhereAChangeDoesNotFitTheData() throws IOException {
        Map<String, Object> values = Map.of("epochs", 4, "batch-size", 16, "drop-last", true);
        RunSpec spec = TestRuns.spec(data, "normal-split", values);
        RunFolder plain = execute(spec);
        RunFolder run = execute(spec.withChanges(List.of(new HyperparameterChange(3, "batch-size", 1000))));

        assertThat(run.state()).isEqualTo(RunFolder.State.COMPLETED);
        assertThat(of(RunEvent.Warning.class)).anySatisfy(warning -> assertThat(warning.text())
                .contains("Nothing was changed before epoch 3")
                .contains("1000 is larger than the 60 training rows"));
        assertThat(scores(run)).containsExactly(scores(plain));
    }

    @Test
    void refusesAChangeThatCannotBeBeforeThereIsARun() {
        Map<HyperparameterChange, String> wrong = new HashMap<>();
        wrong.put(new HyperparameterChange(1, "memory-size", 5), "cannot change while a run trains");
        wrong.put(new HyperparameterChange(1, "no-such", 5), "no hyperparameter 'no-such'");
        wrong.put(new HyperparameterChange(1, "learning-rate", 7), "must be a number from 1e-7 to 1");
        wrong.put(new HyperparameterChange(11, "learning-rate", 0.1), "not among the 10 epochs");
        wrong.put(new HyperparameterChange(0, "learning-rate", 0.1), "not among the 10 epochs");

        wrong.forEach((change, sentence) -> assertThatThrownBy(
                        () -> RunPlan.of(memAe(List.of(change)), DetectorRegistry.installed()))
                .as(change.toString())
                .hasMessageContaining(sentence));
    }

    // ---- ----

    private static void fail(RunControl control) {
        throw new Error("the process dies here");
    }

    /** Does something at a checkpoint, the first being number 1. */
    private static Consumer<RunEvent> cutter(int number, RunControl control, Consumer<RunControl> cut) {
        int[] seen = new int[1];
        return event -> {
            if (event instanceof RunEvent.Checkpoint && ++seen[0] == number) {
                cut.accept(control);
            }
        };
    }

    private RunFolder cut(RunSpec spec, int checkpoint, Consumer<RunControl> cut) throws IOException {
        RunControl control = new RunControl();
        Path folder = folder();
        everyBatch.execute(spec, folder, control, cutter(checkpoint, control, cut));
        return new RunFolder(folder);
    }

    private RunExecution.Resumed resume(RunFolder run) throws IOException {
        heard.clear();
        RunExecution.Resumed resumed = TestRuns.execution().resume(run, new RunControl(), heard::add);
        assertThat(resumed.ended().message()).contains("epoch");
        assertThat(run.state()).isIn(RunFolder.State.COMPLETED, RunFolder.State.EARLY_STOPPED);
        return resumed;
    }

    private RunFolder execute(RunSpec spec) throws IOException {
        heard.clear();
        Path folder = folder();
        TestRuns.execution().execute(spec, folder, new RunControl(), heard::add);
        return new RunFolder(folder);
    }

    private Path folder() {
        return temp.resolve("run-" + ++runs);
    }

    private <T extends RunEvent> List<T> of(Class<T> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static List<String> checkpoints(RunFolder run) {
        return java.util.Arrays.stream(run.path().toFile().list())
                .filter(name -> name.startsWith("checkpoint-"))
                .sorted()
                .toList();
    }

    private static double[] scores(RunFolder run) {
        return NpyReader.read(run.file(RunFolder.FINAL_SCORES)).doubles();
    }

    /** Number, steps, losses and rate of each epoch; times differ. */
    private static List<String> epochs(RunFolder run) throws IOException {
        return run.readEvents().stream()
                .filter(RunEvent.Epoch.class::isInstance)
                .map(RunEvent.Epoch.class::cast)
                .map(epoch -> epoch.epoch() + " " + epoch.steps() + " " + epoch.terms() + " " + epoch.validation() + " "
                        + epoch.learningRate())
                .toList();
    }

    private static void assertSame(RunFolder expected, RunFolder actual) throws IOException {
        Map<String, NpyArray> weights = NpyReader.readAll(expected.file(RunFolder.MODEL));
        Map<String, NpyArray> found = NpyReader.readAll(actual.file(RunFolder.MODEL));
        assertThat(found.keySet()).isEqualTo(weights.keySet());
        weights.forEach(
                (name, array) -> assertThat(found.get(name).floats()).as(name).containsExactly(array.floats()));
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
