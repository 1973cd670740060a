package org.oddlens.engine.compute;

/**
 * Gradient descent with momentum.
 *
 * <pre>
 * g ← g + wd·θ                              (classic L2)
 * θ ← θ·(1 − lr·wd)                         (decoupled)
 * b ← μb + g
 * θ ← θ − lr·b,   Nesterov: θ ← θ − lr·(g + μb)
 * </pre>
 *
 * <p>Sutskever, Martens, Dahl and Hinton, ICML 2013; the learning rate stands outside the buffer, as in PyTorch, so that
 * a change of the rate acts on the whole step.
 */
public final class Sgd extends Optimiser {

    /**
     * Settings.
     *
     * @param momentum    μ in [0, 1), 0 for plain descent
     * @param nesterov    whether the step looks ahead along the momentum
     * @param weightDecay 0 for none
     */
    public record Settings(double momentum, boolean nesterov, double weightDecay, Decay decay) {

        public Settings {
            if (nesterov && momentum == 0) {
                throw new IllegalArgumentException("Nesterov's step needs a momentum");
            }
        }
    }

    private final Settings settings;
    private final float[] buffer;

    public Sgd(Settings settings, ParameterGroups groups) {
        super(groups);
        this.settings = settings;
        this.buffer = settings.momentum > 0 ? moment("buffer") : Moments.NONE;
    }

    @Override
    void move(float[] parameters, float[] gradients, double learningRate, int from, int to) {
        float rate = (float) learningRate;
        float l2 = settings.decay == Decay.L2 ? (float) settings.weightDecay : 0;
        float keep = settings.decay == Decay.DECOUPLED ? (float) (1 - learningRate * settings.weightDecay) : 1;
        if (settings.momentum == 0) {
            for (int i = from; i < to; i++) {
                float g = gradients[i] + l2 * parameters[i];
                parameters[i] = keep * parameters[i] - rate * g;
            }
            return;
        }
        float mu = (float) settings.momentum;
        float ahead = settings.nesterov ? mu : 1;
        float now = settings.nesterov ? 1 : 0;
        for (int i = from; i < to; i++) {
            float g = gradients[i] + l2 * parameters[i];
            float b = mu * buffer[i] + g + Moments.FADED - Moments.FADED;
            buffer[i] = b;
            parameters[i] = keep * parameters[i] - rate * (now * g + ahead * b);
        }
    }

    /** Nothing is squared; a buffer grows to {@code 1/(1−μ)} times the gradient. */
    @Override
    public float largestGradient() {
        return (float) (Float.MAX_VALUE * (1 - settings.momentum));
    }
}
