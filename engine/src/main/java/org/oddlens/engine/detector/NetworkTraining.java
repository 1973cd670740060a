package org.oddlens.engine.detector;

import static org.oddlens.engine.detector.SharedHyperparameters.BATCH_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.DECOUPLED_DECAY;
import static org.oddlens.engine.detector.SharedHyperparameters.DROP_LAST;
import static org.oddlens.engine.detector.SharedHyperparameters.GRAD_CLIP;
import static org.oddlens.engine.detector.SharedHyperparameters.LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.MIN_LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.SCHEDULE;
import static org.oddlens.engine.detector.SharedHyperparameters.WEIGHT_DECAY;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.oddlens.engine.compute.Adam;
import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.compute.MinibatchTraining;
import org.oddlens.engine.compute.Optimiser;
import org.oddlens.engine.compute.ParameterGroups;
import org.oddlens.engine.compute.Schedule;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.Tensor;

/**
 * The training of one network: mini-batches by the detector's {@link TrainingRule}, schedule, validation loss, and the state
 * to go on from.
 */
final class NetworkTraining implements Training {

    private static final int CHECKED_ROWS = 256;

    /** Live values that the network does not know: a change of theirs needs no new one. */
    private static final Set<String> OUTSIDE_THE_NETWORK =
            Set.of(LEARNING_RATE.key(), BATCH_SIZE.key(), WEIGHT_DECAY.key(), GRAD_CLIP.key());

    private static final String WEIGHTS = "weights/";
    private static final String OPTIMISER = "optimiser/";
    private static final String OPTIMISER_STEPS = "optimiser_steps";
    private static final String SCHEDULE_STATE = "schedule";
    private static final String NEXT_ROW = "next_row";
    private static final String TERM_SUMS = "term_sums";
    private static final String BEGUN = "begun";
    private static final String AVERAGED = "averaged_batches";
    private static final String RULE = "rule/";

    private final NetworkDetector detector;
    private final TrainingData data;
    private final TrainingContext context;
    private final Function<Values, GraphExecutor> executors;
    private final NetworkShape shape;
    private final Schedule schedule;
    private Values values;
    private GraphExecutor executor;
    private NetworkFitted fitted;
    private MinibatchTraining loop;
    private final WeightAverage average;
    private LiveNetwork live;
    private TrainingRule rule;
    private boolean begun;
    private boolean settled;

    /** @param executors makes the network for some values, ready to run */
    NetworkTraining(
            NetworkDetector detector,
            Values values,
            TrainingData data,
            TrainingContext context,
            Function<Values, GraphExecutor> executors) {
        this.detector = detector;
        this.values = values;
        this.data = data;
        this.context = context;
        this.executors = executors;
        this.shape = detector.shape(values, data.shape());
        this.executor = executors.apply(values);
        this.live = new LiveNetwork(executor, data, context);
        this.rule = detector.rule(values, data.shape());
        this.average = new WeightAverage(executor, rule.weightAverage());
        this.fitted = fitted(executor);
        this.schedule = new Schedule(
                Schedule.Kind.valueOf(values.get(SCHEDULE).toUpperCase(Locale.ROOT)),
                values.get(LEARNING_RATE),
                values.get(MIN_LEARNING_RATE),
                detector.epochs(values));
        refuseAnEmptyEpoch(values);
        this.loop = loop(values, executor);
        shape.warnings().forEach(warning -> context.warn().accept("network", warning));
        int checked = Math.min(CHECKED_ROWS, data.trainRows());
        detector.check(
                fitted.anatomyOutputs(Arrays.copyOf(data.train(), checked * data.features())), checked, context.warn());
    }

    private NetworkFitted fitted(GraphExecutor network) {
        NetworkFitted made = new NetworkFitted(detector, network, data.features(), this::settle);
        made.compareWith(data.train());
        return made;
    }

    private MinibatchTraining loop(Values wanted, GraphExecutor network) {
        return new MinibatchTraining(
                network,
                optimisers(wanted, network.network()),
                new MinibatchTraining.Settings(
                        wanted.get(BATCH_SIZE), wanted.get(DROP_LAST), rule.smallestBatch(), wanted.get(GRAD_CLIP)),
                new MinibatchTraining.Turns() {
                    @Override
                    public void fill(Batch batch, int objective, int epoch, int step) {
                        rule.fill(live, batch, objective, epoch, step);
                    }

                    @Override
                    public void taken() {
                        average.add();
                    }
                },
                data.train(),
                data.features(),
                context.streams(),
                context.control()::mayContinue);
    }

    /** One for each objective, on what it trains. */
    private List<Optimiser> optimisers(Values wanted, Network network) {
        Adam.Settings shared = Adam.Settings.DEFAULT.withDecay(
                wanted.get(WEIGHT_DECAY), wanted.get(DECOUPLED_DECAY) ? Optimiser.Decay.DECOUPLED : Optimiser.Decay.L2);
        List<Optimiser> optimisers = new ArrayList<>();
        for (Network.Objective objective : network.objectives()) {
            optimisers.add(
                    new Adam(rule.adam(optimisers.size(), shared), ParameterGroups.of(network.layout(), objective)));
        }
        return optimisers;
    }

    /** What comes before the first step; a training that goes on has it behind it. */
    private void begin() {
        if (!begun) {
            train();
            rule.begin(live);
            begun = context.control().requestedStop().isEmpty(); // cut short, it is done again
            settled = false;
        }
    }

    /** Shows the network as it is to be seen: with the mean of its weights, if there is one, and what follows. */
    private void settle() {
        begin();
        if (!settled) {
            average.show();
            rule.settle(live);
            settled = true;
        }
    }

    /** Takes the network back to be trained or copied. */
    private void train() {
        average.train();
        settled &= !average.isOn();
    }

    private void refuseAnEmptyEpoch(Values wanted) {
        int batch = wanted.get(BATCH_SIZE);
        if (wanted.get(DROP_LAST) && batch > data.trainRows()) {
            throw new InvalidValuesException(Map.of(
                    BATCH_SIZE.key(),
                    "Batch size " + batch + " is larger than the " + data.trainRows()
                            + " training rows, and 'drop short batch' is on, so nothing would be trained. Use "
                            + data.trainRows() + " or keep short batches."));
        }
    }

    @Override
    public int epochs() {
        return detector.epochs(values);
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
        begin();
        train();
        if (loop.progress().epoch() != number) {
            rule.beforeEpoch(live, number);
        }
        double rate = rule.rate(number, schedule.rate(number));
        settled = false;
        MinibatchTraining.EpochSums sums =
                loop.epoch(new MinibatchTraining.Epoch(number, rate, rule.rows(), rule.objectives(number)));
        // An epoch cut short is not over: the plateau must not hear of it, or going on would count it twice.
        double validation = sums.complete() ? fitted.loss(data.validation()) : Double.NaN;
        if (sums.complete()) {
            schedule.validated(validation);
        }
        Map<String, Double> terms = new LinkedHashMap<>();
        for (int i = 0; i < terms().size(); i++) {
            if (!Double.isNaN(sums.terms()[i])) {
                terms.put(terms().get(i), sums.terms()[i]);
            }
        }
        return new EpochResult(terms, validation, rate, sums.steps(), sums.complete(), sums.divergedIn());
    }

    @Override
    public FittedDetector detector() {
        return fitted;
    }

    @Override
    public boolean finished() {
        return rule.finished();
    }

    @Override
    public boolean scoresAreFinite(float[] rows) {
        for (float score : fitted.scoreAsItIs(rows)) {
            if (!Float.isFinite(score)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Map<String, Tensor> weights() {
        begin();
        return arrays();
    }

    /** The trained weights, and their mean if there is one. */
    private Map<String, Tensor> arrays() {
        train();
        Map<String, Tensor> arrays = fitted.arrays();
        arrays.putAll(average.arrays());
        return arrays;
    }

    @Override
    public void restore(Map<String, Tensor> weights) {
        train();
        fitted.load(weights);
        average.load(weights);
        settled = false;
    }

    @Override
    public Optional<TrainingState> state() {
        MinibatchTraining.Progress place = loop.progress();
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays().forEach((name, tensor) -> arrays.put(WEIGHTS + name, tensor));
        List<Optimiser> optimisers = loop.optimisers();
        for (int i = 0; i < optimisers.size(); i++) {
            String prefix = OPTIMISER + i + "/";
            optimisers.get(i).state().forEach((name, tensor) -> arrays.put(prefix + name, tensor));
        }
        Map<String, double[]> numbers = new LinkedHashMap<>();
        numbers.put(
                OPTIMISER_STEPS,
                optimisers.stream().mapToDouble(Optimiser::steps).toArray());
        numbers.put(BEGUN, new double[] {begun ? 1 : 0});
        if (average.isOn()) {
            numbers.put(AVERAGED, new double[] {average.batches()});
        }
        rule.state().forEach((name, value) -> numbers.put(RULE + name, value));
        numbers.put(SCHEDULE_STATE, schedule.state());
        numbers.put(NEXT_ROW, new double[] {place.nextRow()});
        numbers.put(TERM_SUMS, place.sums());
        int steps = place.epoch() == 0 ? 0 : place.steps();
        return Optional.of(new TrainingState(arrays, numbers, place.epoch(), steps));
    }

    @Override
    public void restore(TrainingState state) {
        restore(under(WEIGHTS, state.arrays()));
        if (average.isOn()) {
            average.restore((long) state.numbers(AVERAGED)[0]);
        }
        double[] steps = state.numbers(OPTIMISER_STEPS);
        for (int i = 0; i < steps.length; i++) {
            loop.optimisers().get(i).restore((long) steps[i], under(OPTIMISER + i + "/", state.arrays()));
        }
        begun = state.numbers(BEGUN)[0] == 1;
        rule.restore(under(RULE, state.numbers()));
        schedule.restore(state.numbers(SCHEDULE_STATE));
        loop.restore(
                state.epoch() == 0
                        ? MinibatchTraining.Progress.none(terms().size())
                        : new MinibatchTraining.Progress(
                                state.epoch(),
                                (int) state.numbers(NEXT_ROW)[0],
                                state.steps(),
                                state.numbers(TERM_SUMS)));
    }

    private static <T> Map<String, T> under(String prefix, Map<String, T> named) {
        Map<String, T> found = new LinkedHashMap<>();
        named.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), value);
            }
        });
        return found;
    }

    @Override
    public void change(Values wanted) {
        refuseAnEmptyEpoch(wanted);
        train();
        if (!OUTSIDE_THE_NETWORK.containsAll(differing(values, wanted))) {
            rebuild(wanted);
        }
        TrainingRule before = rule;
        rule = detector.rule(wanted, data.shape());
        rule.restore(before.state());
        List<Optimiser> old = loop.optimisers();
        loop = loop(wanted, executor);
        for (int i = 0; i < old.size(); i++) {
            loop.optimisers().get(i).restore(old.get(i).steps(), old.get(i).state());
        }
        settled = false;
        if (!values.get(LEARNING_RATE).equals(wanted.get(LEARNING_RATE))) {
            schedule.restart(wanted.get(LEARNING_RATE));
        }
        values = wanted;
    }

    /** Weights of a loss are constants of its graph; another weight is another graph with the same parameters. */
    private void rebuild(Values wanted) {
        GraphExecutor next = executors.apply(wanted);
        NetworkFitted nextFitted = fitted(next);
        try {
            nextFitted.load(fitted.arrays());
        } catch (IllegalArgumentException e) {
            next.close();
            throw e;
        }
        executor.close();
        executor = next;
        average.moveTo(next);
        live = new LiveNetwork(next, data, context);
        fitted = nextFitted;
    }

    private static Set<String> differing(Values before, Values after) {
        Map<String, String> texts = after.texts();
        Set<String> keys = new HashSet<>();
        before.texts().forEach((key, text) -> {
            if (!text.equals(texts.get(key))) {
                keys.add(key);
            }
        });
        return keys;
    }

    @Override
    public void close() {
        executor.close();
    }
}
