package org.oddlens.engine.detector.mixture;

import java.util.LinkedHashMap;
import java.util.Map;
import org.oddlens.engine.run.Tensor;

/** The fitted mixture as ellipses in the space of its features. */
final class MixtureAnatomy {

    static final String ID = "mixture";

    private MixtureAnatomy() {}

    /**
     * Means {@code [m, k]}, covariances {@code [m, k, k]} with the ridge, weights {@code [m]}.
     *
     * @param weights arrays of the model by name
     */
    static Map<String, Tensor> of(Map<String, Tensor> weights) {
        Tensor means = weights.get(MixtureNetwork.MEANS);
        int components = means.shape()[0];
        int d = means.shape()[1];
        float[] factors = weights.get(MixtureNetwork.FACTORS).values();
        float[] covariances = new float[components * d * d];
        for (int k = 0; k < components; k++) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    double sum = 0;
                    for (int m = 0; m <= Math.min(a, b); m++) {
                        sum += (double) factors[(k * d + a) * d + m] * factors[(k * d + b) * d + m];
                    }
                    covariances[(k * d + a) * d + b] = (float) sum;
                }
            }
        }
        Map<String, Tensor> anatomy = new LinkedHashMap<>();
        anatomy.put(ID, means);
        anatomy.put(ID + "-covariance", Tensor.of(covariances, components, d, d));
        anatomy.put(ID + "-use", weights.get(MixtureNetwork.WEIGHTS));
        return anatomy;
    }
}
