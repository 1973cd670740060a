package org.oddlens.engine.detector;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.run.Tensor;

/**
 * A running mean of the weights beside those that are trained, for looking at the network and saving it. No training
 * step sees it.
 *
 * <pre>
 * m_t = m_{t−1} + (1 − d) / (1 − dᵗ) · (θ_t − m_{t−1}) = Σ_{i ≤ t} d^{t−i} θ_i / Σ_{i ≤ t} d^{t−i}
 * </pre>
 *
 * <p>with t the batches so far, θ_t the trained weights after the turns of all objectives on batch t, and d the share
 * that the mean keeps. That is the exponential mean with Adam's bias correction (Kingma and Ba, ICLR 2015, section 7.2,
 * arXiv:1412.6980): it begins at θ_1 and owes nothing to the start values. Before the first batch it is the start
 * values. Kept in single precision, it may stay behind a resting weight by a relative 6e-8 / (1 − d).
 *
 * <p>An executor has one set of weights. The mean is put in their place when the network is looked at ({@link #show}),
 * and they come back before it is trained ({@link #train}). Frozen arrays are not averaged: shown with the mean are
 * those of the training, and what is done to them meanwhile is forgotten.
 */
final class WeightAverage {

    private static final String MEAN = "mean/";

    private final double decay;
    private final List<ParameterLayout.Entry> averaged;
    private final float[] mean;
    private GraphExecutor executor;
    private float[] trained;
    private long batches;

    /** @param decay d, 0 for no mean: then the network is shown as it is trained */
    WeightAverage(GraphExecutor executor, double decay) {
        this.executor = executor;
        this.decay = decay;
        this.averaged = executor.layout().entries().stream()
                .filter(entry -> decay > 0
                        && executor.network().objectives().stream()
                                .anyMatch(o -> o.parameters().contains(entry.name())))
                .toList();
        this.mean = decay > 0 ? executor.parameters().clone() : new float[0];
    }

    /** Whether there is a mean. */
    boolean isOn() {
        return decay > 0;
    }

    /** Takes the weights after a batch in. */
    void add() {
        if (isOn()) {
            batches++;
            float share = (float) ((1 - decay) / (1 - Math.pow(decay, batches)));
            float[] weights = executor.parameters();
            for (ParameterLayout.Entry entry : averaged) {
                for (int i = entry.offset(); i < entry.offset() + entry.length(); i++) {
                    mean[i] += share * (weights[i] - mean[i]);
                }
            }
        }
    }

    /** Puts the mean in the place of the trained weights. */
    void show() {
        if (isOn() && trained == null) {
            trained = executor.parameters().clone();
            averaged.forEach(entry ->
                    System.arraycopy(mean, entry.offset(), executor.parameters(), entry.offset(), entry.length()));
            executor.parametersChanged();
        }
    }

    /** Puts the trained weights back. */
    void train() {
        if (trained != null) {
            System.arraycopy(trained, 0, executor.parameters(), 0, trained.length);
            trained = null;
            executor.parametersChanged();
        }
    }

    /** Follows the training to another executor of the same parameters, which has the trained weights. */
    void moveTo(GraphExecutor next) {
        executor = next;
        trained = null;
    }

    /** Batches taken in. */
    long batches() {
        return batches;
    }

    /** A copy of the mean by names that no parameter has; empty without one. */
    Map<String, Tensor> arrays() {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        for (ParameterLayout.Entry entry : averaged) {
            float[] values = Arrays.copyOfRange(mean, entry.offset(), entry.offset() + entry.length());
            arrays.put(MEAN + entry.name(), new Tensor(values, entry.shape()));
        }
        return arrays;
    }

    /**
     * Goes on from a mean copied earlier; the trained weights must be in place.
     *
     * @throws IllegalArgumentException if it is missing or of another network
     */
    void load(Map<String, Tensor> arrays) {
        for (ParameterLayout.Entry entry : averaged) {
            Tensor tensor = arrays.get(MEAN + entry.name());
            if (tensor == null || !Arrays.equals(tensor.shape(), entry.shape())) {
                throw new IllegalArgumentException(
                        "The training has no mean of the weights '" + entry.name() + "' of shape "
                                + Arrays.toString(entry.shape()) + "; it was trained with another 'weight-average'.");
            }
            System.arraycopy(tensor.values(), 0, mean, entry.offset(), entry.length());
        }
    }

    /** Goes on counting. */
    void restore(long batchesBefore) {
        batches = batchesBefore;
    }
}
