package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/** Our instructions against SameDiff's interpreter; the tolerance is 1e-5 of the largest entry, in single precision. */
class CompiledExecutorTest {

    static Stream<Supplier<Network>> networks() {
        return Stream.of(
                ReplayExecutorTest::autoencoder,
                ReplayExecutorTest::memoryAutoencoder,
                CompiledExecutorTest::wideAutoencoder);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void givesTheInterpretersGradientsThroughAWholeTraining(Supplier<Network> networks) {
        try (GraphExecutor compiled = new CompiledExecutor(networks.get());
                GraphExecutor oracle = new SameDiffExecutor(networks.get())) {
            for (int rows : new int[] {32, 7, 64, 7, 32, 1}) {
                float[] gradients = new float[compiled.layout().length()];
                float[] expected = new float[gradients.length];
                double[] terms = new double[compiled.network().terms().size()];
                double[] expectedTerms = new double[terms.length];
                compiled.gradients(batch(compiled, rows), gradients, terms);
                oracle.gradients(batch(oracle, rows), expected, expectedTerms);
                assertClose(gradients, expected);
                assertThat(terms).containsExactly(expectedTerms, within(1e-5));
                for (int i = 0; i < gradients.length; i++) {
                    compiled.parameters()[i] -= 0.05f * expected[i];
                    oracle.parameters()[i] -= 0.05f * expected[i];
                }
                compiled.parametersChanged();
                oracle.parametersChanged();
                assertClose(forward(compiled, rows), forward(oracle, rows));
            }
        }
    }

    @Test
    void allocatesNothingInAStep() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (CompiledExecutor executor = new CompiledExecutor(wideAutoencoder())) {
            Batch batch = batch(executor, 64);
            float[] gradients = new float[executor.layout().length()];
            double[] terms = new double[1];
            for (int i = 0; i < 200; i++) {
                executor.gradients(batch, gradients, terms);
            }
            long thread = Thread.currentThread().getId();
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 100; i++) {
                executor.gradients(batch, gradients, terms);
                executor.parametersChanged();
            }
            // Boxed keys and iterators of the surrounding maps, no arrays.
            assertThat((threads.getThreadAllocatedBytes(thread) - before) / 100).isLessThan(2_000);
        }
    }

    @Test
    void listsItsInstructions() {
        try (CompiledExecutor executor = new CompiledExecutor(ReplayExecutorTest.autoencoder())) {
            assertThat(executor.listing(32).lines())
                    .first()
                    .isEqualTo("t0[32,8] = x[32,12] · encoder-1/weights[12,8] + encoder-1/bias[1,8]");
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).containsExactly(expected, within(1e-5f * largest + 1e-9f));
    }

    private static float[] forward(GraphExecutor executor, int rows) {
        float[][] out = {new float[rows]};
        executor.forward(
                batch(executor, rows),
                List.of(executor.network().outputs().get(Network.ROW_LOSS).variable()),
                out);
        return out[0];
    }

    private static Batch batch(GraphExecutor executor, int rows) {
        Batch batch = executor.batch(rows);
        CounterRandom random = new RandomStreams(rows).stream("rows");
        for (int i = 0; i < batch.features().length; i++) {
            batch.features()[i] = random.nextFloat();
        }
        return batch;
    }

    /** Wide enough that its products go to BLAS. */
    private static Network wideAutoencoder() {
        NetworkBuilder net = new NetworkBuilder(DataType.FLOAT, new RandomStreams(2));
        SDVariable x = net.input(NetworkBuilder.FEATURES, 120);
        SDVariable code = net.stack(
                "encoder", x, List.of(120, 64, 10), Activation.TANH, Activation.LINEAR, Initialisation.GLOROT);
        SDVariable rebuilt = net.stack(
                "decoder", code, List.of(10, 64, 120), Activation.SIGMOID, Activation.LINEAR, Initialisation.HE);
        net.term(
                "reconstruction",
                net.graph().math().squaredDifference(x, rebuilt).mean(1));
        return net.build();
    }
}
