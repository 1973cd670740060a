package org.oddlens.engine.detector.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingOn;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.Tensor;

class DsebmTest {

    private static final Dsebm DSEBM = new Dsebm();
    private static final float[] TOY = ToyData.rows(100, 0, 1);

    private static TrainingOn on(String settings) {
        return new TrainingOn(DSEBM, TOY, ToyData.FEATURES, settings);
    }

    /** Without weights the energy is half the squared distance from the visible bias, so its slope is the distance. */
    @Test
    void measuresTheDistanceFromTheVisibleBiasWithoutWeights() {
        float[] visible = {1, -1, 2, 0, 0.5f, -0.5f, 3, 1};
        Map<String, Tensor> weights;
        try (TrainingOn run = on("epochs=1 hidden=5 latent-size=3")) {
            weights = new LinkedHashMap<>(run.training().weights());
        }
        weights.replaceAll((name, tensor) ->
                name.endsWith("/weights") ? new Tensor(new float[tensor.values().length], tensor.shape()) : tensor);
        weights.put("visible-bias", new Tensor(visible, new int[] {8}));
        try (FittedDetector fitted = DSEBM.restore(
                TrainingOn.values(DSEBM, "epochs=1 hidden=5 latent-size=3"),
                new DataShape(new int[] {8}, "none", 100),
                weights,
                new TrainingContext(new RandomStreams(9), new RunControl(), "compiled", (code, text) -> {}))) {
            double[] scores = fitted.score(TOY);
            for (int i = 0; i < scores.length; i++) {
                double squares = 0;
                for (int j = 0; j < 8; j++) {
                    squares += Math.pow(TOY[8 * i + j] - visible[j], 2);
                }
                assertThat(scores[i]).isCloseTo(Math.sqrt(squares), within(1e-5));
            }
        }
    }

    @Test
    void scoresNothingBelowZeroByTheSlope() {
        try (TrainingOn run = on("epochs=5").toTheEnd()) {
            assertThat(Arrays.stream(run.score(ToyData.rows(50, 20, 2)))).allMatch(score -> score >= 0);
        }
    }

    @Test
    void splitsTheSlopeByFeature() {
        try (TrainingOn run = on("epochs=5").toTheEnd()) {
            double[] scores = run.score(TOY);
            float[] shares = run.training().detector().contributions(TOY);
            for (int i = 0; i < scores.length; i++) {
                double sum = 0;
                for (int j = 0; j < ToyData.FEATURES; j++) {
                    sum += shares[i * ToyData.FEATURES + j];
                }
                assertThat(sum).isCloseTo(scores[i] * scores[i], within(1e-4 * sum));
            }
        }
        try (TrainingOn run = on("epochs=5 score=e").toTheEnd()) {
            assertThat(run.training().detector().contributionMethod()).isEqualTo("ablation");
        }
    }

    /** The same weights, whichever of its two scores is asked for. */
    @Test
    void trainsAlikeForBothScores() {
        try (TrainingOn slope = on("epochs=3 score=r").toTheEnd();
                TrainingOn energy = on("epochs=3 score=e").toTheEnd()) {
            assertThat(energy.array("layer-1/weights")).containsExactly(slope.array("layer-1/weights"));
            assertThat(energy.score(TOY)).isNotEqualTo(slope.score(TOY));
        }
    }

    @Test
    void trainsTheVisibleBias() {
        try (TrainingOn run = on("epochs=3")) {
            for (float start : run.array("visible-bias")) {
                assertThat(start).isZero();
            }
            run.toTheEnd();
            for (float trained : run.array("visible-bias")) {
                assertThat(trained).isNotZero();
            }
        }
    }

    @Test
    void learnsToUndoNoise() {
        try (TrainingOn run = on("epochs=60 noise=0.3 learning-rate=1e-3")) {
            double first = run.epochs(1).get("reconstruction");
            double last = run.epochs(59).get("reconstruction");

            assertThat(last).isLessThan(0.5 * first);
        }
    }

    @ParameterizedTest
    @CsvSource({"6, '', '6,64,128'", "64, '', '64,128,512'", "6, hidden=10 latent-size=2, '6,10,2'"})
    void choosesWidthsByTheFeatures(int features, String settings, String widths) {
        assertThat(TrainingOn.shape(DSEBM, features, "z-score", settings).widths())
                .containsExactly(
                        Arrays.stream(widths.split(",")).map(Integer::valueOf).toArray(Integer[]::new));
    }

    @Test
    void countsItsParameters() {
        // 2·3 + 3·2 weights, biases 3 and 2, inverse biases 2 and 3, visible bias 2
        assertThat(TrainingOn.shape(DSEBM, 2, "z-score", "hidden=3 latent-size=2")
                        .parameterCount())
                .isEqualTo(24);
    }

    @Test
    void refusesWidthsOfZeroBothAtOnce() {
        assertThatThrownBy(() -> TrainingOn.shape(DSEBM, 6, "z-score", "hidden=0 latent-size=0"))
                .isInstanceOfSatisfying(InvalidValuesException.class, refused -> assertThat(refused.problems())
                        .containsOnlyKeys("hidden", "latent-size"));
    }
}
