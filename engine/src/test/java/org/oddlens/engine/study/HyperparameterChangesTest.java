package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.HyperparameterChange;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;

/** Hyperparameters that change while a run trains: recorded, felt, and made again. */
class HyperparameterChangesTest extends CutRuns {

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
        RunFolder run = cut(memAe(CHANGES), checkpoint, CutRuns::fail);
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
}
