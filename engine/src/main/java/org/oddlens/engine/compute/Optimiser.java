package org.oddlens.engine.compute;

/**
 * Adam on flat arrays: moments with bias correction, classic or decoupled weight decay.
 *
 * <pre>
 * g ← g + wd·θ                              (classic L2; PyTorch's weight_decay of Adam)
 * θ ← θ·(1 − lr·wd)                         (decoupled; AdamW)
 * m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²
 * θ ← θ − lr · (m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>Kingma and Ba, ICLR 2015, arXiv:1412.6980; Loshchilov and Hutter, ICLR 2019, arXiv:1711.05101. ε stands outside the
 * bias correction of v as in PyTorch (ND4J and Keras put it inside). Decay applies to weights, biases and memories.
 */
public final class Optimiser {

    /** How weight decay acts. */
    public enum Decay {
        L2,
        DECOUPLED
    }

    private final double beta1;
    private final double beta2;
    private final double epsilon;
    private final double weightDecay;
    private final Decay decay;
    private final float[] first;
    private final float[] second;
    private long step;

    /** PyTorch's defaults: β₁ = 0.9, β₂ = 0.999, ε = 1e-8. */
    public static Optimiser adam(int parameters, double weightDecay, Decay decay) {
        return new Optimiser(parameters, 0.9, 0.999, 1e-8, weightDecay, decay);
    }

    public Optimiser(int parameters, double beta1, double beta2, double epsilon, double weightDecay, Decay decay) {
        this.beta1 = beta1;
        this.beta2 = beta2;
        this.epsilon = epsilon;
        this.weightDecay = weightDecay;
        this.decay = decay;
        this.first = new float[parameters];
        this.second = new float[parameters];
    }

    /** Steps done; part of the state, because the bias correction depends on it. */
    public long steps() {
        return step;
    }

    /** Moves the parameters against the gradients. */
    public void step(float[] parameters, float[] gradients, double learningRate) {
        step++;
        float b1 = (float) beta1;
        float b2 = (float) beta2;
        float l2 = decay == Decay.L2 ? (float) weightDecay : 0;
        float keep = decay == Decay.DECOUPLED ? (float) (1 - learningRate * weightDecay) : 1;
        float rate = (float) (learningRate / (1 - Math.pow(beta1, step)));
        float root = (float) (1 / Math.sqrt(1 - Math.pow(beta2, step)));
        float guard = (float) epsilon;
        for (int i = 0; i < parameters.length; i++) {
            float g = gradients[i] + l2 * parameters[i];
            float m = b1 * first[i] + (1 - b1) * g;
            float v = b2 * second[i] + (1 - b2) * g * g;
            first[i] = m;
            second[i] = v;
            parameters[i] = keep * parameters[i] - rate * m / ((float) Math.sqrt(v) * root + guard);
        }
    }

    /**
     * Scales the gradients to the norm {@code limit} if theirs is larger (PyTorch's {@code clip_grad_norm_}).
     *
     * @return the norm before
     */
    public static double clip(float[] gradients, double limit) {
        double squares = 0;
        for (float g : gradients) {
            squares += (double) g * g;
        }
        double norm = Math.sqrt(squares);
        double factor = limit / (norm + 1e-6);
        if (factor < 1) {
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] *= (float) factor;
            }
        }
        return norm;
    }
}
