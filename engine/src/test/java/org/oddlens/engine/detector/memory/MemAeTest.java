package org.oddlens.engine.detector.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Observation;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.Tensor;

class MemAeTest {

    private static final MemAe MEMAE = new MemAe();

    /** Counted by hand from the released class: 538 + 500 for 12 features, 412 + 500 for 6. */
    @ParameterizedTest
    @CsvSource({"12, 1038", "6, 912"})
    void hasTheParameterCountsOfTheTabularProgram(int features, long parameters) {
        NetworkShape shape = MEMAE.shape(values(preset("saltos")), new DataShape(new int[] {features}, "none", 0));

        assertThat(shape.parameterCount()).isEqualTo(parameters);
        assertThat(shape.parameters()).containsEntry("memory", 500L);
    }

    @Test
    void countsWhatItReallyTrains() {
        try (Training training = begin(Map.of("memory-size", "30"))) {
            long trained = training.weights().values().stream()
                    .mapToLong(tensor -> tensor.values().length)
                    .sum();

            assertThat(trained).isEqualTo(training.shape().parameterCount());
        }
    }

    @Test
    void trainsItsMemoryAndShowsHowMuchEachItemIsUsed() {
        try (Training training = begin(Map.of("epochs", "2"))) {
            float[] before = training.weights().get("memory").values();
            training.epoch(1);
            Observation seen = training.detector().observe(ToyData.rows(50, 0, 1));
            Tensor use = seen.anatomy().get("memory-use");
            double sum = 0;
            for (float share : use.values()) {
                assertThat(share).isBetween(0f, 1f);
                sum += share;
            }

            assertThat(training.weights().get("memory").values()).isNotEqualTo(before);
            assertThat(sum).isCloseTo(1, within(1e-4));
            assertThat(seen.anatomy().get("memory").shape()).containsExactly(100, 2);
        }
    }

    /** ẑ is a convex combination of items. */
    @Test
    void readsOutInsideTheBoxOfItsItems() {
        try (Training training = begin(Map.of("epochs", "2"))) {
            training.epoch(1);
            Observation seen = training.detector().observe(ToyData.rows(50, 5, 1));
            float[] items = seen.anatomy().get("memory").values();
            float[] readOut = seen.codes().get("read-out").values();
            for (int axis = 0; axis < 2; axis++) {
                float low = Float.MAX_VALUE;
                float high = -Float.MAX_VALUE;
                for (int i = axis; i < items.length; i += 2) {
                    low = Math.min(low, items[i]);
                    high = Math.max(high, items[i]);
                }
                for (int i = axis; i < readOut.length; i += 2) {
                    assertThat(readOut[i]).isBetween(low - 1e-6f, high + 1e-6f);
                }
            }
        }
    }

    /** At temperature 1 the cosine cannot lift one of 1000 weights above 0.0073, by the bounds of the softmax. */
    @Test
    void warnsOfAThresholdThatNoWeightCanReach() {
        Map<String, String> texts = new LinkedHashMap<>(preset("saltos"));
        texts.put("memory-size", "1000");
        texts.put("shrink-threshold", "0.0075");

        assertThat(MEMAE.shape(values(texts), new DataShape(new int[] {12}, "none", 0))
                        .warnings())
                .singleElement()
                .asString()
                .contains("above 0.007342");
    }

    /** And 50 items never get less than 0.00275 each: the program's default threshold never acts. */
    @Test
    void warnsOfAThresholdThatNeverActs() {
        Map<String, String> texts = new LinkedHashMap<>(preset("saltos"));
        texts.put("memory-size", "50");

        assertThat(MEMAE.shape(values(texts), new DataShape(new int[] {12}, "none", 0))
                        .warnings())
                .singleElement()
                .asString()
                .contains("below 0.00275");
    }

    /** A tenth of an even weight: of 50 items 0.1 / 50, or 0.1 itself where the unit is absolute. */
    @ParameterizedTest
    @CsvSource({"per-item, 0.1, 0.002000", "absolute, 0.0015, 0.001500"})
    void countsItsThresholdPerItemUnlessToldOtherwise(String unit, String threshold, String weight) {
        Map<String, String> texts = new LinkedHashMap<>(preset("saltos"));
        texts.put("memory-size", "50");
        texts.put("shrink-unit", unit);
        texts.put("shrink-threshold", threshold);

        assertThat(MEMAE.shape(values(texts), new DataShape(new int[] {12}, "none", 0))
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("The shrink threshold " + weight + " is below 0.00275");
    }

    private static Map<String, String> preset(String id) {
        return MEMAE.descriptor().preset(id).values();
    }

    private static Values values(Map<String, String> texts) {
        return Values.parse(MEMAE.descriptor().hyperparameters(), texts);
    }

    private static Training begin(Map<String, String> texts) {
        TrainingData data = new TrainingData(
                new DataShape(new int[] {ToyData.FEATURES}, "none", 100), ToyData.rows(100, 0, 1), new float[0]);
        return MEMAE.begin(
                values(texts),
                data,
                new TrainingContext(new RandomStreams(1), new RunControl(), "compiled", (code, text) -> {}));
    }
}
