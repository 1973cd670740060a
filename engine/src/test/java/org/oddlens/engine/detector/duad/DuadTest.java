package org.oddlens.engine.detector.duad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.detector.TrainingState;
import org.oddlens.engine.detector.solved.FixedSplit;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.Tensor;

class DuadTest {

    private static final Duad DUAD = new Duad();
    private static final int ROWS = 120;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void trainsOnFewerRowsThanThereAre() {
        try (Training all = begin("first-rejection=0 batch-size=10");
                Training selected = begin("first-rejection=50 batch-size=10")) {
            assertThat(all.epoch(1).steps()).isEqualTo(12);
            assertThat(selected.epoch(1).steps()).isBetween(1, 11);
        }
    }

    @Test
    void takesNoStepInTheEpochsThatChooseAnew() {
        try (Training training = begin("reselect-every=3")) {
            assertThat(training.epoch(1).steps()).isPositive();
            assertThat(training.epoch(2).steps()).isPositive();
            Training.EpochResult third = training.epoch(3);
            assertThat(third.steps()).isZero();
            assertThat(third.terms()).isEmpty();
            assertThat(training.epoch(4).steps()).isPositive();
        }
    }

    /** With nothing rejected every selection is the same: the third one, in epoch 6, ends the training. */
    @Test
    void endsWhenTheSelectionNoLongerChanges() {
        try (Training training = begin("first-rejection=0 rejection=0 reselect-every=2 epochs=20")) {
            int epoch = 0;
            while (!training.finished()) {
                training.epoch(++epoch);
            }
            assertThat(epoch).isEqualTo(6);
            assertThat(warnings).anyMatch(text -> text.contains("3 selections in a row"));
            TrainingState state = training.state().orElseThrow();
            try (Training next = begin("first-rejection=0 rejection=0 reselect-every=2 epochs=20")) {
                next.restore(state);
                assertThat(next.finished()).isTrue();
            }
        }
    }

    @Test
    void showsWhereRejectedTrainingRowsLie() {
        float[] rows = ToyData.rows(ROWS, 0, 1);
        try (Training training = begin("latent-size=2 batch-size=20")) {
            training.epoch(1);
            Tensor rejected = training.detector().observe(rows).anatomy().get("rejected");
            float[] codes =
                    training.detector().observe(rows).codes().get("code").values();

            assertThat(rejected.shape()[0]).isBetween(1, ROWS - 1);
            assertThat(rejected.shape()[1]).isEqualTo(2);
            for (int i = 0; i < rejected.shape()[0]; i++) {
                assertThat(holds(codes, rejected.values()[2 * i], rejected.values()[2 * i + 1]))
                        .isTrue();
            }
        }
        try (Training training = begin("first-rejection=0 batch-size=20")) {
            training.epoch(1);
            assertThat(training.detector()
                            .observe(rows)
                            .anatomy()
                            .get("rejected")
                            .shape()[0])
                    .isZero();
        }
    }

    private static boolean holds(float[] codes, float first, float second) {
        for (int i = 0; i < codes.length; i += 2) {
            if (Math.abs(codes[i] - first) < 1e-5 && Math.abs(codes[i + 1] - second) < 1e-5) {
                return true;
            }
        }
        return false;
    }

    @Test
    void scoresBySquaredErrorsWhichItsContributionsAddUpTo() {
        float[] rows = ToyData.rows(10, 3, 2);
        try (Training training = begin("")) {
            training.epoch(1);
            double[] scores = training.detector().score(rows);
            float[] parts = training.detector().contributions(rows);
            for (int i = 0; i < scores.length; i++) {
                double sum = 0;
                for (int j = 0; j < ToyData.FEATURES; j++) {
                    sum += parts[i * ToyData.FEATURES + j];
                }
                assertThat(sum).isCloseTo(scores[i], within(1e-4 * scores[i]));
            }
        }
    }

    /** The choice is part of the state: without it the rest of a training would see other rows. */
    @Test
    void goesOnFromAStateToTheSameBitsAlsoPastAChoice() {
        String settings = "reselect-every=3 batch-size=10 epochs=6";
        try (Training whole = begin(settings);
                Training resumed = begin(settings)) {
            for (int epoch = 1; epoch <= 4; epoch++) {
                whole.epoch(epoch);
            }
            TrainingState state = whole.state().orElseThrow();
            whole.epoch(5);
            resumed.restore(state);
            resumed.epoch(5);

            Map<String, Tensor> expected = whole.detector().weights();
            Map<String, Tensor> actual = resumed.detector().weights();
            expected.forEach((name, tensor) ->
                    assertThat(actual.get(name).values()).as(name).containsExactly(tensor.values()));
        }
    }

    @Test
    void saysWhenItNeverChoosesAnewAndWhenTooFewRowsAreLeft() {
        assertThat(DUAD.shape(values("epochs=5"), new DataShape(new int[] {8}, "min-max", 100))
                        .warnings())
                .singleElement()
                .asString()
                .contains("every 10 epochs", "only 5");
        try (Training training = begin("batch-size=110 first-rejection=60 clusters=10")) {
            training.epoch(1);
        }
        assertThat(warnings).anySatisfy(text -> assertThat(text)
                .startsWith("small-selection: Epoch 0: the tight clusters hold ")
                .contains("of 120 training rows"));
    }

    /** Where only the norm counts, nothing is rebuilt. */
    @Test
    void saysThatTheReconstructionHasCollapsed() {
        try (Training training = begin(
                "code-norm-weight=100 reselect-every=5 learning-rate=0.01 batch-size=20 epochs=40 output=linear")) {
            for (int epoch = 1; epoch <= 40; epoch++) {
                training.epoch(epoch);
            }
        }

        assertThat(warnings)
                .filteredOn(text -> text.startsWith("collapsed-reconstruction: Epoch "))
                .hasSize(1);
    }

    @Test
    void saysNothingOfThatInAPlainTraining() {
        try (Training training = begin("reselect-every=5 batch-size=20")) {
            for (int epoch = 1; epoch <= 20; epoch++) {
                training.epoch(epoch);
            }
        }

        assertThat(warnings).noneMatch(text -> text.startsWith("collapsed"));
    }

    /** The floor is .01 below what seeds 0 to 2 reach. */
    @Test
    void ranksTheAnomaliesOfThyroid() {
        FixedSplit thyroid = FixedSplit.of("adbench/38_thyroid.npz", "min-max");

        assertThat(thyroid.ranking(DUAD, "epochs=100", 1).auroc().orNaN()).isGreaterThan(0.95);
    }

    private Training begin(String settings) {
        TrainingData data = new TrainingData(
                new DataShape(new int[] {ToyData.FEATURES}, "none", ROWS), ToyData.rows(ROWS, 0, 1), new float[0]);
        return DUAD.begin(
                values(settings),
                data,
                new TrainingContext(
                        new RandomStreams(1),
                        new RunControl(),
                        "compiled",
                        (code, text) -> warnings.add(code + ": " + text)));
    }

    private static Values values(String settings) {
        Map<String, String> texts = new LinkedHashMap<>(Map.of("epochs", "20"));
        for (String setting : settings.isBlank() ? new String[0] : settings.split(" ")) {
            texts.put(setting.split("=")[0], setting.split("=")[1]);
        }
        return Values.parse(DUAD.descriptor().hyperparameters(), texts);
    }
}
