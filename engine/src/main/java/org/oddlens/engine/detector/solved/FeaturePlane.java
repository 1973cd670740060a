package org.oddlens.engine.detector.solved;

import java.util.LinkedHashMap;
import java.util.Map;
import org.oddlens.engine.projection.Pca;
import org.oddlens.engine.run.Tensor;

/**
 * The plane of the two principal axes of the training rows, where rows are drawn for a detector without a code of its
 * own. With one feature it is a line.
 */
public final class FeaturePlane {

    private static final String MEAN = "plane-mean";
    private static final String AXES = "plane-axes";

    /** Enough rows for a picture; fewer for wide rows, so that the covariance takes a second at most. */
    private static final int MOST_ROWS = 10_000;

    /** So few rows cost little however wide they are. */
    private static final int FEWEST_ROWS = 64;

    private static final long MOST_PRODUCTS = 1_000_000_000L;

    private final float[] mean;
    private final float[] axes;

    private FeaturePlane(float[] mean, float[] axes) {
        this.mean = mean;
        this.axes = axes;
    }

    /** The plane of evenly picked rows, {@code [rows, features]} row-major, at least one. */
    static FeaturePlane fit(float[] rows, int features) {
        int count = rows.length / features;
        long most = Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, MOST_PRODUCTS / ((long) features * features)));
        int picked = (int) Math.min(count, most);
        float[] sample = new float[picked * features];
        for (int i = 0; i < picked; i++) {
            int row = (int) ((long) i * count / picked);
            System.arraycopy(rows, row * features, sample, i * features, features);
        }
        Pca pca = Pca.fit(sample, picked, features, 2);
        double[] centre = pca.mean();
        double[][] directions = pca.axes();
        float[] mean = new float[features];
        float[] axes = new float[pca.components() * features];
        for (int j = 0; j < features; j++) {
            mean[j] = (float) centre[j];
            for (int axis = 0; axis < pca.components(); axis++) {
                axes[axis * features + j] = (float) directions[axis][j];
            }
        }
        return new FeaturePlane(mean, axes);
    }

    /** The plane found under its names. */
    static FeaturePlane of(Map<String, Tensor> weights) {
        if (!holds(weights)) {
            throw new IllegalArgumentException(
                    "The model has no '" + MEAN + "' and '" + AXES + "'; it was made by another detector.");
        }
        return new FeaturePlane(weights.get(MEAN).values(), weights.get(AXES).values());
    }

    private static boolean holds(Map<String, Tensor> weights) {
        return weights.containsKey(MEAN) && weights.containsKey(AXES);
    }

    /** Its numbers by name. */
    Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put(MEAN, Tensor.of(mean.clone(), mean.length));
        weights.put(AXES, Tensor.of(axes.clone(), width(), mean.length));
        return weights;
    }

    /** Whether there is more than the plane in these weights. */
    static boolean aloneIn(Map<String, Tensor> weights) {
        return weights.size() == 2 && holds(weights);
    }

    /** Numbers per row. */
    public int features() {
        return mean.length;
    }

    /** Mean of a feature over the training rows. */
    float mean(int feature) {
        return mean[feature];
    }

    /** 2, or 1 for a single feature. */
    public int width() {
        return axes.length / mean.length;
    }

    /** Places rows, {@code [n, features]} row-major; gives {@code [n, width]}. */
    public float[] place(float[] rows) {
        int count = rows.length / mean.length;
        float[] places = new float[count * width()];
        for (int i = 0; i < places.length; i++) {
            double sum = 0;
            for (int j = 0; j < mean.length; j++) {
                sum += (rows[i / width() * mean.length + j] - (double) mean[j]) * axes[i % width() * mean.length + j];
            }
            places[i] = (float) sum;
        }
        return places;
    }
}
