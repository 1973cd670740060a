package org.oddlens.engine.bench;

import java.util.Arrays;
import java.util.function.Function;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.graph.Network;

/**
 * Measures one workload: a step is the next mini-batch of a resident matrix, forward, loss, backward, Adam (rate 1e-3).
 */
public final class StepBenchmark {

    private static final int PROOF_STEPS = 50;
    private static final int CHUNKS = 9;

    /**
     * A measurement.
     *
     * @param workload           name
     * @param executor           what ran the network
     * @param threads            threads of the linear algebra
     * @param us_per_step_median median of the chunks' mean microseconds per step
     * @param us_per_step_min    smallest of them
     * @param loss_after_50      loss on the first batch after 50 steps from shared numbers: the proof of the same work
     */
    @SuppressWarnings("checkstyle:RecordComponentName") // names shared with the programs it is compared with
    public record Result(
            String workload,
            String executor,
            int threads,
            double us_per_step_median,
            double us_per_step_min,
            double loss_after_50) {}

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
            Steps steps = new Steps(workload, executor, true);
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
            Steps steps = new Steps(workload, executor, false);
            for (int step = 0; step < PROOF_STEPS; step++) {
                steps.step();
            }
            return steps.lossOfFirstBatch();
        }
    }
}
