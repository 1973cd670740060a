package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.Tensor;

/** What a training does that its rule asks for, and when. */
class TrainingRuleTest {

    @Test
    void followsItsRule() {
        RuledToy toy = new RuledToy();
        try (Training training = toy.training(new RunControl())) {
            Training.EpochResult first = training.epoch(1);
            Map<String, Tensor> before = training.weights();
            training.epoch(2);
            Training.EpochResult third = training.epoch(3);
            Map<String, Tensor> after = training.weights();

            assertThat(first.terms()).containsOnlyKeys("rebuilt");
            assertThat(first.steps()).isEqualTo(2);
            assertThat(third.terms()).containsOnlyKeys("distance");
            assertThat(third.steps()).as("of 13 rows the last one is alone").isEqualTo(3);
            assertThat(before.get("centre").values()).containsExactly(0, 0);
            assertThat(after.get("centre").values()).containsExactly(1, -1);
            assertThat(toy.heard).containsExactly("begin", "epoch 1", "epoch 2", "epoch 3");
        }
    }

    @Test
    void thePhaseLeavesAloneWhatItDoesNotTrain() {
        try (Training training = new RuledToy().training(new RunControl())) {
            training.epoch(1);
            training.epoch(2);
            Map<String, Tensor> before = training.weights();
            training.epoch(3);

            assertThat(training.weights().get("decoder/weights").values())
                    .containsExactly(before.get("decoder/weights").values());
            assertThat(training.weights().get("encoder/weights").values())
                    .isNotEqualTo(before.get("encoder/weights").values());
        }
    }

    @Test
    void settlesBeforeItIsLookedAtAndOnlyOnceForTheSameWeights() {
        RuledToy toy = new RuledToy();
        try (Training training = toy.training(new RunControl())) {
            training.epoch(1);
            double[] scores = training.detector().score(ToyData.rows(RuledToy.ROWS, 0, 1));
            training.detector().observe(ToyData.rows(5, 0, 1));

            assertThat(Arrays.stream(scores).average().orElseThrow())
                    .as("less the mean over the training rows")
                    .isCloseTo(0, within(1e-5));
            assertThat(toy.heard).containsExactly("begin", "epoch 1", "settle");
            training.epoch(2);
            training.detector().score(ToyData.rows(5, 0, 1));
            assertThat(toy.heard).endsWith("epoch 2", "settle");
        }
    }

    @Test
    void findsContributionsByTakingFeaturesAway() {
        try (Training training = new RuledToy().training(new RunControl())) {
            training.epoch(1);
            FittedDetector detector = training.detector();
            float[] row = Arrays.copyOf(ToyData.rows(1, 1, 4), RuledToy.FEATURES);
            float[] mean = new float[RuledToy.FEATURES];
            float[] rows = ToyData.rows(RuledToy.ROWS, 0, 1);
            for (int i = 0; i < rows.length; i++) {
                mean[i % RuledToy.FEATURES] += rows[i] / RuledToy.ROWS;
            }
            float[] without = row.clone();
            without[3] = mean[3];

            assertThat(detector.contributionMethod()).isEqualTo("ablation");
            assertThat((double) detector.contributions(row)[3])
                    .isCloseTo(detector.score(row)[0] - detector.score(without)[0], within(1e-5));
        }
    }

    /** Cut inside epoch 4, taken to another training, gone on with: the same bits, and nothing begun twice. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9})
    void goesOnToTheSameBits(double weightAverage) {
        RunControl control = new RunControl();
        int[] batches = {0};
        control.beforeBatch(() -> {
            if (++batches[0] == 2 * 2 + 3 + 3) {
                control.stop(RunControl.Stop.KEEP);
            }
        });
        RuledToy toy = new RuledToy(weightAverage);
        try (Training whole = new RuledToy(weightAverage).training(new RunControl());
                Training cut = new RuledToy(weightAverage).training(control);
                Training next = toy.training(new RunControl())) {
            for (int epoch = 1; epoch <= 6; epoch++) {
                whole.epoch(epoch);
            }
            int epoch = 1;
            while (cut.epoch(epoch).complete()) {
                epoch++;
            }
            assertThat(epoch).isEqualTo(4);
            assertThat(cut.state().orElseThrow().steps()).isPositive();
            next.restore(cut.state().orElseThrow());
            for (; epoch <= 6; epoch++) {
                next.epoch(epoch);
            }
            whole.detector().weights().forEach((name, tensor) -> assertThat(
                            next.detector().weights().get(name).values())
                    .as(name)
                    .containsExactly(tensor.values()));
            assertThat(toy.heard).containsExactly("epoch 5", "epoch 6", "settle");
        }
    }
}
