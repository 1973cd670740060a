package org.oddlens.engine.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Element-wise non-linearities, by the ids that hyperparameters use. */
public enum Activation {
    RELU,
    /** Slope 0.1 for negative inputs, as in the tabular MeMAE program. */
    LEAKY_RELU,
    TANH,
    SIGMOID,
    LINEAR;

    private static final double LEAKY_SLOPE = 0.1;

    /** Id in hyperparameters: {@code leaky-relu}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The activation of an id. */
    public static Activation of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Ids of the non-linear activations, for a hyperparameter's options. */
    public static List<String> hiddenIds() {
        return Arrays.stream(values())
                .filter(a -> a != LINEAR)
                .map(Activation::id)
                .toList();
    }

    /** The activation of each number. */
    public SDVariable apply(SameDiff graph, SDVariable in) {
        return switch (this) {
            case RELU -> graph.nn().relu(in, 0);
            case LEAKY_RELU -> graph.nn().leakyRelu(in, LEAKY_SLOPE);
            case TANH -> graph.nn().tanh(in);
            case SIGMOID -> graph.nn().sigmoid(in);
            case LINEAR -> in;
        };
    }
}
