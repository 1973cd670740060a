package org.oddlens.engine.compute;

/**
 * Adam and its relatives: moments with bias correction, classic or decoupled weight decay.
 *
 * <pre>
 * g ← g + wd·θ                              (classic L2)
 * θ ← θ·(1 − lr·wd)                         (decoupled; AdamW)
 * m ← β₁m + (1−β₁)g,  v ← β₂v + (1−β₂)g²,  AMSGrad: w ← max(w, v) in place of v below
 * θ ← θ − lr · (m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε)
 * </pre>
 *
 * <p>Kingma and Ba, ICLR 2015, arXiv:1412.6980; Loshchilov and Hutter, ICLR 2019, arXiv:1711.05101; Reddi, Kale and Kumar,
 * ICLR 2018, arXiv:1904.09237. ε stands outside the bias correction of v as in PyTorch; Keras and ND4J put it inside
 * ({@code epsilonInside}).
 */
public final class Adam extends Optimiser {

    /**
     * Settings.
     *
     * @param beta1         forgetting of the first moment; adversarial trainings often use 0.5
     * @param beta2         forgetting of the second moment
     * @param epsilon       keeps the division finite
     * @param epsilonInside whether ε is added before the bias correction, as Keras does
     * @param amsGrad       whether the largest second moment so far divides, instead of the present one
     * @param weightDecay   0 for none
     */
    public record Settings(
            double beta1,
            double beta2,
            double epsilon,
            boolean epsilonInside,
            boolean amsGrad,
            double weightDecay,
            Decay decay) {

        /** PyTorch's: β₁ = 0.9, β₂ = 0.999, ε = 1e-8, no decay. */
        public static final Settings DEFAULT = new Settings(0.9, 0.999, 1e-8, false, false, 0, Decay.L2);

        public Settings withDecay(double newWeightDecay, Decay newDecay) {
            return new Settings(beta1, beta2, epsilon, epsilonInside, amsGrad, newWeightDecay, newDecay);
        }

        public Settings withBeta1(double newBeta1) {
            return new Settings(newBeta1, beta2, epsilon, epsilonInside, amsGrad, weightDecay, decay);
        }

        public Settings withAmsGrad() {
            return new Settings(beta1, beta2, epsilon, epsilonInside, true, weightDecay, decay);
        }

        public Settings withEpsilonInside() {
            return new Settings(beta1, beta2, epsilon, true, amsGrad, weightDecay, decay);
        }
    }

    private final Settings settings;
    private final float[] first;
    private final float[] second;
    private final float[] largest;

    public Adam(Settings settings, ParameterGroups groups) {
        super(groups);
        this.settings = settings;
        this.first = moment("first");
        this.second = moment("second");
        this.largest = settings.amsGrad ? moment("largest") : Moments.NONE;
    }

    @Override
    void move(float[] parameters, float[] gradients, double learningRate, int from, int to) {
        double correction = Math.sqrt(1 - Math.pow(settings.beta2, steps()));
        double size = learningRate / (1 - Math.pow(settings.beta1, steps()));
        float b1 = (float) settings.beta1;
        float b2 = (float) settings.beta2;
        float l2 = settings.decay == Decay.L2 ? (float) settings.weightDecay : 0;
        float keep = settings.decay == Decay.DECOUPLED ? (float) (1 - learningRate * settings.weightDecay) : 1;
        float rate = (float) (settings.epsilonInside ? size * correction : size);
        float root = settings.epsilonInside ? 1 : (float) (1 / correction);
        float guard = (float) settings.epsilon;
        if (settings.amsGrad) {
            moveByLargest(parameters, gradients, from, to, b1, b2, l2, keep, rate, root, guard);
            return;
        }
        for (int i = from; i < to; i++) {
            float g = gradients[i] + l2 * parameters[i];
            float m = b1 * first[i] + (1 - b1) * g + Moments.FADED - Moments.FADED;
            float v = b2 * second[i] + (1 - b2) * g * g + Moments.FADED_SQUARE - Moments.FADED_SQUARE;
            first[i] = m;
            second[i] = v;
            parameters[i] = keep * parameters[i] - rate * m / ((float) Math.sqrt(v) * root + guard);
        }
    }

    private void moveByLargest(
            float[] parameters,
            float[] gradients,
            int from,
            int to,
            float b1,
            float b2,
            float l2,
            float keep,
            float rate,
            float root,
            float guard) {
        for (int i = from; i < to; i++) {
            float g = gradients[i] + l2 * parameters[i];
            float m = b1 * first[i] + (1 - b1) * g + Moments.FADED - Moments.FADED;
            float v = b2 * second[i] + (1 - b2) * g * g + Moments.FADED_SQUARE - Moments.FADED_SQUARE;
            float w = Math.max(largest[i], v);
            first[i] = m;
            second[i] = v;
            largest[i] = w;
            parameters[i] = keep * parameters[i] - rate * m / ((float) Math.sqrt(w) * root + guard);
        }
    }

    @Override
    public float largestGradient() {
        return Moments.LARGEST_SQUARABLE;
    }
}
