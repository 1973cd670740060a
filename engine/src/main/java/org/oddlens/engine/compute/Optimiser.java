package org.oddlens.engine.compute;

import java.util.Map;
import org.oddlens.engine.run.Tensor;

/**
 * Moves flat parameters against flat gradients, one fused loop a step and nothing on the heap. Several optimisers may
 * share one pair of arrays, each with {@link ParameterGroups} of its own: the players of an adversarial training.
 *
 * <p>All follow PyTorch, ε outside the bias correction included. Decay applies to weights, biases and memories alike.
 */
public abstract sealed class Optimiser permits Adam, RmsProp, Sgd {

    /** How weight decay {@code wd} acts on parameters θ. */
    public enum Decay {
        /** {@code g ← g + wd·θ}: PyTorch's {@code weight_decay} of SGD, Adam and RMSProp. */
        L2,
        /** {@code θ ← θ·(1 − lr·wd)} before the step: AdamW. */
        DECOUPLED
    }

    private final ParameterGroups groups;
    private final Moments moments = new Moments();
    private long step;

    Optimiser(ParameterGroups groups) {
        this.groups = groups;
    }

    /** An array of zeros, as long as the parameters, that belongs to the state. */
    final float[] moment(String name) {
        return moments.add(name, groups.parameters());
    }

    /**
     * One step.
     *
     * @param parameters   changed in place
     * @param gradients    of the same length
     * @param learningRate step size, times the factor of each group
     */
    public final void step(float[] parameters, float[] gradients, double learningRate) {
        step++;
        for (int group = 0; group < groups.count(); group++) {
            move(parameters, gradients, learningRate * groups.factor(group), groups.from(group), groups.to(group));
        }
    }

    /** The step for the parameters of a group, {@code from} inclusive, {@code to} exclusive. */
    abstract void move(float[] parameters, float[] gradients, double learningRate, int from, int to);

    /** Steps done, the present one included; part of the state, because a bias correction depends on it. */
    public final long steps() {
        return step;
    }

    /** Copies of the moments by name, each as long as the parameters; empty where there are none. */
    public final Map<String, Tensor> state() {
        return moments.copy();
    }

    /**
     * Goes on from a state taken earlier to the same bits.
     *
     * @throws IllegalArgumentException if an array is missing or has another length
     */
    public final void restore(long steps, Map<String, Tensor> state) {
        moments.restore(state);
        step = steps;
    }

    /**
     * The largest magnitude of a gradient that the moments can hold in single precision. Beyond it a square becomes
     * infinite, and the parameter behind it would never move again.
     */
    public abstract float largestGradient();

    /** Adam with PyTorch's defaults on all parameters. */
    public static Optimiser adam(int parameters, double weightDecay, Decay decay) {
        return new Adam(Adam.Settings.DEFAULT.withDecay(weightDecay, decay), ParameterGroups.all(parameters));
    }

    /**
     * Scales the gradients of the parameters that an optimiser moves to the norm {@code limit} if theirs is larger (PyTorch's
     * {@code clip_grad_norm_}); the others stay as they are.
     *
     * @return the norm before
     */
    public static double clip(float[] gradients, double limit, ParameterGroups groups) {
        double squares = 0;
        for (int group = 0; group < groups.count(); group++) {
            for (int i = groups.from(group); i < groups.to(group); i++) {
                squares += (double) gradients[i] * gradients[i];
            }
        }
        double norm = Math.sqrt(squares);
        double factor = limit / (norm + 1e-6);
        for (int group = 0; factor < 1 && group < groups.count(); group++) {
            for (int i = groups.from(group); i < groups.to(group); i++) {
                gradients[i] *= (float) factor;
            }
        }
        return norm;
    }
}
