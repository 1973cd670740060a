package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.Tensor;

/** A training whose network is looked at with a running mean of its weights. */
class WeightAverageTest {

    private static final double KEPT = 0.8;

    /** Σ d^{t−i} θ_i / Σ d^{t−i} over the weights after each batch, in double precision; ours is kept in single. */
    @Test
    void looksWithTheMeanOfTheWeightsAfterEachBatch() {
        RunControl control = new RunControl();
        List<Map<String, Tensor>> after = new ArrayList<>();
        try (Training training = new RuledToy(KEPT).training(control)) {
            Training[] watched = {training};
            control.beforeBatch(() -> after.add(RuledToy.trained(watched[0])));
            for (int epoch = 1; epoch <= 4; epoch++) {
                training.epoch(epoch);
            }
            after.add(RuledToy.trained(training));
            after.remove(0); // before the first batch
            assertThat(after).hasSize(2 + 2 + 3 + 3);
            for (String name : List.of("encoder/weights", "decoder/weights", "decoder/bias")) {
                double[] mean = new double[after.get(0).get(name).values().length];
                double all = 0;
                for (int t = 0; t < after.size(); t++) {
                    double share = Math.pow(KEPT, after.size() - 1 - t);
                    all += share;
                    for (int i = 0; i < mean.length; i++) {
                        mean[i] += share * after.get(t).get(name).values()[i];
                    }
                }
                float[] seen = training.detector().weights().get(name).values();
                for (int i = 0; i < mean.length; i++) {
                    assertThat((double) seen[i]).as(name).isCloseTo(mean[i] / all, within(1e-6));
                }
            }
        }
    }

    /** What is settled follows from the mean of the weights: scores of the training rows average to 0 as without one. */
    @Test
    void settlesWithTheMeanOfTheWeights() {
        try (Training training = new RuledToy(KEPT).training(new RunControl())) {
            training.epoch(1);

            assertThat(Arrays.stream(training.detector().score(ToyData.rows(RuledToy.ROWS, 0, 1)))
                            .average()
                            .orElseThrow())
                    .isCloseTo(0, within(1e-5));
        }
    }

    @Test
    void looksWithItsStartValuesBeforeTheFirstBatch() {
        try (Training averaged = new RuledToy(KEPT).training(new RunControl());
                Training plain = new RuledToy().training(new RunControl())) {
            float[] rows = ToyData.rows(9, 0, 1);

            assertThat(averaged.detector().score(rows))
                    .containsExactly(plain.detector().score(rows));
        }
    }

    /** Looked at after each epoch and stored between: no step sees the mean. */
    @Test
    void trainsTheSameWeightsWithAndWithoutAMean() {
        try (Training averaged = new RuledToy(KEPT).training(new RunControl());
                Training plain = new RuledToy().training(new RunControl())) {
            for (int epoch = 1; epoch <= 4; epoch++) {
                averaged.epoch(epoch);
                averaged.detector().score(ToyData.rows(5, 0, 1));
                averaged.state();
                plain.epoch(epoch);
            }
            Map<String, Tensor> trained = RuledToy.trained(averaged);
            for (String name : List.of("encoder/weights", "decoder/weights", "decoder/bias", "centre")) {
                assertThat(trained.get(name).values())
                        .as(name)
                        .containsExactly(plain.weights().get(name).values());
            }
            assertThat(averaged.detector().weights().get("encoder/weights").values())
                    .isNotEqualTo(
                            plain.detector().weights().get("encoder/weights").values());
        }
    }

    @Test
    void goesBackToTheMeanOfAnEarlierEpochAndOnFromThere() {
        float[] rows = ToyData.rows(20, 2, 3);
        try (Training training = new RuledToy(KEPT).training(new RunControl())) {
            training.epoch(1);
            Map<String, Tensor> best = training.weights();
            double[] scores = training.detector().score(rows);
            training.epoch(2);
            Map<String, Tensor> now = training.weights();
            double[] later = training.detector().score(rows);
            assertThat(later).isNotEqualTo(scores);

            training.restore(best);
            assertThat(training.detector().score(rows)).containsExactly(scores);
            training.restore(now);
            assertThat(training.detector().score(rows)).containsExactly(later);
        }
    }

    /** The lowest rate is no business of the network's and so makes a new one; the rate itself does not. */
    @ParameterizedTest
    @ValueSource(strings = {"learning-rate", "min-learning-rate"})
    void keepsItsMeanThroughAChange(String key) {
        float[] rows = ToyData.rows(20, 2, 3);
        RuledToy toy = new RuledToy(KEPT);
        try (Training training = toy.training(new RunControl());
                Training unchanged = new RuledToy(KEPT).training(new RunControl())) {
            training.epoch(1);
            unchanged.epoch(1);
            double[] scores = training.detector().score(rows);
            training.change(toy.values().with(Map.of(key, "0.001")));

            assertThat(training.detector().score(rows)).containsExactly(scores);
            training.epoch(2);
            unchanged.epoch(2);
            if (key.equals("min-learning-rate")) {
                assertThat(training.detector().score(rows))
                        .containsExactly(unchanged.detector().score(rows));
            } else {
                assertThat(training.detector().score(rows))
                        .isNotEqualTo(unchanged.detector().score(rows));
            }
        }
    }

    @Test
    void refusesAStateWithoutItsMean() {
        try (Training plain = new RuledToy().training(new RunControl());
                Training averaged = new RuledToy(KEPT).training(new RunControl())) {
            plain.epoch(1);
            TrainingState state = plain.state().orElseThrow();

            assertThatThrownBy(() -> averaged.restore(state))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("weight-average");
        }
    }
}
