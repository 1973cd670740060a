package org.oddlens.engine.detector.solved;

import java.util.Map;
import org.oddlens.engine.run.Tensor;

/** What a solved detector has found. Immutable; asked by several threads at once. */
public interface Solution {

    /**
     * Anomaly score of one row.
     *
     * @param row scaled as in training, one number per feature
     */
    double score(double[] row);

    /** All learned numbers; {@link SolvedDetector#solution} makes the same solution from them, to the same bits. */
    Map<String, Tensor> weights();

    /** Mean of each loss term per training row. */
    Map<String, Double> loss();

    /**
     * What each feature adds to a row's score, by a way of the detector's own; null where there is none and features are
     * left out in turn instead.
     */
    default float[] contributions(double[] row) {
        return null;
    }

    /** The detector's own objects in the plane of the features, by key of {@code anatomy/*.npz}. */
    default Map<String, Tensor> anatomy(FeaturePlane plane) {
        return Map.of();
    }
}
