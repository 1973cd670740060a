package org.oddlens.engine.detector;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
final class RuledToy implements NetworkDetector {

    static final int FEATURES = ToyData.FEATURES;
    static final int ROWS = 50;

    /** What the rule was asked for, in order. */
    final List<String> heard = new ArrayList<>();

    private final double weightAverage;

    RuledToy() {
        this(0);
    }

    RuledToy(double weightAverage) {
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
        SDVariable distance = net.graph().math().squaredDifference(code, centre).sum(1);
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

    Values values() {
        return Values.parse(
                descriptor().hyperparameters(),
                Map.of("epochs", "6", "batch-size", "4", "learning-rate", "0.01", "weight-decay", "0.1"));
    }

    Training training(RunControl control) {
        TrainingData data = new TrainingData(
                new DataShape(new int[] {FEATURES}, "none", ROWS), ToyData.rows(ROWS, 0, 1), new float[0]);
        return begin(
                values(), data, new TrainingContext(new RandomStreams(5), control, "compiled", (code, sentence) -> {}));
    }

    /** The weights a training stands on, whatever it was last looked at with. */
    static Map<String, Tensor> trained(Training training) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        training.state().orElseThrow().arrays().forEach((name, tensor) -> {
            if (name.startsWith("weights/")) {
                found.put(name.substring("weights/".length()), tensor);
            }
        });
        return found;
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
}
