package org.oddlens.engine.detector;

import static org.oddlens.engine.detector.SharedHyperparameters.BATCH_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.DECOUPLED_DECAY;
import static org.oddlens.engine.detector.SharedHyperparameters.DROP_LAST;
import static org.oddlens.engine.detector.SharedHyperparameters.EPOCHS;
import static org.oddlens.engine.detector.SharedHyperparameters.GRAD_CLIP;
import static org.oddlens.engine.detector.SharedHyperparameters.LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.MIN_LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.SCHEDULE;
import static org.oddlens.engine.detector.SharedHyperparameters.WEIGHT_DECAY;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.compute.MinibatchTraining;
import org.oddlens.engine.compute.Optimiser;
import org.oddlens.engine.compute.Schedule;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.Tensor;

/** The training of one network: mini-batches, schedule, validation loss. */
final class NetworkTraining implements Training {

    private static final int CHECKED_ROWS = 256;

    private final Values values;
    private final TrainingData data;
    private final NetworkShape shape;
    private final GraphExecutor executor;
    private final NetworkFitted fitted;
    private final Schedule schedule;
    private final MinibatchTraining loop;

    NetworkTraining(
            NetworkDetector detector,
            Values values,
            TrainingData data,
            TrainingContext context,
            GraphExecutor executor) {
        this.values = values;
        this.data = data;
        this.shape = detector.shape(values, data.shape());
        this.executor = executor;
        this.fitted = new NetworkFitted(detector, executor, data.features());
        this.schedule = new Schedule(
                Schedule.Kind.valueOf(values.get(SCHEDULE).toUpperCase(Locale.ROOT)),
                values.get(LEARNING_RATE),
                values.get(MIN_LEARNING_RATE),
                values.get(EPOCHS));
        refuseAnEmptyEpoch();
        this.loop = new MinibatchTraining(
                executor,
                Optimiser.adam(
                        executor.layout().length(),
                        values.get(WEIGHT_DECAY),
                        values.get(DECOUPLED_DECAY) ? Optimiser.Decay.DECOUPLED : Optimiser.Decay.L2),
                new MinibatchTraining.Settings(values.get(BATCH_SIZE), values.get(DROP_LAST), values.get(GRAD_CLIP)),
                data.train(),
                data.features(),
                context.streams(),
                context.control()::mayContinue);
        shape.warnings().forEach(warning -> context.warn().accept("network", warning));
        int checked = Math.min(CHECKED_ROWS, data.trainRows());
        detector.check(
                fitted.anatomyOutputs(Arrays.copyOf(data.train(), checked * data.features())), checked, context.warn());
    }

    private void refuseAnEmptyEpoch() {
        int batch = values.get(BATCH_SIZE);
        if (values.get(DROP_LAST) && batch > data.trainRows()) {
            throw new InvalidValuesException(Map.of(
                    BATCH_SIZE.key(),
                    "Batch size " + batch + " is larger than the " + data.trainRows()
                            + " training rows, and 'drop short batch' is on, so nothing would be trained. Use "
                            + data.trainRows() + " or keep short batches."));
        }
    }

    @Override
    public int epochs() {
        return values.get(EPOCHS);
    }

    @Override
    public List<String> terms() {
        return executor.network().terms();
    }

    @Override
    public NetworkShape shape() {
        return shape;
    }

    @Override
    public EpochResult epoch(int number) {
        double rate = schedule.rate(number);
        MinibatchTraining.EpochSums sums = loop.epoch(number, rate);
        double validation = fitted.loss(data.validation());
        schedule.validated(validation);
        Map<String, Double> terms = new LinkedHashMap<>();
        for (int i = 0; i < terms().size(); i++) {
            terms.put(terms().get(i), sums.terms()[i]);
        }
        return new EpochResult(terms, validation, rate, sums.steps(), sums.complete(), sums.divergedIn());
    }

    @Override
    public FittedDetector detector() {
        return fitted;
    }

    @Override
    public Map<String, Tensor> weights() {
        return fitted.weights();
    }

    @Override
    public void restore(Map<String, Tensor> weights) {
        fitted.load(weights);
    }

    @Override
    public void close() {
        executor.close();
    }
}
