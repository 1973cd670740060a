package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.autoencoder.Autoencoder;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.threshold.ThresholdSpec;

/** Whole runs on a small file, in this process. */
class RunExecutionTest {

    private static final int ROWS = TestRuns.NORMAL + TestRuns.ANOMALOUS;

    @TempDir
    Path temp;

    private final RunExecution execution = TestRuns.execution();
    private final List<RunEvent> heard = new ArrayList<>();
    private Path data;
    private int runs;

    @BeforeEach
    void writeData() throws IOException {
        data = TestRuns.data(temp);
    }

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

    /** The label firewall: test rows of NaN, and labels turned round among them, leave every weight as it was. */
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

    private static void assertSameWeights(RunFolder one, RunFolder other) {
        var expected = NpyReader.readAll(one.file(RunFolder.MODEL));
        var actual = NpyReader.readAll(other.file(RunFolder.MODEL));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, weights) ->
                assertThat(actual.get(name).floats()).as(name).containsExactly(weights.floats()));
    }

    /**
     * With a huge rate every later epoch is worse than an early one, so the kept weights score as that epoch did; those of
     * ALAD are means over batches, of that epoch too.
     */
    @ParameterizedTest
    @CsvSource({"autoencoder, 0.3", "alad, 0.01"})
    void keepsTheBestEpochWhenPatienceEnds(String detector, double rate) throws IOException {
        Map<String, Object> values = Map.of("validation-share", 0.3, "learning-rate", rate, "batch-size", 16);
        Map<String, Object> patient = new java.util.HashMap<>(values);
        patient.putAll(Map.of("patience", 3, "epochs", 500));
        RunFolder run = execute(TestRuns.of(detector, TestRuns.spec(data, "transductive", patient)));
        RunEvent.Ended ended = of(RunEvent.Ended.class).get(0);
        List<RunEvent.Epoch> epochs = of(RunEvent.Epoch.class);
        RunEvent.Epoch best = epochs.stream()
                .filter(epoch -> epoch.validation() != null)
                .min(java.util.Comparator.comparing(RunEvent.Epoch::validation))
                .orElseThrow();

        assertThat(ended.end()).isEqualTo(RunEnd.EARLY_STOPPED);
        assertThat(ended.epoch()).isEqualTo(best.epoch() + 3);
        assertThat(warnings("early-stopped")).singleElement().asString().contains("epoch " + best.epoch() + ",");

        // The same run cut off after its best epoch ends with the same weights.
        Map<String, Object> toTheBest = new java.util.HashMap<>(values);
        toTheBest.put("epochs", best.epoch());
        assertSameWeights(execute(TestRuns.of(detector, TestRuns.spec(data, "transductive", toTheBest))), run);
    }

    /** A snapshot shows the network of the epoch it is named after, also where an earlier epoch is kept in the end. */
    @Test
    void namesSnapshotsAfterTheEpochTheyShow() throws IOException {
        Map<String, Object> values =
                Map.of("validation-share", 0.3, "patience", 3, "epochs", 500, "learning-rate", 0.3, "batch-size", 16);
        RunFolder run = execute(TestRuns.spec(data, "transductive", values));
        int last = of(RunEvent.Ended.class).get(0).epoch();
        Map<String, Object> cut = new java.util.HashMap<>(values);
        cut.put("epochs", last);
        cut.put("patience", 0);
        RunFolder whole = execute(TestRuns.spec(data, "transductive", cut));

        assertThat(run.snapshots()).endsWith(last);
        assertThat(NpyReader.read(run.scoresFile(last)).doubles())
                .containsExactly(NpyReader.read(whole.scoresFile(last)).doubles());
    }

    /** Single precision ends at 3.4e38: each row's squares still fit, their sum over the batch does not. */
    @Test
    void endsAsDivergedWithTheLastGoodWeightsAndNamesTermAndStep() throws IOException {
        float[] rows = ToyData.rows(TestRuns.NORMAL, TestRuns.ANOMALOUS, 1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= 1.2e18f;
        }
        Path huge = TestRuns.data(temp.resolve("huge.npz"), rows);
        RunFolder run = execute(TestRuns.scaled(
                "none", TestRuns.spec(huge, "alternate", Map.of("learning-rate", 1, "batch-size", 1000))));
        RunEvent.Ended ended = of(RunEvent.Ended.class).get(0);

        assertThat(ended.message()).contains("no longer finite");
        assertThat(ended.end()).isEqualTo(RunEnd.DIVERGED);
        assertThat(warnings("diverged"))
                .singleElement()
                .asString()
                .contains("in epoch 1, step 1 (term: reconstruction)")
                .contains("learning rate is 1.0")
                .contains("last good state is epoch 0");
        assertKeptAndFinite(run);
    }

    /**
     * Losses near 1e24 and gradients beyond 1.8e19 are finite, their squares are not: Adam's second moment would be infinite
     * and the weights would never move again.
     */
    @Test
    void endsAsDivergedWhereTheSquareOfAGradientIsNotFinite() throws IOException {
        float[] rows = ToyData.rows(TestRuns.NORMAL, TestRuns.ANOMALOUS, 1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= 1e12f;
        }
        Path large = TestRuns.data(temp.resolve("large.npz"), rows);
        Map<String, Object> values = Map.of("activation", "relu", "output", "linear");
        RunFolder run = execute(TestRuns.scaled("none", TestRuns.spec(large, "alternate", values)));

        assertThat(run.state()).isEqualTo(RunFolder.State.DIVERGED);
        assertThat(warnings("diverged"))
                .singleElement()
                .asString()
                .contains("in epoch 1, step 1 (term: gradient of ")
                .contains("above 1.8e+19");
        assertKeptAndFinite(run);
        // Clipped first, the same gradients are as good as any.
        Map<String, Object> clipped = Map.of("activation", "relu", "output", "linear", "grad-clip", 1);
        assertThat(execute(TestRuns.scaled("none", TestRuns.spec(large, "alternate", clipped)))
                        .state())
                .isEqualTo(RunFolder.State.COMPLETED);
    }

    /** The scores go wrong after two good epochs, although no loss term ever did. */
    @Test
    void endsAsDivergedWhereOnlyTheScoresAfterAnEpochAreNotFinite() throws IOException {
        RunExecution explosive = new RunExecution(
                new DetectorRegistry(List.of(new ScoresExplode(new Autoencoder(), 3))),
                () -> new MachineKind("processor", "system", "java", "blas", Map.of()),
                java.time.Clock.systemUTC());
        Path folder = folder();
        explosive.execute(TestRuns.spec(data, "alternate", Map.of("epochs", 9)), folder, new RunControl(), heard::add);
        RunFolder run = new RunFolder(folder);

        assertThat(run.state()).isEqualTo(RunFolder.State.DIVERGED);
        assertThat(of(RunEvent.Ended.class).get(0).epoch()).isEqualTo(2);
        assertThat(warnings("diverged")).singleElement().asString().contains("(term: score)");
        assertKeptAndFinite(run);
    }

    private static void assertKeptAndFinite(RunFolder run) throws IOException {
        assertThat(Arrays.stream(
                        NpyReader.read(run.file(RunFolder.FINAL_SCORES)).doubles()))
                .allMatch(Double::isFinite);
        assertThat(run.file(RunFolder.MODEL)).exists();
        for (String line : Files.readAllLines(run.file(RunFolder.EVENTS))) {
            assertThat(line).doesNotContain("NaN").doesNotContain("Infinity");
        }
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
    void repeatsARunToTheSameBits() throws IOException {
        RunFolder run = execute(TestRuns.of("memae", TestRuns.spec(data, "normal-split", Map.of())));
        Rerun.Result result = new Rerun(execution).repeat(run, folder(), new RunControl(), event -> {});

        assertThat(result.identical()).isTrue();
        assertThat(result.differing()).isZero();
        assertThat(result.sameMachine()).isTrue();
        assertThat(result.rows())
                .isEqualTo(NpyReader.read(run.file(RunFolder.FINAL_SCORES)).size());
    }

    @Test
    void evaluatesARunToTheMetricsItRecorded() throws IOException {
        RunFolder run = execute(TestRuns.spec(data, "normal-split", Map.of()));
        RunMetrics recorded = new RunJson().read(run.file(RunFolder.METRICS), RunMetrics.class);

        assertThat(new RunEvaluation(run).evaluate(null)).isEqualTo(recorded);

        RunMetrics other = new RunEvaluation(run).evaluate(ThresholdSpec.parse("known-ratio"));
        assertThat(other.metrics().get("auroc")).isEqualTo(recorded.metrics().get("auroc"));
        assertThat(other.threshold().usesLabels()).isTrue();
    }

    @Test
    void scoresTheTrainingFileToTheFinalScoresOfATransductiveRun() throws IOException {
        RunFolder run = execute(TestRuns.of("memae", TestRuns.spec(data, "transductive", Map.of())));
        double[] recorded = NpyReader.read(run.file(RunFolder.FINAL_SCORES)).doubles();
        Path csv = temp.resolve("scores.csv");
        try (RunModel model = RunModel.load(run, DetectorRegistry.installed())) {
            var dataset = DataImport.load(DataSpec.of(data.toString())).dataset();
            Scoring scoring = new Scoring(model);
            scoring.write(dataset, scoring.scores(dataset), csv);
        }

        List<String> lines = Files.readAllLines(csv);
        assertThat(recorded).hasSize(ROWS);
        assertThat(lines).hasSize(1 + ROWS).first().isEqualTo("row,score,anomaly,label");
        for (int i = 0; i < ROWS; i++) {
            assertThat(Double.parseDouble(lines.get(1 + i).split(",")[1])).isEqualTo(recorded[i]);
        }
    }

    /** The 95th percentile of the scored rows themselves flags about one in twenty: 7 of 132. */
    @Test
    void flagsOneRowInTwentyWhenItsThresholdIsTakenFromTheSameRows() throws IOException {
        RunFolder run = execute(TestRuns.spec(data, "transductive", Map.of()));
        RunMetrics metrics = new RunJson().read(run.file(RunFolder.METRICS), RunMetrics.class);
        double[] scores = NpyReader.read(run.file(RunFolder.FINAL_SCORES)).doubles();

        assertThat(Arrays.stream(scores)
                        .filter(s -> s >= metrics.threshold().value())
                        .count())
                .isEqualTo(7);
        assertThat(metrics.threshold().reference()).isEqualTo("training rows");
    }

    @Test
    void comparesWithTheUntrainedNetworkAndTheMeanDistance() throws IOException {
        RunFolder run = execute(TestRuns.spec(data, "normal-split", Map.of("epochs", 60, "learning-rate", 0.01)));
        RunMetrics metrics = new RunJson().read(run.file(RunFolder.METRICS), RunMetrics.class);

        assertThat(metrics.baselines()).containsOnlyKeys("untrained", "mean_distance");
        assertThat(metrics.baselines().get("untrained").get("auroc")).isBetween(0.0, 1.0);
        assertThat(metrics.metrics().get("auroc")).isGreaterThan(0.9);
        assertThat(metrics.loss().get("last")).isLessThan(metrics.loss().get("first"));
    }

    @Test
    void neverTouchesAFolderThatIsInUse() throws IOException {
        Path taken = Files.createDirectory(temp.resolve("taken"));
        Files.writeString(taken.resolve("mine.txt"), "keep");

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> execution.execute(
                        TestRuns.spec(data, "alternate", Map.of()), taken, new RunControl(), heard::add))
                .hasMessageContaining("not empty");
        assertThat(heard).isEmpty();
        assertThat(taken).isDirectoryNotContaining("glob:**.jsonl");
    }

    private RunFolder execute(RunSpec spec) throws IOException {
        return execute(spec, new RunControl(), event -> {});
    }

    private RunFolder execute(RunSpec spec, RunControl control, Consumer<RunEvent> listener) throws IOException {
        heard.clear();
        Path folder = folder();
        execution.execute(spec, folder, control, event -> {
            heard.add(event);
            listener.accept(event);
        });
        return new RunFolder(folder);
    }

    private Path folder() {
        return temp.resolve("run-" + ++runs);
    }

    private static RunRecord record(Path folder) {
        try {
            return new RunFolder(folder).readRecord();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private <T extends RunEvent> List<T> of(Class<T> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    private List<String> warnings(String code) {
        return of(RunEvent.Warning.class).stream()
                .filter(warning -> warning.code().equals(code))
                .map(RunEvent.Warning::text)
                .toList();
    }
}
