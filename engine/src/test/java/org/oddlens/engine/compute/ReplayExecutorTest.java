package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Memory;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/** The recorded calls must do what SameDiff's interpreter does, for every batch size and after every update. */
class ReplayExecutorTest {

    private static final int FEATURES = 12;

    static Stream<Supplier<Network>> networks() {
        return Stream.of(ReplayExecutorTest::autoencoder, ReplayExecutorTest::memoryAutoencoder);
    }

    @ParameterizedTest
    @MethodSource("networks")
    void givesTheInterpretersGradients(Supplier<Network> networks) {
        try (GraphExecutor replay = new ReplayExecutor(networks.get());
                GraphExecutor oracle = new SameDiffExecutor(networks.get())) {
            for (int rows : new int[] {32, 7, 32, 7, 1, 32, 1}) {
                float[] gradients = new float[replay.layout().length()];
                float[] expected = new float[gradients.length];
                double[] terms = new double[replay.network().terms().size()];
                double[] expectedTerms = new double[terms.length];
                replay.gradients(batch(replay, rows), gradients, terms);
                oracle.gradients(batch(oracle, rows), expected, expectedTerms);
                assertClose(gradients, expected);
                assertThat(terms).containsExactly(expectedTerms, within(1e-6));
                for (int i = 0; i < gradients.length; i++) {
                    replay.parameters()[i] -= 0.1f * gradients[i];
                    oracle.parameters()[i] -= 0.1f * gradients[i];
                }
                replay.parametersChanged();
                oracle.parametersChanged();
                assertClose(forward(replay, rows), forward(oracle, rows));
            }
        }
    }

    /** Same ops on the same values; products may be laid out differently in memory, so the last bits may differ. */
    private static void assertClose(float[] actual, float[] expected) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isPositive();
        assertThat(actual).containsExactly(expected, within(1e-5f * largest));
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

    static Network autoencoder() {
        NetworkBuilder net = new NetworkBuilder(DataType.FLOAT, new RandomStreams(1));
        SDVariable x = net.input(NetworkBuilder.FEATURES, FEATURES);
        SDVariable code = net.stack(
                "encoder", x, List.of(FEATURES, 8, 2), Activation.TANH, Activation.LINEAR, Initialisation.GLOROT);
        SDVariable rebuilt = net.stack(
                "decoder", code, List.of(2, 8, FEATURES), Activation.RELU, Activation.SIGMOID, Initialisation.TORCH);
        net.term(
                "reconstruction",
                net.graph().math().squaredDifference(x, rebuilt).mean(1));
        return net.build();
    }

    static Network memoryAutoencoder() {
        NetworkBuilder net = new NetworkBuilder(DataType.FLOAT, new RandomStreams(1));
        SDVariable x = net.input(NetworkBuilder.FEATURES, FEATURES);
        SDVariable code = net.stack(
                "encoder",
                x,
                List.of(FEATURES, 10, 8, 4, 2),
                Activation.LEAKY_RELU,
                Activation.LINEAR,
                Initialisation.SALTOS);
        SDVariable items = net.parameter("memory", 0.15, 250, 2);
        Memory.Reading reading = new Memory(Memory.Similarity.COSINE, 1, 0.0025, Memory.EmptyRow.FALLBACK)
                .read(net.graph(), code, items);
        SDVariable rebuilt = net.stack(
                "decoder",
                reading.readOut(),
                List.of(2, 4, 8, 10, FEATURES),
                Activation.LEAKY_RELU,
                Activation.LINEAR,
                Initialisation.SALTOS);
        net.term(
                "reconstruction",
                net.graph().math().squaredDifference(x, rebuilt).mean(1));
        net.term("entropy", reading.entropy().mul(2e-4));
        return net.build();
    }
}
