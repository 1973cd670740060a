package org.oddlens.engine.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * How weights and biases start.
 *
 * <p>All draws are uniform in {@code ±bound}. Glorot and Bengio 2010 (AISTATS), He et al. 2015
 * (doi:10.1109/ICCV.2015.123).
 */
public enum Initialisation {
    /** Weights {@code ±√(6/(in+out))}, biases 0. */
    GLOROT,
    /** Weights {@code ±√(6/in)}, biases 0. */
    HE,
    /** PyTorch's default for a linear layer: weights and biases {@code ±1/√in}. */
    TORCH,
    /** The tabular MeMAE program: weights {@code ±√(6/(in+out))}, biases {@code ±√(2/(in+out))}. */
    SALTOS;

    /** Id in hyperparameters. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Initialisation of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(Initialisation::id).toList();
    }

    /** Weights of a layer start within this of 0. */
    public double weightBound(int fanIn, int fanOut) {
        return switch (this) {
            case GLOROT, SALTOS -> Math.sqrt(6.0 / (fanIn + fanOut));
            case HE -> Math.sqrt(6.0 / fanIn);
            case TORCH -> 1 / Math.sqrt(fanIn);
        };
    }

    /** Biases of a layer start within this of 0. */
    public double biasBound(int fanIn, int fanOut) {
        return switch (this) {
            case GLOROT, HE -> 0;
            case SALTOS -> Math.sqrt(2.0 / (fanIn + fanOut));
            case TORCH -> 1 / Math.sqrt(fanIn);
        };
    }

    static float[] uniform(RandomGenerator random, int count, double bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return values;
    }
}
