package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/** The bits of a result must not depend on how many threads took part. */
class ThreadsTest {

    private static final int ROWS = 300;
    private static final int FEATURES = 500;

    /** Its products are cut into blocks. */
    private static Network network() {
        NetworkBuilder net = new NetworkBuilder(DataType.FLOAT, new RandomStreams(2));
        SDVariable x = net.input(NetworkBuilder.FEATURES, FEATURES);
        SDVariable rebuilt = net.stack(
                "net", x, List.of(FEATURES, 400, 30, FEATURES), Activation.RELU, Activation.LINEAR, Initialisation.HE);
        net.output("score", net.graph().math().squaredDifference(x, rebuilt).mean(1), 1);
        net.term("error", net.graph().math().squaredDifference(x, rebuilt).mean(1));
        return net.build();
    }

    private static float[] numbers(int count) {
        CounterRandom random = new RandomStreams(1).stream("rows");
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat();
        }
        return numbers;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void trainingHasTheSameBitsOnAnyNumberOfThreads(int threads) {
        NativeThreads.limit(1);
        assertThat(trained(threads)).isEqualTo(trained(1));
    }

    private static float[] trained(int threads) {
        try (CompiledExecutor executor = new CompiledExecutor(network(), threads)) {
            Batch batch = executor.batch(ROWS);
            float[] x = numbers(ROWS * FEATURES);
            System.arraycopy(x, 0, batch.features(), 0, x.length);
            float[] gradients = new float[executor.layout().length()];
            double[] terms = new double[1];
            // Past the steps in which the number of threads is chosen, so that each way is taken.
            for (int step = 0; step < 80; step++) {
                executor.gradients(batch, gradients, terms);
                for (int i = 0; i < gradients.length; i++) {
                    executor.parameters()[i] -= 0.01f * gradients[i];
                }
                executor.parametersChanged();
            }
            return executor.parameters().clone();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 2000})
    void scoresHaveTheSameBitsOnAnyNumberOfThreads(int rows) {
        NativeThreads.limit(1);
        float[] x = numbers(rows * FEATURES);
        assertThat(scores(x, 4)).isEqualTo(scores(x, 1));
    }

    @Test
    void aScoreDoesNotDependOnTheRowsBesideIt() {
        NativeThreads.limit(1);
        float[] x = numbers(700 * FEATURES);
        float[] tail = java.util.Arrays.copyOfRange(x, 300 * FEATURES, x.length);
        assertThat(java.util.Arrays.copyOfRange(scores(x, 2), 300, 700)).isEqualTo(scores(tail, 2));
    }

    private static float[] scores(float[] rows, int threads) {
        try (CompiledExecutor executor = new CompiledExecutor(network(), threads)) {
            Map<String, float[]> outputs = new BlockScoring(executor, FEATURES).outputs(rows, List.of("score"));
            return outputs.get("score");
        }
    }
}
