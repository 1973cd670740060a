package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.ImageLayers;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/** Our instructions against SameDiff's interpreter; the tolerance is 1e-5 of the largest entry, in single precision. */
class CompiledExecutorTest {

    static Stream<Supplier<Network>> networks() {
        return Stream.of(
                ReplayExecutorTest::autoencoder,
                ReplayExecutorTest::memoryAutoencoder,
                CompiledExecutorTest::wideAutoencoder,
                CompiledExecutorTest::convolutional);
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

    @ParameterizedTest
    @MethodSource("networks")
    void theTextOfAPlanSaysAllThatItDoes(Supplier<Network> networks) {
        try (CompiledExecutor executor = new CompiledExecutor(networks.get())) {
            Batch batch = batch(executor, 9);
            float[] gradients = new float[executor.layout().length()];
            executor.gradients(
                    batch, gradients, new double[executor.network().terms().size()]);
            assertThat(executor.plan(9).nativeCalls()).isZero();
            Map<String, float[]> given = new HashMap<>(Map.of(NetworkBuilder.FEATURES, batch.features()));
            for (ParameterLayout.Entry entry : executor.layout().entries()) {
                int end = entry.offset() + entry.length();
                given.put(entry.name(), Arrays.copyOfRange(executor.parameters(), entry.offset(), end));
            }
            Iterator<double[]> results =
                    PlanText.run(executor.plan(9).text(), given).values().iterator();
            float[] expected = new float[gradients.length];
            for (ParameterLayout.Entry entry : executor.layout().entries()) {
                double[] result = results.next();
                for (int i = 0; i < result.length; i++) {
                    expected[entry.offset() + i] = (float) result[i];
                }
            }
            assertClose(gradients, expected);
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
            long first = threads.getThreadAllocatedBytes(thread);
            long ofTheMeasurementItself = threads.getThreadAllocatedBytes(thread) - first;
            long before = threads.getThreadAllocatedBytes(thread);
            for (int i = 0; i < 100; i++) {
                executor.gradients(batch, gradients, terms);
                executor.parametersChanged();
            }
            assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThanOrEqualTo(ofTheMeasurementItself);
        }
    }

    @Test
    void listsItsInstructions() {
        try (CompiledExecutor executor = new CompiledExecutor(ReplayExecutorTest.autoencoder())) {
            assertThat(executor.plan(32).text())
                    .contains("t0[32,8] = product(x[32,12], encoder-1/weights[12,8])")
                    .contains("fused over 32 rows\n    t1[32,8] = add(t0[32,8], encoder-1/bias[32,8]↓)");
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

    /** Strides of one and two, plain and transposed, repeated and cut pixels: every way of a window. */
    private static Network convolutional() {
        NetworkBuilder net = new NetworkBuilder(DataType.FLOAT, new RandomStreams(4));
        ImageLayers layers = new ImageLayers(net);
        ImageLayers.Size size = new ImageLayers.Size(6, 5, 2);
        SDVariable x = net.input(NetworkBuilder.FEATURES, size.length());
        ImageLayers.Window same = ImageLayers.Window.square(3, 1, 1);
        ImageLayers.Window half = ImageLayers.Window.square(3, 2, 1);
        SDVariable h = layers.convolution(
                "same", layers.images(x, size), size, 3, same, Activation.TANH, Initialisation.GLOROT);
        ImageLayers.Size three = same.after(size, 3);
        h = layers.convolution("half", h, three, 14, half, Activation.LEAKY_RELU, Initialisation.GLOROT);
        ImageLayers.Size small = half.after(three, 14);
        h = layers.cropped(layers.upsampled(h, small, 2), 5, 6);
        ImageLayers.Size cut = new ImageLayers.Size(5, 6, 14);
        h = layers.transposedConvolution("back", h, cut, 1, half, 1, Activation.SIGMOID, Initialisation.GLOROT);
        ImageLayers.Size last = new ImageLayers.Size(10, 12, 1);
        net.term("size", layers.flatten(h.mul(h), last).mean(1));
        return net.build();
    }
}
