package org.oddlens.engine.detector.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;

class AutoencoderTest {

    private static final Autoencoder AUTOENCODER = new Autoencoder();

    @Test
    void halvesTheWidthLayerByLayer() {
        assertThat(shape(121, Map.of("layers", "4", "latent-size", "1")).widths())
                .containsExactly(121, 60, 30, 15, 1, 15, 30, 60, 121);
    }

    @Property(tries = 80)
    void neverLaysOutAnAutomaticWidthBelowOne(
            @ForAll @IntRange(min = 1, max = 10) int features, @ForAll @IntRange(min = 1, max = 8) int layers) {
        NetworkShape shape = shape(features, Map.of("layers", String.valueOf(layers)));

        assertThat(shape.widths()).allMatch(width -> width >= 1);
        assertThat(shape.widths()).hasSize(2 * layers + 1);
    }

    @Test
    void saysHowManyAutomaticWidthsWereRaised() {
        assertThat(shape(3, Map.of("layers", "5")).warnings())
                .containsExactly("3 hidden widths would be 0 with 3 features halved 4 times; raised to 1.");
    }

    @Test
    void refusesAWidthOfZeroThatWasTyped() {
        assertRefused(12, Map.of("hidden", "8,0,4"), "hidden", "Width of hidden layer 2 would be 0.");
        assertRefused(12, Map.of("latent-size", "0"), "latent-size", "Latent width would be 0.");
    }

    @Test
    void refusesAFactorThatLeadsToZero() {
        assertRefused(
                3,
                Map.of("layers", "2", "compression", "4"),
                "compression",
                "Width of hidden layer 1 would be 0. 3 input columns ÷ 4 (compression factor) rounds to 0. Choose a"
                        + " factor of 3 or less, or type the widths yourself.");
    }

    @Test
    void refusesPatienceAndPlateauWithoutValidationRowsBothAtOnce() {
        assertThatThrownBy(() -> shape(12, Map.of("patience", "5", "schedule", "plateau")))
                .isInstanceOfSatisfying(InvalidValuesException.class, refused -> assertThat(refused.problems())
                        .containsOnlyKeys("patience", "schedule"));
    }

    private static void assertRefused(int features, Map<String, String> texts, String key, String beginning) {
        assertThatThrownBy(() -> shape(features, texts))
                .isInstanceOfSatisfying(
                        InvalidValuesException.class,
                        refused -> assertThat(refused.problems().get(key)).startsWith(beginning));
    }

    /** One linear layer each way and a code as wide as the row: the identity can be learned. */
    @Test
    void learnsTheIdentityWhereNothingIsCompressed() {
        try (Training training = begin(
                Map.of(
                        "layers",
                        "1",
                        "latent-size",
                        String.valueOf(ToyData.FEATURES),
                        "learning-rate",
                        "0.01",
                        "epochs",
                        "2000",
                        "batch-size",
                        "64",
                        "output",
                        "linear"),
                64)) {
            double first = training.epoch(1).terms().get("reconstruction");
            double last = first;
            for (int epoch = 2; epoch <= 2000; epoch++) {
                last = training.epoch(epoch).terms().get("reconstruction");
            }

            assertThat(last).isLessThan(0.01 * first);
        }
    }

    /** One batch of all rows: the loss of epoch 1 is that of the untrained network, so the mean of its scores. */
    @Test
    void hasTheMeanScoreAsItsLossWithoutCodeNorm() {
        try (Training training = begin(Map.of("batch-size", "64"), 64)) {
            double[] scores = training.detector().score(ToyData.rows(64, 0, 1));
            double mean = 0;
            for (double score : scores) {
                mean += score / scores.length;
            }

            Map<String, Double> terms = training.epoch(1).terms();

            assertThat(mean).isPositive();
            assertThat(terms).containsOnlyKeys("reconstruction");
            assertThat(terms.get("reconstruction")).isCloseTo(mean, within(1e-5 * mean));
        }
    }

    /** The score is the sum of what each feature adds to it. */
    @Test
    void splitsItsScoreByFeature() {
        float[] rows = ToyData.rows(20, 5, 2);
        try (Training training = begin(Map.of("epochs", "1"), 64)) {
            double[] scores = training.detector().score(rows);
            float[] shares = training.detector().contributions(rows);
            for (int i = 0; i < scores.length; i++) {
                double sum = 0;
                for (int j = 0; j < ToyData.FEATURES; j++) {
                    sum += shares[i * ToyData.FEATURES + j];
                }
                assertThat(scores[i]).isNotNegative().isCloseTo(sum, within(1e-5 * sum));
            }
        }
    }

    private static NetworkShape shape(int features, Map<String, String> texts) {
        return AUTOENCODER.shape(values(texts), new DataShape(new int[] {features}, "min-max", 0));
    }

    private static Values values(Map<String, String> texts) {
        return Values.parse(AUTOENCODER.descriptor().hyperparameters(), texts);
    }

    private static Training begin(Map<String, String> texts, int rows) {
        TrainingData data = new TrainingData(
                new DataShape(new int[] {ToyData.FEATURES}, "none", rows), ToyData.rows(rows, 0, 1), new float[0]);
        return AUTOENCODER.begin(
                values(texts),
                data,
                new TrainingContext(new RandomStreams(1), new RunControl(), "replay", (code, text) -> {}));
    }
}
