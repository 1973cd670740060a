package org.oddlens.engine.detector.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.detector.Observation;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.detector.solved.FixedSplit;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.Tensor;

class SomDagmmTest {

    private static final SomDagmm SOM_DAGMM = new SomDagmm();
    private static final int ROWS = 90;

    private final List<String> warnings = new ArrayList<>();

    @Test
    void trainsTheMapsBeforeTheFirstEpochAndThenLeavesThemAlone() {
        try (Training training = begin("maps=2")) {
            float[] first = training.weights().get("map-1/units").values();
            float[] second = training.weights().get("map-2/units").values();
            training.epoch(1);

            assertThat(first).isNotEqualTo(new float[first.length]).isNotEqualTo(second);
            assertThat(training.weights().get("map-1/units").values()).containsExactly(first);
        }
    }

    @Test
    void placesEveryRowOnItsNearestUnitWithinTheUnitSquare() {
        try (Training training = begin("map-side=3")) {
            training.epoch(1);
            float[] rows = ToyData.rows(30, 10, 5);
            Tensor space = training.detector().observe(rows).codes().get("mixture-space");
            float[] units = training.weights().get("map-1/units").values();
            int d = space.shape()[1];

            assertThat(d).isEqualTo(5);
            for (int i = 0; i < 40; i++) {
                int nearest = 0;
                double least = Double.MAX_VALUE;
                for (int u = 0; u < 9; u++) {
                    double distance = 0;
                    for (int j = 0; j < ToyData.FEATURES; j++) {
                        distance += Math.pow(rows[i * ToyData.FEATURES + j] - units[u * ToyData.FEATURES + j], 2);
                    }
                    nearest = distance < least ? u : nearest;
                    least = Math.min(least, distance);
                }
                assertThat(space.values()[i * d]).isEqualTo((nearest / 3) / 2f);
                assertThat(space.values()[i * d + 1]).isEqualTo((nearest % 3) / 2f);
            }
        }
    }

    @Test
    void drawsTheGridWithTheRowsEachUnitWinsAndTheirScores() {
        try (Training training = begin("map-side=3")) {
            training.epoch(1);
            Observation seen = training.detector().observe(ToyData.rows(ROWS, 0, 1));
            double sum = 0;
            for (float share : seen.anatomy().get("map-use").values()) {
                sum += share;
            }

            assertThat(sum).isCloseTo(1, within(1e-5));
            float[] hits = seen.anatomy().get("map-hits").values();
            float[] scores = seen.anatomy().get("map-score").values();
            double hitSum = 0;
            double scoreSum = 0;
            for (int u = 0; u < 9; u++) {
                hitSum += hits[u];
                scoreSum += hits[u] * scores[u];
            }
            double all = Arrays.stream(seen.scores()).sum();
            assertThat(hitSum).isEqualTo(ROWS);
            assertThat(scoreSum).isCloseTo(all, within(1e-5 * ROWS * Math.max(1, Math.abs(all / ROWS))));
            assertThat(seen.anatomy().get("map").shape()).containsExactly(9, 5);
            assertThat(seen.anatomy().get("map-shape").values()).containsExactly(3, 3);
            assertThat(seen.anatomy().get("mixture").shape()).containsExactly(4, 5);
        }
    }

    /** The automatic side follows the number of training rows, which a model that is opened again does not know. */
    @Test
    void opensASavedModelWithTheMapItWasTrainedWith() {
        Values values = values("");
        float[] rows = ToyData.rows(400, 0, 1);
        float[] test = ToyData.rows(20, 5, 2);
        TrainingData data =
                new TrainingData(new DataShape(new int[] {ToyData.FEATURES}, "none", 400), rows, new float[0]);
        try (Training training = SOM_DAGMM.begin(values, data, context())) {
            training.epoch(1);
            assertThat(training.weights().get("map-1/units").shape()[0]).isEqualTo(25);
            try (FittedDetector opened = SOM_DAGMM.restore(
                    values,
                    new DataShape(new int[] {ToyData.FEATURES}, "none", 0),
                    training.detector().weights(),
                    context())) {
                assertThat(opened.score(test))
                        .containsExactly(training.detector().score(test));
            }
        }
    }

    @Test
    void saysWhenAllRowsLieOnOneUnit() {
        float[] same = new float[ROWS * ToyData.FEATURES];
        Arrays.fill(same, 0.5f);
        TrainingData data =
                new TrainingData(new DataShape(new int[] {ToyData.FEATURES}, "none", ROWS), same, new float[0]);
        try (Training training = SOM_DAGMM.begin(values(""), data, context())) {
            training.epoch(1);
        }

        assertThat(warnings).anySatisfy(text -> assertThat(text)
                .startsWith("one-map-unit: All 90 training rows lie on one of the 9 units of map 1"));
    }

    /** The floor is .01 below the least that seeds 0 to 2 reach with a random split. */
    @Test
    void ranksTheAnomaliesOfThyroid() {
        FixedSplit thyroid = FixedSplit.of("adbench/38_thyroid.npz", "min-max");

        assertThat(thyroid.ranking(SOM_DAGMM, "epochs=200", 1).auroc().orNaN()).isGreaterThan(0.93);
    }

    private Training begin(String settings) {
        TrainingData data = new TrainingData(
                new DataShape(new int[] {ToyData.FEATURES}, "none", ROWS), ToyData.rows(ROWS, 0, 1), new float[0]);
        return SOM_DAGMM.begin(values(settings), data, context());
    }

    private TrainingContext context() {
        return new TrainingContext(
                new RandomStreams(1), new RunControl(), "compiled", (code, text) -> warnings.add(code + ": " + text));
    }

    private static Values values(String settings) {
        Map<String, String> texts = new LinkedHashMap<>(Map.of("epochs", "2"));
        for (String setting : settings.isBlank() ? new String[0] : settings.split(" ")) {
            texts.put(setting.split("=")[0], setting.split("=")[1]);
        }
        return Values.parse(SOM_DAGMM.descriptor().hyperparameters(), texts);
    }
}
