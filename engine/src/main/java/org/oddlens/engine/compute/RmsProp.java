package org.oddlens.engine.compute;

/**
 * Descent divided by a running root mean square of the gradient.
 *
 * <pre>
 * g ← g + wd·θ                              (classic L2)
 * θ ← θ·(1 − lr·wd)                         (decoupled)
 * v ← αv + (1−α)g²
 * θ ← θ − lr·g/(√v + ε),   with momentum: b ← μb + g/(√v + ε), θ ← θ − lr·b
 * </pre>
 *
 * <p>Tieleman and Hinton, Coursera lecture 6.5, 2012; ε is added after the root, as in PyTorch.
 */
public final class RmsProp extends Optimiser {

    /**
     * Settings.
     *
     * @param alpha       forgetting of the mean square
     * @param epsilon     keeps the division finite
     * @param momentum    μ in [0, 1), 0 for none
     * @param weightDecay 0 for none
     */
    public record Settings(double alpha, double epsilon, double momentum, double weightDecay, Decay decay) {

        /** PyTorch's: α = 0.99, ε = 1e-8, neither momentum nor decay. */
        public static final Settings DEFAULT = new Settings(0.99, 1e-8, 0, 0, Decay.L2);

        public Settings withMomentum(double newMomentum) {
            return new Settings(alpha, epsilon, newMomentum, weightDecay, decay);
        }
    }

    private final Settings settings;
    private final float[] squares;
    private final float[] buffer;

    public RmsProp(Settings settings, ParameterGroups groups) {
        super(groups);
        this.settings = settings;
        this.squares = moment("squares");
        this.buffer = settings.momentum > 0 ? moment("buffer") : Moments.NONE;
    }

    @Override
    void move(float[] parameters, float[] gradients, double learningRate, int from, int to) {
        float rate = (float) learningRate;
        float a = (float) settings.alpha;
        float guard = (float) settings.epsilon;
        float mu = (float) settings.momentum;
        float l2 = settings.decay == Decay.L2 ? (float) settings.weightDecay : 0;
        float keep = settings.decay == Decay.DECOUPLED ? (float) (1 - learningRate * settings.weightDecay) : 1;
        boolean plain = settings.momentum == 0;
        for (int i = from; i < to; i++) {
            float g = gradients[i] + l2 * parameters[i];
            float v = a * squares[i] + (1 - a) * g * g + Moments.FADED_SQUARE - Moments.FADED_SQUARE;
            squares[i] = v;
            float b = g / ((float) Math.sqrt(v) + guard);
            if (!plain) {
                b = mu * buffer[i] + b + Moments.FADED - Moments.FADED;
                buffer[i] = b;
            }
            parameters[i] = keep * parameters[i] - rate * b;
        }
    }

    @Override
    public float largestGradient() {
        return Moments.LARGEST_SQUARABLE;
    }
}
