package org.oddlens.engine.study;

import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.data.Scaler;

/**
 * The trivial baseline: distance to the mean of the training rows, min-max scaled on them whatever the run's scaler is,
 * so that the number is the same for all runs on one split.
 */
final class MeanDistance {

    private MeanDistance() {}

    /** A score for each evaluated row. */
    static double[] scores(Dataset dataset, int[] train, int[] evaluated) {
        FittedScaler scaler = Scaler.MIN_MAX.fit(dataset, train);
        int features = dataset.features();
        double[] mean = new double[features];
        float[] rows = scaler.transform(dataset, train);
        for (int i = 0; i < rows.length; i++) {
            mean[i % features] += rows[i] / train.length;
        }
        float[] tested = scaler.transform(dataset, evaluated);
        double[] scores = new double[evaluated.length];
        for (int row = 0; row < scores.length; row++) {
            double squares = 0;
            for (int j = 0; j < features; j++) {
                double difference = tested[row * features + j] - mean[j];
                squares += difference * difference;
            }
            scores[row] = Math.sqrt(squares);
        }
        return scores;
    }
}
