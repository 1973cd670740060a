package org.oddlens.engine.detector;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.compute.CompiledExecutor;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.compute.ReplayExecutor;
import org.oddlens.engine.compute.SameDiffExecutor;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.Tensor;

/**
 * A detector that is one network trained by gradient descent. It writes down its network, names outputs, and says by a
 * {@link TrainingRule} what is special in its training; training, scoring, saving and telemetry are shared.
 *
 * <p>Roles its network must name: {@link #SCORE} {@code [rows]}, and one output for each latent space of the descriptor,
 * under the space's id. It may name {@link #ERROR} {@code [rows, features]}, what each feature adds to the score; without it
 * contributions are found by ablation. None of these may depend on inputs other than the features.
 */
public interface NetworkDetector extends DetectorProvider {

    /** Output role of the anomaly score. */
    String SCORE = "score";

    /** Output role of the error of each feature. */
    String ERROR = "error";

    /**
     * Output role of the loss of a validation row, {@code [rows]}; needed where the loss of the first objective depends on
     * the rows beside it or on inputs other than the features.
     */
    String VALIDATION_LOSS = "validation-loss";

    /**
     * The network.
     *
     * @param type    FLOAT to train, DOUBLE to check gradients
     * @param streams source of the start values
     */
    Network network(Values values, DataShape data, DataType type, RandomStreams streams);

    /** What is special in its training; a new one for each training. */
    default TrainingRule rule(Values values, DataShape data) {
        return TrainingRule.PLAIN;
    }

    /** Epochs in all. */
    default int epochs(Values values) {
        return values.get(SharedHyperparameters.EPOCHS);
    }

    /** Output roles that {@link #anatomy} and {@link #check} need. */
    default List<String> anatomyRoles() {
        return List.of();
    }

    /**
     * The detector's own objects.
     *
     * @param weights parameters by name
     * @param outputs {@link #anatomyRoles} for some rows, {@code [rows, width]} row-major
     * @param rows    how many rows
     */
    default Map<String, Tensor> anatomy(Map<String, Tensor> weights, Map<String, float[]> outputs, int rows) {
        return Map.of();
    }

    /** Looks at the outputs of some training rows before the first epoch and warns of what will not work. */
    default void check(Map<String, float[]> outputs, int rows, BiConsumer<String, String> warn) {}

    @Override
    default Training begin(Values values, TrainingData data, TrainingContext context) {
        return new NetworkTraining(
                this,
                values,
                data,
                context,
                wanted -> executor(network(wanted, data.shape(), DataType.FLOAT, context.streams()), context));
    }

    @Override
    default FittedDetector restore(
            Values values, DataShape data, Map<String, Tensor> weights, TrainingContext context) {
        Network network = network(values, data, DataType.FLOAT, context.streams());
        GraphExecutor executor = executor(network, context);
        NetworkFitted fitted = new NetworkFitted(this, executor, data.features(), () -> {});
        fitted.load(weights);
        return fitted;
    }

    private static GraphExecutor executor(Network network, TrainingContext context) {
        return switch (context.executor()) {
            case "compiled" -> new CompiledExecutor(network, context.threads());
            case "replay" -> new ReplayExecutor(network);
            case "samediff" -> new SameDiffExecutor(network);
            default -> throw new IllegalArgumentException(
                    "There is no executor '" + context.executor() + "'. There are: compiled, replay, samediff.");
        };
    }
}
