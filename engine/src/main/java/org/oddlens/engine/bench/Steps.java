package org.oddlens.engine.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.compute.Optimiser;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/** The steps of a workload on an executor, one after the other, from shared start values on. */
final class Steps {

    private static final double RATE = 1e-3;

    private final GraphExecutor executor;
    private final Optimiser optimiser;
    private final float[] data;
    private final Batch batch;
    private final float[] gradients;
    private final double[] terms;
    private final float[] noise;
    private final CounterRandom random = new RandomStreams(0).stream("noise");
    private final int batches;
    private int next;

    /** @param noisy whether a variational network gets fresh noise at each step */
    Steps(Workload workload, GraphExecutor executor, boolean noisy) {
        this.batches = workload.rows() / workload.batch();
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
        startValues(executor);
    }

    void step() {
        load(next);
        next = (next + 1) % batches;
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

    /** Weights {@code (2u − 1)·√(6/(in + out))} in PyTorch's order [out, in], biases 0; see docs/bench.md. */
    private static void startValues(GraphExecutor executor) {
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
}
