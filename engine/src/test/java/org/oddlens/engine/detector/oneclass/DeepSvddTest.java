package org.oddlens.engine.detector.oneclass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.Observation;
import org.oddlens.engine.detector.TrainingOn;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.run.Tensor;

class DeepSvddTest {

    private static final DeepSvdd DEEP_SVDD = new DeepSvdd();
    private static final int ROWS = 100;
    private static final float[] TOY = ToyData.rows(ROWS, 0, 1);

    private static TrainingOn on(float[] rows, String settings) {
        return new TrainingOn(DEEP_SVDD, rows, ToyData.FEATURES, settings);
    }

    @Test
    void pushesComponentsOfTheCentreAwayFromZero() {
        double[] centre = Sphere.centre(new double[] {0.05, -0.03, 0, 0.5, -2}, 5);

        assertThat(centre).containsExactly(0.1, -0.1, 0.1, 0.5, -2);
    }

    @Test
    void keepsTheCentreToTheBitWhileItTrains() {
        try (TrainingOn run = on(TOY, "epochs=5")) {
            float[] before = run.array("centre").clone();
            double[] scores = run.score(TOY);
            run.toTheEnd();

            assertThat(run.array("centre")).containsExactly(before);
            assertThat(run.score(TOY)).isNotEqualTo(scores);
            for (float component : before) {
                assertThat(Math.abs(component)).isGreaterThanOrEqualTo(0.1f);
            }
        }
    }

    /** The mean output of the untrained network, except where that is close to 0. */
    @Test
    void takesTheCentreFromTheUntrainedNetwork() {
        try (TrainingOn run = on(TOY, "epochs=5 latent-size=3")) {
            double[] mean = new double[3];
            float[] codes = codes(run, TOY);
            for (int i = 0; i < codes.length; i++) {
                mean[i % 3] += codes[i] / ROWS;
            }
            float[] centre = run.array("centre");
            for (int j = 0; j < 3; j++) {
                assertThat((double) centre[j])
                        .isCloseTo(Math.abs(mean[j]) < 0.1 ? Math.signum(mean[j]) * 0.1 : mean[j], within(1e-5));
            }
        }
    }

    /** One batch of all rows: the loss of epoch 1 is that of the untrained network. */
    @Test
    void hasTheMeanScoreAsItsLoss() {
        try (TrainingOn run = on(TOY, "batch-size=1000")) {
            double mean = Arrays.stream(run.score(TOY)).average().orElseThrow();
            Map<String, Double> terms = run.epochs(1);

            assertThat(mean).isPositive();
            assertThat(terms).containsOnlyKeys("distance");
            assertThat(terms.get("distance")).isCloseTo(mean, within(1e-5 * mean));
        }
    }

    @Test
    void scoresNothingBelowZeroAndTheCentreItselfLowest() {
        try (TrainingOn run = on(TOY, "epochs=20").toTheEnd()) {
            assertThat(Arrays.stream(run.score(ToyData.rows(50, 20, 2)))).allMatch(score -> score >= 0);
        }
    }

    /** Without biases and with units that are positively homogeneous, twice the row is mapped to twice the code. */
    @ParameterizedTest
    @ValueSource(strings = {"relu", "leaky-relu"})
    void isPositivelyHomogeneousWithoutBiases(String activation) {
        float[] twice = new float[TOY.length];
        for (int i = 0; i < TOY.length; i++) {
            twice[i] = 2 * TOY[i];
        }
        try (TrainingOn run = on(TOY, "epochs=3 activation=" + activation).toTheEnd();
                TrainingOn biased =
                        on(TOY, "epochs=3 bias=true activation=" + activation).toTheEnd()) {
            assertThat(largestGap(codes(run, TOY), codes(run, twice))).isLessThan(1e-5);
            assertThat(largestGap(codes(biased, TOY), codes(biased, twice))).isGreaterThan(1e-3);
        }
    }

    private static double largestGap(float[] once, float[] twice) {
        double gap = 0;
        for (int i = 0; i < once.length; i++) {
            gap = Math.max(gap, Math.abs(twice[i] - 2 * once[i]));
        }
        return gap;
    }

    private static float[] codes(TrainingOn run, float[] rows) {
        return run.training().detector().observe(rows).codes().get("code").values();
    }

    @Test
    void leavesTheShareNuOutsideASoftBoundary() {
        try (TrainingOn run =
                on(TOY, "epochs=30 objective=soft-boundary nu=0.2 warm-up=5").toTheEnd()) {
            long outside = Arrays.stream(run.score(TOY)).filter(s -> s > 0).count();

            assertThat(outside).isEqualTo(Math.round(0.2 * ROWS));
        }
    }

    @Test
    void keepsTheBoundaryAtZeroInTheWarmUp() {
        try (TrainingOn run = on(TOY, "epochs=10 objective=soft-boundary nu=0.2 warm-up=3")) {
            run.epochs(3);
            assertThat(run.array("boundary")).containsExactly(0);
            assertThat(run.epochs(1).get("radius")).isPositive();
            assertThat(run.array("boundary")[0]).isPositive();
        }
    }

    /** Two epochs of the autoencoder, then three at boundary 0. */
    @Test
    void countsItsWarmUpFromTheFirstEpochBehindThePretraining() {
        try (TrainingOn run = on(TOY, "epochs=10 objective=soft-boundary nu=0.2 warm-up=3 pretrain-epochs=2")) {
            run.epochs(5);
            assertThat(run.array("boundary")).containsExactly(0);
            run.epochs(1);
            assertThat(run.array("boundary")[0]).isPositive();
        }
    }

    @Test
    void takesAnotherNuWhileItTrains() {
        try (TrainingOn run = on(TOY, "epochs=30 objective=soft-boundary nu=0.1 warm-up=2")) {
            run.epochs(10);
            run.training().change(TrainingOn.values(DEEP_SVDD, "epochs=30 objective=soft-boundary nu=0.3 warm-up=2"));
            run.epochs(10);

            assertThat(Arrays.stream(run.score(TOY)).filter(s -> s > 0)).hasSize(3 * ROWS / 10);
        }
    }

    /** The sphere that is shown belongs to the weights as they are, and holds all but the share nu. */
    @Test
    void showsItsCentreAndTheRadiusOfNow() {
        try (TrainingOn run = on(TOY, "epochs=5 latent-size=4 nu=0.1").toTheEnd()) {
            Observation seen = run.training().detector().observe(TOY);
            Map<String, Tensor> anatomy = seen.anatomy();
            double radius = anatomy.get("centre-radius").values()[0];

            assertThat(anatomy.get("centre").shape()).containsExactly(1, 4);
            assertThat(Arrays.stream(seen.scores()).filter(s -> s > radius * radius))
                    .hasSize(ROWS / 10);
        }
    }

    @Test
    void pretrainsBeforeTheEpochsAndTakesTheCentreAfterwards() {
        try (TrainingOn run = on(TOY, "epochs=3 pretrain-epochs=4")) {
            float[] before = run.array("centre").clone();
            double first = run.epochs(1).get("reconstruction");
            Map<String, Double> last = run.epochs(3);

            assertThat(run.training().epochs()).isEqualTo(7);
            assertThat(last).containsOnlyKeys("reconstruction");
            assertThat(last.get("reconstruction")).isLessThan(first);
            assertThat(run.array("centre")).containsExactly(before);
            assertThat(run.epochs(1)).containsOnlyKeys("distance");
            assertThat(run.array("centre")).isNotEqualTo(before);
        }
    }

    @Test
    void saysThatItHasCollapsed() {
        float[] equal = new float[60 * ToyData.FEATURES];
        Arrays.fill(equal, 0.7f);
        try (TrainingOn run = on(equal, "epochs=2").toTheEnd()) {
            run.score(equal);

            assertThat(run.warnings())
                    .filteredOn(
                            text -> text.startsWith("collapse: All 60 training rows lie equally far from the centre"))
                    .singleElement()
                    .asString()
                    .contains("no ranking is possible");
        }
        try (TrainingOn run = on(TOY, "epochs=2").toTheEnd()) {
            run.score(TOY);
            assertThat(run.warnings()).isEmpty();
        }
    }

    @Test
    void saysThatTheCentreMeansNothing() {
        float[] zeros = new float[60 * ToyData.FEATURES];
        try (TrainingOn run = on(zeros, "epochs=1 latent-size=3")) {
            run.score(zeros);

            assertThat(run.warnings()).anySatisfy(text -> assertThat(text)
                    .startsWith("centre-at-zero: The untrained network maps the training rows to about 0, so all 3"
                            + " components"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "6, layers=2, '6,3,1'",
        "1, layers=2, '1,1,1'",
        "274, layers=2, '274,137,68'",
        "6, '', '6,32,16,8'",
        "121, '', '121,128,64,32,16'",
        "6, hidden=32;64 latent-size=128, '6,32,64,128'",
    })
    void followsTheWidthRuleToTheOutput(int features, String settings, String widths) {
        assertThat(TrainingOn.shape(DEEP_SVDD, features, "min-max", settings.replace(';', ','))
                        .widths())
                .containsExactly(
                        Arrays.stream(widths.split(",")).map(Integer::valueOf).toArray(Integer[]::new));
    }

    @Test
    void refusesAFactorThatLeadsToZero() {
        assertThatThrownBy(() -> TrainingOn.shape(DEEP_SVDD, 6, "min-max", "layers=2 compression=4"))
                .isInstanceOfSatisfying(InvalidValuesException.class, refused -> assertThat(
                                refused.problems().get("compression"))
                        .startsWith("Latent width would be 0. 1 unit ÷ 4 (compression factor) rounds to 0."));
    }

    @Test
    void warnsOfBoundedUnitsBiasesAndAWarmUpAsLongAsTheTraining() {
        assertThat(TrainingOn.shape(DEEP_SVDD, 6, "min-max", "").warnings()).isEmpty();
        assertThat(TrainingOn.shape(DEEP_SVDD, 6, "min-max", "activation=tanh").warnings())
                .singleElement()
                .asString()
                .contains("bounded");
        assertThat(TrainingOn.shape(DEEP_SVDD, 6, "min-max", "bias=true").warnings())
                .singleElement()
                .asString()
                .contains("biases");
        assertThat(TrainingOn.shape(DEEP_SVDD, 6, "min-max", "objective=soft-boundary epochs=10 warm-up=10")
                        .warnings())
                .singleElement()
                .asString()
                .contains("warm-up of 10 epochs", "training of 10");
    }

    @Test
    void refusesToWatchTheLossOfAPretraining() {
        String settings = "pretrain-epochs=5 validation-share=0.2 patience=3 schedule=plateau";
        assertThatThrownBy(() -> TrainingOn.shape(DEEP_SVDD, 6, "min-max", settings))
                .isInstanceOfSatisfying(InvalidValuesException.class, refused -> assertThat(refused.problems())
                        .containsOnlyKeys("patience", "schedule"));
    }
}
