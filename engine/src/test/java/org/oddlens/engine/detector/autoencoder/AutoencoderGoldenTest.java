package org.oddlens.engine.detector.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.engine.detector.solved.FixedSplit;

/**
 * Against scikit-learn's perceptron as a stand-in, the same network trained likewise on the same rows: 200 epochs of Adam at
 * 1e-4, tanh, linear output, mean of three seeds, to the .02 of AUROC that the specification allows.
 */
class AutoencoderGoldenTest {

    private static final String THYROID = "adbench/38_thyroid.npz";
    private static final String ARRHYTHMIA = "odds/arrhythmia.mat";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                THYROID + "; min-max; hidden=12,4 latent-size=1 batch-size=64; .967",
                THYROID + "; z-score; hidden=12,4 latent-size=1 batch-size=64; .974",
                ARRHYTHMIA + "; min-max; hidden=none latent-size=10 batch-size=16; .799",
                ARRHYTHMIA + "; z-score; hidden=none latent-size=10 batch-size=16; .803"
            })
    void ranksAsThePerceptronDoes(String file, String scaler, String network, double auroc) {
        FixedSplit split = FixedSplit.of(file, scaler);
        double mean = 0;
        for (int seed = 0; seed < 3; seed++) {
            mean += split.ranking(
                                    new Autoencoder(),
                                    network + " epochs=200 learning-rate=1e-4 activation=tanh output=linear",
                                    seed)
                            .auroc()
                            .orNaN()
                    / 3;
        }
        assertThat(mean).isCloseTo(auroc, within(0.02));
    }
}
