package org.oddlens.engine.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.compute.Optimiser;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/**
 * Measures one workload: a step is the next mini-batch of a resident matrix, forward, loss, backward, Adam (rate 1e-3).
 */
public final class StepBenchmark {

    private static final double RATE = 1e-3;
    private static final int PROOF_STEPS = 50;
    private static final int CHUNKS = 9;

    /**
     * A measurement.
     *
     * @param workload       name
     * @param executor       what ran the network
     * @param threads        threads of the linear algebra
     * @param median_us      median of the chunks' mean microseconds per step
     * @param min_us         smallest of them
     * @param loss_after_50  loss on the first batch after 50 steps from shared numbers: the proof of the same work
     */
    @SuppressWarnings("checkstyle:RecordComponentName") // names shared with the programs it is compared with
    public record Result(
            String workload, String executor, int threads, double median_us, double min_us, double loss_after_50) {}

    private final Workload workload;
    private final Function<Network, GraphExecutor> executors;
    private final String executorId;
    private final int threads;

    public StepBenchmark(
            Workload workload, String executorId, Function<Network, GraphExecutor> executors, int threads) {
        this.workload = workload;
        this.executorId = executorId;
        this.executors = executors;
        this.threads = threads;
    }

    /**
     * Proves the work and measures it.
     *
     * @param seconds time of all chunks together, after as much again to warm up
     */
    public Result run(double seconds) {
        double loss = lossAfter50();
        try (GraphExecutor executor = executors.apply(workload.network())) {
            startValues(executor);
            Steps steps = new Steps(executor, true);
            steps.runFor(seconds);
            double[] chunks = new double[CHUNKS];
            for (int i = 0; i < CHUNKS; i++) {
                chunks[i] = steps.runFor(seconds / CHUNKS);
            }
            Arrays.sort(chunks);
            return new Result(workload.name(), executorId, threads, chunks[CHUNKS / 2], chunks[0], loss);
        }
    }

    /** Loss on the first batch after 50 steps from shared numbers, no shuffling, no noise. */
    public double lossAfter50() {
        try (GraphExecutor executor = executors.apply(workload.network())) {
            startValues(executor);
            Steps steps = new Steps(executor, false);
            for (int step = 0; step < PROOF_STEPS; step++) {
                steps.step();
            }
            return steps.lossOfFirstBatch();
        }
    }

    /** Weights {@code (2u − 1)·√(6/(in + out))} in PyTorch's order [out, in], biases 0; see docs/bench.md. */
    private void startValues(GraphExecutor executor) {
        float[] parameters = executor.parameters();
        Arrays.fill(parameters, 0);
        List<ParameterLayout.Entry> weights = new ArrayList<>();
        List<ParameterLayout.Entry> last = new ArrayList<>();
        for (ParameterLayout.Entry entry : executor.layout().entries()) {
            if (entry.name().equals("memory")) {
                last.add(entry);
            } else if (entry.name().endsWith("weights")) {
                weights.add(entry);
            }
        }
        weights.addAll(last);
        for (int t = 0; t < weights.size(); t++) {
            ParameterLayout.Entry entry = weights.get(t);
            float limit = PeerLayout.limit(entry);
            for (int i = 0; i < entry.length(); i++) {
                float u = SharedNumbers.u(((long) (t + 1) << 40) + PeerLayout.index(entry, i));
                parameters[entry.offset() + i] = (2 * u - 1) * limit;
            }
        }
        executor.parametersChanged();
    }

    /** The step, over and over. */
    private final class Steps {

        private final GraphExecutor executor;
        private final Optimiser optimiser;
        private final float[] data;
        private final Batch batch;
        private final float[] gradients;
        private final double[] terms;
        private final float[] noise;
        private final CounterRandom random = new RandomStreams(0).stream("noise");
        private int next;

        /** @param noisy whether a variational network gets fresh noise at each step */
        Steps(GraphExecutor executor, boolean noisy) {
            this.executor = executor;
            this.optimiser = Optimiser.adam(executor.layout().length(), 0, Optimiser.Decay.L2);
            this.data = new float[workload.rows() * workload.features()];
            for (int i = 0; i < data.length; i++) {
                data[i] = SharedNumbers.u(i);
            }
            this.batch = executor.batch(workload.batch());
            this.gradients = new float[executor.layout().length()];
            this.terms = new double[executor.network().terms().size()];
            this.noise = noisy ? batch.input("noise") : null;
        }

        void step() {
            load(next);
            next = (next + 1) % (workload.rows() / workload.batch());
            executor.gradients(batch, gradients, terms);
            optimiser.step(executor.parameters(), gradients, RATE);
            executor.parametersChanged();
        }

        private void load(int place) {
            System.arraycopy(data, place * batch.features().length, batch.features(), 0, batch.features().length);
            for (int i = 0; noise != null && i < noise.length; i++) {
                noise[i] = (float) random.nextGaussian();
            }
        }

        double lossOfFirstBatch() {
            load(0);
            executor.gradients(batch, gradients, terms);
            return Arrays.stream(terms).sum();
        }

        /** Mean microseconds per step. */
        double runFor(double seconds) {
            long start = System.nanoTime();
            long end = start + (long) (seconds * 1e9);
            int steps = 0;
            while (System.nanoTime() < end) {
                step();
                steps++;
            }
            return (System.nanoTime() - start) / 1e3 / steps;
        }
    }
}
