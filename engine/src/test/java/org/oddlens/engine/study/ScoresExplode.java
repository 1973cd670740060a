package org.oddlens.engine.study;

import java.util.Arrays;
import java.util.Map;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Observation;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.detector.TrainingState;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.Tensor;

/** A detector whose scores are infinite from an epoch on, until its weights are set back. */
record ScoresExplode(DetectorProvider sound, int fromEpoch) implements DetectorProvider {

    @Override
    public DetectorDescriptor descriptor() {
        return sound.descriptor();
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        return sound.shape(values, data);
    }

    @Override
    public FittedDetector restore(Values values, DataShape data, Map<String, Tensor> weights, TrainingContext context) {
        return sound.restore(values, data, weights, context);
    }

    @Override
    public Training begin(Values values, TrainingData data, TrainingContext context) {
        return new Exploding(sound.begin(values, data, context), fromEpoch);
    }

    private static final class Exploding implements Training {

        private final Training training;
        private final int fromEpoch;
        private boolean exploded;

        Exploding(Training training, int fromEpoch) {
            this.training = training;
            this.fromEpoch = fromEpoch;
        }

        @Override
        public int epochs() {
            return training.epochs();
        }

        @Override
        public java.util.List<String> terms() {
            return training.terms();
        }

        @Override
        public NetworkShape shape() {
            return training.shape();
        }

        @Override
        public EpochResult epoch(int number) {
            exploded = number >= fromEpoch;
            return training.epoch(number);
        }

        @Override
        public FittedDetector detector() {
            return exploded ? new Infinite(training.detector()) : training.detector();
        }

        @Override
        public Map<String, Tensor> weights() {
            return training.weights();
        }

        @Override
        public void restore(Map<String, Tensor> weights) {
            exploded = false;
            training.restore(weights);
        }

        @Override
        public java.util.Optional<TrainingState> state() {
            return training.state();
        }

        @Override
        public void restore(TrainingState state) {
            training.restore(state);
        }

        @Override
        public void close() {
            training.close();
        }
    }

    private record Infinite(FittedDetector detector) implements FittedDetector {

        @Override
        public int features() {
            return detector.features();
        }

        @Override
        public double[] score(float[] rows) {
            double[] scores = detector.score(rows);
            Arrays.fill(scores, Double.POSITIVE_INFINITY);
            return scores;
        }

        @Override
        public Observation observe(float[] rows) {
            Observation seen = detector.observe(rows);
            return new Observation(score(rows), seen.codes(), seen.anatomy());
        }

        @Override
        public float[] contributions(float[] rows) {
            return detector.contributions(rows);
        }

        @Override
        public String contributionMethod() {
            return detector.contributionMethod();
        }

        @Override
        public Map<String, Tensor> weights() {
            return detector.weights();
        }

        @Override
        public void close() {
            detector.close();
        }
    }
}
