package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.compute.Adam;
import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.detector.DetectorDescriptor.LossTerm;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.Tensor;

/** A toy that uses everything a rule can say: two phases, noise, rows left out, a centre, a mean that is settled. */
class TrainingRuleTest {

    private static final int FEATURES = ToyData.FEATURES;
    private static final int ROWS = 50;

    private static final class Toy implements NetworkDetector {

        private final List<String> heard = new ArrayList<>();
        private final double weightAverage;

        Toy() {
            this(0);
        }

        Toy(double weightAverage) {
            this.weightAverage = weightAverage;
        }

        @Override
        public DetectorDescriptor descriptor() {
            return new DetectorDescriptor(
                    "toy",
                    "Toy",
                    "toy",
                    "Toy.",
                    "distance",
                    List.of(),
                    List.of(
                            SharedHyperparameters.EPOCHS,
                            SharedHyperparameters.BATCH_SIZE,
                            SharedHyperparameters.LEARNING_RATE,
                            SharedHyperparameters.SCHEDULE,
                            SharedHyperparameters.MIN_LEARNING_RATE,
                            SharedHyperparameters.WEIGHT_DECAY,
                            SharedHyperparameters.DROP_LAST,
                            SharedHyperparameters.DECOUPLED_DECAY,
                            SharedHyperparameters.GRAD_CLIP),
                    List.of(Preset.defaults("Toy.")),
                    List.of(new LatentSpace("code", "Code")),
                    List.of(),
                    List.of(new LossTerm("rebuilt", "Rebuilt"), new LossTerm("distance", "Distance")),
                    false,
                    List.of());
        }

        @Override
        public NetworkShape shape(Values values, DataShape data) {
            return new NetworkShape(List.of(), Map.of(), List.of());
        }

        @Override
        public Network network(Values values, DataShape data, DataType type, RandomStreams streams) {
            NetworkBuilder net = new NetworkBuilder(type, streams);
            SDVariable x = net.input(NetworkBuilder.FEATURES, FEATURES);
            SDVariable noisy = x.add(net.input("noise", FEATURES));
            SDVariable weights = net.parameter("encoder/weights", 0.5, FEATURES, 2);
            SDVariable back =
                    net.dense("decoder", noisy.mmul(weights), 2, FEATURES, Activation.LINEAR, Initialisation.GLOROT);
            SDVariable centre = net.frozen("centre", new float[2], 2);
            SDVariable mean = net.frozen("mean", new float[1], 1);
            SDVariable code = x.mmul(weights);
            SDVariable distance =
                    net.graph().math().squaredDifference(code, centre).sum(1);
            net.objective("first", name -> true);
            net.term(
                    "first",
                    "rebuilt",
                    net.graph().math().squaredDifference(x, back).sum(1));
            net.objective("second", name -> name.startsWith("encoder"));
            net.term("second", "distance", distance);
            net.output(SCORE, distance.sub(mean), 1);
            net.output("distance", distance, 1);
            net.output("code", code, 2);
            return net.build();
        }

        @Override
        public TrainingRule rule(Values values, DataShape data) {
            return new Rule(heard, weightAverage);
        }
    }

    private static final class Rule implements TrainingRule {

        private final List<String> heard;
        private final double weightAverage;
        private int[] rows;

        Rule(List<String> heard, double weightAverage) {
            this.heard = heard;
            this.weightAverage = weightAverage;
        }

        @Override
        public double weightAverage() {
            return weightAverage;
        }

        @Override
        public void begin(LiveNetwork net) {
            heard.add("begin");
            rows = new int[] {1, 2, 3, 5, 8, 13, 21, 34};
        }

        @Override
        public void beforeEpoch(LiveNetwork net, int epoch) {
            heard.add("epoch " + epoch);
            if (epoch == 3) {
                net.set("centre", new float[] {1, -1});
                rows = new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
            }
        }

        @Override
        public int[] rows() {
            return rows;
        }

        @Override
        public List<Integer> objectives(int epoch) {
            return List.of(epoch < 3 ? 0 : 1);
        }

        @Override
        public void fill(LiveNetwork net, Batch batch, int objective, int epoch, int step) {
            CounterRandom random = net.streams().stream("noise", epoch, step);
            float[] noise = batch.input("noise");
            for (int i = 0; i < noise.length; i++) {
                noise[i] = 0.1f * (float) random.nextGaussian();
            }
        }

        @Override
        public int smallestBatch() {
            return 2;
        }

        @Override
        public Adam.Settings adam(int objective, Adam.Settings shared) {
            return objective == 0 ? shared : shared.withBeta1(0.5);
        }

        @Override
        public void settle(LiveNetwork net) {
            heard.add("settle");
            float[] distances = net.outputs(net.rows(), List.of("distance")).get("distance");
            double sum = 0;
            for (float distance : distances) {
                sum += distance;
            }
            net.set("mean", new float[] {(float) (sum / distances.length)});
        }

        @Override
        public Map<String, double[]> state() {
            return rows == null
                    ? Map.of()
                    : Map.of("rows", Arrays.stream(rows).asDoubleStream().toArray());
        }

        @Override
        public void restore(Map<String, double[]> state) {
            double[] saved = state.get("rows");
            rows = saved == null
                    ? null
                    : Arrays.stream(saved).mapToInt(d -> (int) d).toArray();
        }
    }

    @Test
    void followsItsRule() {
        Toy toy = new Toy();
        try (Training training = begin(toy, new RunControl())) {
            Training.EpochResult first = training.epoch(1);
            Map<String, Tensor> before = training.weights();
            training.epoch(2);
            Training.EpochResult third = training.epoch(3);
            Map<String, Tensor> after = training.weights();

            assertThat(first.terms()).containsOnlyKeys("rebuilt");
            assertThat(first.steps()).isEqualTo(2);
            assertThat(third.terms()).containsOnlyKeys("distance");
            assertThat(third.steps()).as("of 13 rows the last one is alone").isEqualTo(3);
            assertThat(before.get("centre").values()).containsExactly(0, 0);
            assertThat(after.get("centre").values()).containsExactly(1, -1);
            assertThat(toy.heard).containsExactly("begin", "epoch 1", "epoch 2", "epoch 3");
        }
    }

    @Test
    void thePhaseLeavesAloneWhatItDoesNotTrain() {
        try (Training training = begin(new Toy(), new RunControl())) {
            training.epoch(1);
            training.epoch(2);
            Map<String, Tensor> before = training.weights();
            training.epoch(3);

            assertThat(training.weights().get("decoder/weights").values())
                    .containsExactly(before.get("decoder/weights").values());
            assertThat(training.weights().get("encoder/weights").values())
                    .isNotEqualTo(before.get("encoder/weights").values());
        }
    }

    @Test
    void settlesBeforeItIsLookedAtAndOnlyOnceForTheSameWeights() {
        Toy toy = new Toy();
        try (Training training = begin(toy, new RunControl())) {
            training.epoch(1);
            double[] scores = training.detector().score(ToyData.rows(ROWS, 0, 1));
            training.detector().observe(ToyData.rows(5, 0, 1));

            assertThat(Arrays.stream(scores).average().orElseThrow())
                    .as("less the mean over the training rows")
                    .isCloseTo(0, within(1e-5));
            assertThat(toy.heard).containsExactly("begin", "epoch 1", "settle");
            training.epoch(2);
            training.detector().score(ToyData.rows(5, 0, 1));
            assertThat(toy.heard).endsWith("epoch 2", "settle");
        }
    }

    @Test
    void findsContributionsByTakingFeaturesAway() {
        try (Training training = begin(new Toy(), new RunControl())) {
            training.epoch(1);
            FittedDetector detector = training.detector();
            float[] row = Arrays.copyOf(ToyData.rows(1, 1, 4), FEATURES);
            float[] mean = new float[FEATURES];
            float[] rows = ToyData.rows(ROWS, 0, 1);
            for (int i = 0; i < rows.length; i++) {
                mean[i % FEATURES] += rows[i] / ROWS;
            }
            float[] without = row.clone();
            without[3] = mean[3];

            assertThat(detector.contributionMethod()).isEqualTo("ablation");
            assertThat((double) detector.contributions(row)[3])
                    .isCloseTo(detector.score(row)[0] - detector.score(without)[0], within(1e-5));
        }
    }

    /** Cut inside epoch 4, taken to another training, gone on with: the same bits, and nothing begun twice. */
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.9})
    void goesOnToTheSameBits(double weightAverage) {
        RunControl control = new RunControl();
        int[] batches = {0};
        control.beforeBatch(() -> {
            if (++batches[0] == 2 * 2 + 3 + 3) {
                control.stop(RunControl.Stop.KEEP);
            }
        });
        Toy toy = new Toy(weightAverage);
        try (Training whole = begin(new Toy(weightAverage), new RunControl());
                Training cut = begin(new Toy(weightAverage), control);
                Training next = begin(toy, new RunControl())) {
            for (int epoch = 1; epoch <= 6; epoch++) {
                whole.epoch(epoch);
            }
            int epoch = 1;
            while (cut.epoch(epoch).complete()) {
                epoch++;
            }
            assertThat(epoch).isEqualTo(4);
            assertThat(cut.state().orElseThrow().steps()).isPositive();
            next.restore(cut.state().orElseThrow());
            for (; epoch <= 6; epoch++) {
                next.epoch(epoch);
            }
            whole.detector().weights().forEach((name, tensor) -> assertThat(
                            next.detector().weights().get(name).values())
                    .as(name)
                    .containsExactly(tensor.values()));
            assertThat(toy.heard).containsExactly("epoch 5", "epoch 6", "settle");
        }
    }

    private static final double KEPT = 0.8;

    /** Σ d^{t−i} θ_i / Σ d^{t−i} over the weights after each batch, in double precision; ours is kept in single. */
    @Test
    void looksWithTheMeanOfTheWeightsAfterEachBatch() {
        RunControl control = new RunControl();
        List<Map<String, Tensor>> after = new ArrayList<>();
        try (Training training = begin(new Toy(KEPT), control)) {
            Training[] watched = {training};
            control.beforeBatch(() -> after.add(trained(watched[0])));
            for (int epoch = 1; epoch <= 4; epoch++) {
                training.epoch(epoch);
            }
            after.add(trained(training));
            after.remove(0); // before the first batch
            assertThat(after).hasSize(2 + 2 + 3 + 3);
            for (String name : List.of("encoder/weights", "decoder/weights", "decoder/bias")) {
                double[] mean = new double[after.get(0).get(name).values().length];
                double all = 0;
                for (int t = 0; t < after.size(); t++) {
                    double share = Math.pow(KEPT, after.size() - 1 - t);
                    all += share;
                    for (int i = 0; i < mean.length; i++) {
                        mean[i] += share * after.get(t).get(name).values()[i];
                    }
                }
                float[] seen = training.detector().weights().get(name).values();
                for (int i = 0; i < mean.length; i++) {
                    assertThat((double) seen[i]).as(name).isCloseTo(mean[i] / all, within(1e-6));
                }
            }
        }
    }

    /** What is settled follows from the mean of the weights: scores of the training rows average to 0 as without one. */
    @Test
    void settlesWithTheMeanOfTheWeights() {
        try (Training training = begin(new Toy(KEPT), new RunControl())) {
            training.epoch(1);

            assertThat(Arrays.stream(training.detector().score(ToyData.rows(ROWS, 0, 1)))
                            .average()
                            .orElseThrow())
                    .isCloseTo(0, within(1e-5));
        }
    }

    @Test
    void looksWithItsStartValuesBeforeTheFirstBatch() {
        try (Training averaged = begin(new Toy(KEPT), new RunControl());
                Training plain = begin(new Toy(), new RunControl())) {
            float[] rows = ToyData.rows(9, 0, 1);

            assertThat(averaged.detector().score(rows))
                    .containsExactly(plain.detector().score(rows));
        }
    }

    /** Looked at after each epoch and stored between: no step sees the mean. */
    @Test
    void trainsTheSameWeightsWithAndWithoutAMean() {
        try (Training averaged = begin(new Toy(KEPT), new RunControl());
                Training plain = begin(new Toy(), new RunControl())) {
            for (int epoch = 1; epoch <= 4; epoch++) {
                averaged.epoch(epoch);
                averaged.detector().score(ToyData.rows(5, 0, 1));
                averaged.state();
                plain.epoch(epoch);
            }
            Map<String, Tensor> trained = trained(averaged);
            for (String name : List.of("encoder/weights", "decoder/weights", "decoder/bias", "centre")) {
                assertThat(trained.get(name).values())
                        .as(name)
                        .containsExactly(plain.weights().get(name).values());
            }
            assertThat(averaged.detector().weights().get("encoder/weights").values())
                    .isNotEqualTo(
                            plain.detector().weights().get("encoder/weights").values());
        }
    }

    @Test
    void goesBackToTheMeanOfAnEarlierEpochAndOnFromThere() {
        float[] rows = ToyData.rows(20, 2, 3);
        try (Training training = begin(new Toy(KEPT), new RunControl())) {
            training.epoch(1);
            Map<String, Tensor> best = training.weights();
            double[] scores = training.detector().score(rows);
            training.epoch(2);
            Map<String, Tensor> now = training.weights();
            double[] later = training.detector().score(rows);
            assertThat(later).isNotEqualTo(scores);

            training.restore(best);
            assertThat(training.detector().score(rows)).containsExactly(scores);
            training.restore(now);
            assertThat(training.detector().score(rows)).containsExactly(later);
        }
    }

    /** The lowest rate is no business of the network's and so makes a new one; the rate itself does not. */
    @ParameterizedTest
    @ValueSource(strings = {"learning-rate", "min-learning-rate"})
    void keepsItsMeanThroughAChange(String key) {
        float[] rows = ToyData.rows(20, 2, 3);
        Toy toy = new Toy(KEPT);
        try (Training training = begin(toy, new RunControl());
                Training unchanged = begin(new Toy(KEPT), new RunControl())) {
            training.epoch(1);
            unchanged.epoch(1);
            double[] scores = training.detector().score(rows);
            training.change(values(toy).with(Map.of(key, "0.001")));

            assertThat(training.detector().score(rows)).containsExactly(scores);
            training.epoch(2);
            unchanged.epoch(2);
            if (key.equals("min-learning-rate")) {
                assertThat(training.detector().score(rows))
                        .containsExactly(unchanged.detector().score(rows));
            } else {
                assertThat(training.detector().score(rows))
                        .isNotEqualTo(unchanged.detector().score(rows));
            }
        }
    }

    @Test
    void refusesAStateWithoutItsMean() {
        try (Training plain = begin(new Toy(), new RunControl());
                Training averaged = begin(new Toy(KEPT), new RunControl())) {
            plain.epoch(1);
            TrainingState state = plain.state().orElseThrow();

            assertThatThrownBy(() -> averaged.restore(state))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("weight-average");
        }
    }

    /** The weights a training stands on, whatever it was last looked at with. */
    private static Map<String, Tensor> trained(Training training) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        training.state().orElseThrow().arrays().forEach((name, tensor) -> {
            if (name.startsWith("weights/")) {
                found.put(name.substring("weights/".length()), tensor);
            }
        });
        return found;
    }

    private static Values values(Toy toy) {
        return Values.parse(
                toy.descriptor().hyperparameters(),
                Map.of("epochs", "6", "batch-size", "4", "learning-rate", "0.01", "weight-decay", "0.1"));
    }

    private static Training begin(Toy toy, RunControl control) {
        Values values = values(toy);
        TrainingData data = new TrainingData(
                new DataShape(new int[] {FEATURES}, "none", ROWS), ToyData.rows(ROWS, 0, 1), new float[0]);
        return toy.begin(
                values, data, new TrainingContext(new RandomStreams(5), control, "compiled", (code, sentence) -> {}));
    }
}
