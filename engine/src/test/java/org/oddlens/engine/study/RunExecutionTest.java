package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.data.NpzWriter;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.run.RunSpec;

/** What a run leaves behind, however it ends. */
class RunExecutionTest extends HeardRuns {

    @ParameterizedTest
    @ValueSource(strings = {"autoencoder", "memae"})
    void recordsAWholeRun(String detector) throws IOException {
        RunFolder run = execute(TestRuns.of(detector, TestRuns.spec(data, "normal-split", Map.of())));

        assertThat(run.state()).isEqualTo(RunFolder.State.COMPLETED);
        assertThat(Files.list(run.path()).map(file -> file.getFileName().toString()))
                .contains(
                        "run.json",
                        "events.jsonl",
                        "split.npz",
                        "metrics.json",
                        "model.zip",
                        "log.txt",
                        "latent",
                        "scores");
        assertThat(run.snapshots()).startsWith(0, 1).endsWith(3);
        assertThat(of(RunEvent.Epoch.class).stream().map(RunEvent.Epoch::epoch)).containsExactly(0, 1, 2, 3);
        assertThat(of(RunEvent.Phase.class).stream().map(RunEvent.Phase::phase))
                .containsExactly("loading", "training", "scoring");
        assertThat(heard).last().isInstanceOf(RunEvent.Ended.class);
        assertThat(run.readEvents()).isEqualTo(heard);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lof", "oc-svm", "rec-forest"})
    void recordsARunThatIsSolvedInOneGo(String detector) throws IOException {
        RunFolder run = execute(solved(detector));

        assertThat(run.state()).isEqualTo(RunFolder.State.COMPLETED);
        assertThat(run.snapshots()).containsExactly(0, 1);
        assertThat(Files.exists(run.file(RunFolder.MODEL))).isTrue();
    }

    /** Before its end there is nothing to keep, and a model of zeros must not pass for one. */
    @ParameterizedTest
    @ValueSource(strings = {"lof", "oc-svm", "rec-forest"})
    void keepsNothingOfAStoppedRunThatIsSolvedInOneGo(String detector) throws IOException {
        RunControl control = new RunControl();
        control.stop(RunControl.Stop.KEEP);
        Path folder = folder();

        RunEvent.Ended ended = execution.execute(solved(detector), folder, control, heard::add);

        assertThat(ended.end()).isEqualTo(RunEnd.DISCARDED);
        assertThat(Files.exists(folder.resolve(RunFolder.MODEL))).isFalse();
        assertThat(warnings("nothing-kept")).singleElement().asString().contains("solved in one go");
    }

    private RunSpec solved(String detector) {
        RunSpec plain = TestRuns.spec(data, "normal-split", Map.of());
        return new RunSpec(plain.data(), plain.protocol(), null, detector, null, Map.of(), null, 42, null, null, 1);
    }

    @Test
    void writesItsRecordWithEveryDefaultBeforeTheFirstEpoch() throws IOException {
        List<RunRecord> seen = new ArrayList<>();
        Path folder = folder();
        execution.execute(TestRuns.spec(data, "alternate", Map.of()), folder, new RunControl(), event -> {
            if (event instanceof RunEvent.Epoch && seen.isEmpty()) {
                seen.add(record(folder));
            }
        });
        RunSpec spec = seen.get(0).spec();

        assertThat(spec.scaler()).isEqualTo("min-max");
        assertThat(spec.preset()).isEqualTo("default");
        assertThat(spec.threshold()).isEqualTo("percentile:95");
        assertThat(spec.device()).isEqualTo("cpu");
        assertThat(spec.executor()).isEqualTo("compiled");
        assertThat(spec.data().sha256()).matches("[0-9a-f]{64}");
        assertThat(spec.data().roles().features()).isEqualTo("X");
        assertThat(spec.hyperparameters()).containsEntry("epochs", 3).containsEntry("learning-rate", 1e-3);
        assertThat(spec.hyperparameters().keySet())
                .containsExactlyElementsOf(
                        DetectorRegistry.installed().get("autoencoder").descriptor().hyperparameters().stream()
                                .map(declared -> declared.key())
                                .toList());
    }

    private static RunRecord record(Path folder) {
        try {
            return new RunFolder(folder).readRecord();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Consumer<RunExecutionTest>> failures() {
        return Stream.of(
                test -> test.fail(TestRuns.spec(test.temp.resolve("absent.npz"), "alternate", Map.of()), "absent.npz"),
                test -> test.fail(test.withRoles(Roles.unlabelled("Z")), "Z"),
                test -> test.fail(TestRuns.of("no-such", TestRuns.spec(test.data, "alternate", Map.of())), "no-such"),
                test -> test.fail(TestRuns.spec(test.data, "alternate", Map.of("epochs", 0)), "Epochs"),
                test -> test.fail(TestRuns.scaled("giant", TestRuns.spec(test.data, "alternate", Map.of())), "giant"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void endsExactlyOnceAlsoWhenItFails(Consumer<RunExecutionTest> failure) {
        failure.accept(this);
    }

    private void fail(RunSpec spec, String named) {
        try {
            RunFolder run = execute(spec);
            assertThat(of(RunEvent.Ended.class)).hasSize(1);
            assertThat(of(RunEvent.Ended.class).get(0).end()).isEqualTo(RunEnd.FAILED);
            assertThat(of(RunEvent.Ended.class).get(0).message()).contains(named);
            assertThat(run.state()).isEqualTo(RunFolder.State.FAILED);
            assertThat(run.file(RunFolder.MODEL)).doesNotExist();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private RunSpec withRoles(Roles roles) {
        RunSpec spec = TestRuns.spec(data, "alternate", Map.of());
        return new RunSpec(
                DataSpec.of(data.toString()).withRoles(roles),
                spec.protocol(),
                null,
                spec.detector(),
                null,
                spec.hyperparameters(),
                null,
                42,
                null,
                null,
                1);
    }

    /** Labels turned round among the test rows: only what is said of the scores changes. AUROC of −s is 1 − AUROC of s. */
    @Test
    void trainsTheSameWhateverTheTestRowsAreLabelled() throws IOException {
        Path train = temp.resolve("train.npz");
        try (NpzWriter out = new NpzWriter(train)) {
            out.add("X", ToyData.rows(TestRuns.NORMAL, 0, 1), TestRuns.NORMAL, ToyData.FEATURES);
        }
        boolean[] odd = ToyData.labels(40, 20);
        RunFolder[] runs = new RunFolder[2];
        for (int turned = 0; turned < 2; turned++) {
            Path test = temp.resolve("test-" + turned + ".npz");
            int[] labels = new int[odd.length];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = odd[i] == (turned == 0) ? 1 : 0;
            }
            try (NpzWriter out = new NpzWriter(test)) {
                out.add("X", ToyData.rows(40, 20, 2), labels.length, ToyData.FEATURES);
                out.add("y", labels, labels.length);
            }
            RunSpec plain =
                    TestRuns.spec(train, "own-split", Map.of("validation-share", 0.2, "patience", 1, "epochs", 40));
            runs[turned] = execute(plain.withData(plain.data().withSecondFile(test.toString())));
        }
        RunMetrics metrics = RunMetrics.read(runs[0]);
        RunMetrics turned = RunMetrics.read(runs[1]);
        double auroc = metrics.metrics().get("auroc");

        assertSameWeights(runs[0], runs[1]);
        assertThat(lastEpoch(runs[1])).isEqualTo(lastEpoch(runs[0]));
        assertThat(scores(runs[1])).containsExactly(scores(runs[0]));
        assertThat(turned.threshold()).isEqualTo(metrics.threshold());
        assertThat(auroc).isGreaterThan(0.8);
        assertThat(turned.metrics().get("auroc")).isCloseTo(1 - auroc, within(1e-12));
    }

    private static int lastEpoch(RunFolder run) throws IOException {
        return run.readEvents().stream()
                .filter(RunEvent.Ended.class::isInstance)
                .mapToInt(event -> ((RunEvent.Ended) event).epoch())
                .findFirst()
                .orElseThrow();
    }

    /** The label firewall: test rows of NaN and huge numbers leave every weight as it was. */
    @Test
    void trainsTheSameWhateverTheTestRowsHold() throws IOException {
        RunSpec spec = TestRuns.spec(data, "alternate", Map.of("validation-share", 0.2, "patience", 2, "epochs", 6));
        RunFolder clean = execute(spec);
        int[] test = NpyReader.read(clean.file(RunFolder.SPLIT), "test").ints();
        float[] rows = ToyData.rows(TestRuns.NORMAL, TestRuns.ANOMALOUS, 1);
        for (int row : test) {
            rows[row * ToyData.FEATURES] = Float.NaN;
            rows[row * ToyData.FEATURES + 1] = 1e6f;
        }
        Path poisoned = TestRuns.data(temp.resolve("poisoned.npz"), rows);
        RunFolder other = execute(
                TestRuns.spec(poisoned, "alternate", Map.of("validation-share", 0.2, "patience", 2, "epochs", 6)));

        assertThat(other.state()).isEqualTo(clean.state());
        assertThat(NpyReader.read(other.file(RunFolder.SPLIT), "train").ints())
                .containsExactly(
                        NpyReader.read(clean.file(RunFolder.SPLIT), "train").ints());
        assertSameWeights(clean, other);
    }

    @Test
    void leavesAModelWhenStoppedAndKept() throws IOException {
        RunControl control = new RunControl();
        RunFolder run = execute(TestRuns.spec(data, "alternate", Map.of("epochs", 1000)), control, event -> {
            if (event instanceof RunEvent.Epoch epoch && epoch.epoch() == 2) {
                control.stop(RunControl.Stop.KEEP);
            }
        });

        assertThat(run.state()).isEqualTo(RunFolder.State.STOPPED);
        assertThat(of(RunEvent.Ended.class).get(0).epoch()).isEqualTo(2);
        assertThat(run.file(RunFolder.MODEL)).exists();
        assertThat(run.file(RunFolder.METRICS)).exists();
        assertThat(run.snapshots()).contains(0, 1, 2);
    }

    @Test
    void leavesNothingToScoreWithWhenDiscarded() throws IOException {
        RunControl control = new RunControl();
        RunFolder run = execute(TestRuns.spec(data, "alternate", Map.of("epochs", 1000)), control, event -> {
            if (event instanceof RunEvent.Epoch epoch && epoch.epoch() == 2) {
                control.stop(RunControl.Stop.DISCARD);
            }
        });

        assertThat(run.state()).isEqualTo(RunFolder.State.DISCARDED);
        assertThat(run.file(RunFolder.MODEL)).doesNotExist();
        assertThat(run.file(RunFolder.METRICS)).doesNotExist();
        assertThat(run.file(RunFolder.FINAL_SCORES)).doesNotExist();
    }

    @Test
    void neverTouchesAFolderThatIsInUse() throws IOException {
        Path taken = Files.createDirectory(temp.resolve("taken"));
        Files.writeString(taken.resolve("mine.txt"), "keep");

        assertThatThrownBy(() -> execution.execute(
                        TestRuns.spec(data, "alternate", Map.of()), taken, new RunControl(), heard::add))
                .hasMessageContaining("not empty");
        assertThat(heard).isEmpty();
        assertThat(taken).isDirectoryNotContaining("glob:**.jsonl");
    }
}
