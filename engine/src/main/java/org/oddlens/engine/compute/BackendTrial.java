package org.oddlens.engine.compute;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.run.RandomStreams;

/**
 * One training step of a small autoencoder on whatever backend ND4J has chosen, compared with the compiled executor,
 * which computes on the processor. The gradient is asked for before and after the step: a device that does not see
 * changed weights is found out too.
 */
public final class BackendTrial {

    /** Largest difference that rounding explains: single precision, sums of a few dozen terms, and a wide margin. */
    public static final double TOLERANCE = 1e-4;

    private static final int[] WIDTHS = {6, 4, 2};
    private static final int ROWS = 32;
    private static final float RATE = 0.5f;

    private BackendTrial() {}

    /**
     * What was seen.
     *
     * @param backend           class of ND4J's backend
     * @param largestDifference largest difference of two gradients' numbers, relative to the largest number
     * @param seconds           time it took, loading of the native libraries included
     */
    public record Result(String backend, double largestDifference, double seconds) {

        /** Whether ND4J computes on a card. */
        public boolean onCard() {
            return backend.equals("JCublasBackend");
        }

        /** Whether the gradients agree. */
        public boolean agrees() {
            return largestDifference <= TOLERANCE;
        }
    }

    /** Does the step; whatever is wrong with the native libraries ends this process or is thrown. */
    public static Result run() {
        long start = System.nanoTime();
        String backend = Nd4j.getBackend().getClass().getSimpleName();
        double difference;
        try (GraphExecutor tried = new SameDiffExecutor(network());
                GraphExecutor reference = new CompiledExecutor(network())) {
            difference = compare(tried, reference);
        }
        return new Result(backend, difference, (System.nanoTime() - start) / 1e9);
    }

    static Network network() {
        NetworkBuilder net = new NetworkBuilder(DataType.FLOAT, new RandomStreams(1));
        SDVariable x = net.input(NetworkBuilder.FEATURES, WIDTHS[0]);
        SDVariable code = net.stack(
                "encoder",
                x,
                java.util.List.of(WIDTHS[0], WIDTHS[1], WIDTHS[2]),
                Activation.TANH,
                Activation.LINEAR,
                Initialisation.GLOROT);
        SDVariable rebuilt = net.stack(
                "decoder",
                code,
                java.util.List.of(WIDTHS[2], WIDTHS[1], WIDTHS[0]),
                Activation.TANH,
                Activation.LINEAR,
                Initialisation.GLOROT);
        net.term(
                "reconstruction",
                net.graph().math().squaredDifference(x, rebuilt).mean(1));
        return net.build();
    }

    static double compare(GraphExecutor tried, GraphExecutor reference) {
        double before = step(tried, reference);
        double after = step(tried, reference);
        return Math.max(before, after);
    }

    private static double step(GraphExecutor tried, GraphExecutor reference) {
        float[] actual = gradient(tried);
        float[] expected = gradient(reference);
        double largest = 0;
        double scale = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs((double) actual[i] - expected[i]));
            scale = Math.max(scale, Math.abs(expected[i]));
        }
        for (GraphExecutor executor : new GraphExecutor[] {tried, reference}) {
            for (int i = 0; i < expected.length; i++) {
                executor.parameters()[i] -= RATE * expected[i];
            }
            executor.parametersChanged();
        }
        return largest / scale;
    }

    private static float[] gradient(GraphExecutor executor) {
        Batch batch = executor.batch(ROWS);
        float[] rows = batch.features();
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) Math.sin(1 + i); // any numbers between -1 and 1
        }
        float[] gradient = new float[executor.layout().length()];
        executor.gradients(batch, gradient, new double[1]);
        return gradient;
    }
}
