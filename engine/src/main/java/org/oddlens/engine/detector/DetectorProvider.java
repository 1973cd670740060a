package org.oddlens.engine.detector;

import java.util.Map;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.Tensor;

/** A detector: found by its one line in {@code META-INF/services}, known by its descriptor. */
public interface DetectorProvider {

    /** What it says of itself; must not touch a native library. */
    DetectorDescriptor descriptor();

    /**
     * The network these values lead to on such data; must not touch a native library.
     *
     * @throws InvalidValuesException with everything that is wrong, each sentence under its hyperparameter
     */
    NetworkShape shape(Values values, DataShape data);

    /** Prepares a training; nothing is trained yet. */
    Training begin(Values values, TrainingData data, TrainingContext context);

    /** A fitted detector from the weights of {@link FittedDetector#weights()}. */
    FittedDetector restore(Values values, DataShape data, Map<String, Tensor> weights, TrainingContext context);
}
