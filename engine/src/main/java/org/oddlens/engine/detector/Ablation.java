package org.oddlens.engine.detector;

import java.util.Arrays;
import java.util.function.Function;
import org.oddlens.engine.run.Tensor;

/**
 * What each feature adds to a score, by taking it away: how much the score falls when the feature is set to its mean over
 * the training rows; negative where it rises.
 */
final class Ablation {

    /** Name of the means among the weights of a model. */
    static final String MEANS = "feature-means";

    private final int features;
    private final Function<float[], float[]> score;
    private final float[] means;

    /** @param score scores rows {@code [n, features]} */
    Ablation(int features, Function<float[], float[]> score) {
        this.features = features;
        this.score = score;
        this.means = new float[features];
    }

    /** Takes the means of these rows. */
    void compareWith(float[] rows) {
        double[] sums = new double[features];
        for (int i = 0; i < rows.length; i++) {
            sums[i % features] += rows[i];
        }
        for (int j = 0; j < features; j++) {
            means[j] = (float) (sums[j] * features / Math.max(1, rows.length));
        }
    }

    Tensor means() {
        return Tensor.of(means.clone(), features);
    }

    void load(Tensor saved) {
        System.arraycopy(saved.values(), 0, means, 0, features);
    }

    /** {@code [n, features]} row-major, for rows of the same shape. */
    float[] contributions(float[] rows) {
        float[] falls = new float[rows.length];
        for (int from = 0; from < rows.length; from += features) {
            float[] row = Arrays.copyOfRange(rows, from, from + features);
            float[] scores = score.apply(variants(row));
            for (int j = 0; j < features; j++) {
                falls[from + j] = scores[features] - scores[j];
            }
        }
        return falls;
    }

    /** The row with each feature in turn at its mean, then the row itself. */
    private float[] variants(float[] row) {
        float[] variants = new float[(features + 1) * features];
        for (int j = 0; j <= features; j++) {
            System.arraycopy(row, 0, variants, j * features, features);
            if (j < features) {
                variants[j * features + j] = means[j];
            }
        }
        return variants;
    }
}
