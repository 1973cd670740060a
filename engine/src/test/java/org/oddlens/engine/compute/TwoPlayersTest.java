package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/** A generator and a discriminator in one graph: two losses over one set of variables, each moving its own. */
class TwoPlayersTest {

    private static final int ROWS = 16;

    static Stream<Function<Network, GraphExecutor>> executors() {
        return Stream.of(CompiledExecutor::new, ReplayExecutor::new, SameDiffExecutor::new);
    }

    private static Network network() {
        NetworkBuilder net = new NetworkBuilder(DataType.FLOAT, new RandomStreams(3));
        SDVariable x = net.input(NetworkBuilder.FEATURES, 3);
        SDVariable noise = net.input("noise", 2);
        SDVariable made = net.stack(
                "generator", noise, List.of(2, 8, 3), Activation.TANH, Activation.LINEAR, Initialisation.GLOROT);
        SDVariable w = net.parameter("discriminator/weights", 0.7, 3, 1);
        SDVariable bias = net.parameter("discriminator/bias", 0.1, 1);
        SDVariable real = net.graph().nn().sigmoid(net.graph().nn().linear(x, w, bias));
        SDVariable fake = net.graph().nn().sigmoid(net.graph().nn().linear(made, w, bias));
        net.objective("discriminator", name -> name.startsWith("discriminator"));
        net.term("discriminator", "real", rows(net, net.graph().math().log(real).neg()));
        net.term(
                "discriminator",
                "fake",
                rows(net, net.graph().math().log(fake.rsub(1.0)).neg()));
        net.objective("generator", name -> name.startsWith("generator"));
        net.term("generator", "fooled", rows(net, net.graph().math().log(fake).neg()));
        return net.build();
    }

    private static SDVariable rows(NetworkBuilder net, SDVariable column) {
        return net.graph().reshape(column, -1);
    }

    @ParameterizedTest
    @MethodSource("executors")
    void eachObjectiveHasTheGradientOfItsOwnLossAndOfItsOwnParametersOnly(Function<Network, GraphExecutor> executors) {
        try (GraphExecutor executor = executors.apply(network())) {
            Batch batch = batch(executor);
            for (int objective = 0; objective < 2; objective++) {
                float[] gradients = new float[executor.layout().length()];
                java.util.Arrays.fill(gradients, 7);
                double[] terms = new double[objective == 0 ? 2 : 1];
                executor.gradients(objective, batch, gradients, terms);
                List<String> trained =
                        executor.network().objectives().get(objective).parameters();
                for (ParameterLayout.Entry entry : executor.layout().entries()) {
                    for (int i = 0; i < entry.length(); i++) {
                        double expected = trained.contains(entry.name())
                                ? difference(executor, objective, batch, entry.offset() + i)
                                : 0;
                        assertThat((double) gradients[entry.offset() + i])
                                .as(entry.name())
                                .isCloseTo(expected, within(3e-4));
                    }
                }
            }
        }
    }

    /** Central difference of the objective's loss. */
    private static double difference(GraphExecutor executor, int objective, Batch batch, int parameter) {
        float step = 1e-2f;
        float value = executor.parameters()[parameter];
        double above = loss(executor, objective, batch, parameter, value + step);
        double below = loss(executor, objective, batch, parameter, value - step);
        loss(executor, objective, batch, parameter, value);
        return (above - below) / (2 * step);
    }

    private static double loss(GraphExecutor executor, int objective, Batch batch, int parameter, float value) {
        executor.parameters()[parameter] = value;
        executor.parametersChanged();
        double[] terms = new double[objective == 0 ? 2 : 1];
        executor.gradients(objective, batch, new float[executor.layout().length()], terms);
        return java.util.Arrays.stream(terms).sum();
    }

    private static Batch batch(GraphExecutor executor) {
        Batch batch = executor.batch(ROWS);
        CounterRandom random = new RandomStreams(1).stream("rows");
        for (String name : List.of(NetworkBuilder.FEATURES, "noise")) {
            float[] values = batch.input(name);
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
        }
        return batch;
    }
}
