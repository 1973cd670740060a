package org.oddlens.engine.detector;

import java.util.Map;
import org.oddlens.engine.run.Tensor;

/**
 * What can be seen of some rows at one moment of training.
 *
 * @param scores  anomaly score per row
 * @param codes   latent space id to {@code [rows, k]}
 * @param anatomy the detector's own objects by key of {@code anatomy/*.npz}
 */
public record Observation(double[] scores, Map<String, Tensor> codes, Map<String, Tensor> anatomy) {}
