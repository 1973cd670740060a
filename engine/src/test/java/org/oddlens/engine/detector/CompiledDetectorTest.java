package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.compute.CompiledExecutor;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.compute.SameDiffExecutor;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/**
 * Every registered detector that is a network, with each of its presets: the compiled plan against SameDiff's interpreter,
 * within 1e-5 of the largest gradient, and no op left to ND4J.
 */
class CompiledDetectorTest {

    private static final int FEATURES = 12;
    private static final int ROWS = 24;

    static Stream<Arguments> networks() {
        return DetectorRegistry.installed().all().stream()
                .filter(NetworkDetector.class::isInstance)
                .flatMap(provider ->
                        provider.descriptor().presets().stream().map(preset -> Arguments.of(provider, preset)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("networks")
    void plansGiveTheInterpretersGradients(NetworkDetector detector, Preset preset) {
        Values values = Values.parse(detector.descriptor().hyperparameters(), preset.values());
        try (CompiledExecutor compiled = new CompiledExecutor(network(detector, values));
                GraphExecutor oracle = new SameDiffExecutor(network(detector, values))) {
            for (int objective = 0; objective < compiled.network().objectives().size(); objective++) {
                assertSameStep(compiled, oracle, objective, network(detector, values, DataType.DOUBLE));
            }
        }
    }

    private static void assertSameStep(
            CompiledExecutor compiled, GraphExecutor oracle, int objective, Network inDouble) {
        float[] gradients = new float[compiled.layout().length()];
        float[] expected = new float[gradients.length];
        int count = compiled.network().objectives().get(objective).terms().size();
        double[] terms = new double[count];
        double[] expectedTerms = new double[count];
        compiled.gradients(objective, batch(compiled), gradients, terms);
        oracle.gradients(objective, batch(oracle), expected, expectedTerms);

        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(largest).isPositive();
        float allowed = 1e-5f * largest;
        if (farthest(gradients, expected) > allowed) {
            allowed = Math.max(allowed, 3 * farthest(expected, exact(inDouble, objective, batch(oracle))));
        }
        assertThat(gradients).containsExactly(expected, within(allowed));
        for (int t = 0; t < count; t++) {
            double size = Math.max(1, Math.abs(expectedTerms[t]));
            assertThat(terms[t]).isCloseTo(expectedTerms[t], within(1e-5 * size));
        }
        assertThat(compiled.plan(objective, ROWS).nativeCalls()).isZero();
    }

    private static float farthest(float[] one, float[] other) {
        float farthest = 0;
        for (int i = 0; i < one.length; i++) {
            farthest = Math.max(farthest, Math.abs(one[i] - other[i]));
        }
        return farthest;
    }

    /**
     * The gradients in double precision. Where a network divides by the small variance of a batch, single precision itself
     * is farther than 1e-5 from them; then the plan may be twice as far as the interpreter, so three times as far from it.
     */
    private static float[] exact(Network network, int objective, Batch batch) {
        Map<String, INDArray> inputs = new LinkedHashMap<>();
        network.inputs()
                .forEach((name, width) -> inputs.put(
                        name,
                        Nd4j.createFromArray(batch.input(name))
                                .reshape('c', ROWS, width)
                                .castTo(DataType.DOUBLE)));
        Network.Objective minimised = network.objectives().get(objective);
        network.graph().setLossVariables(minimised.loss());
        Map<String, INDArray> gradients = network.graph().calculateGradients(inputs, minimised.parameters());
        float[] flat = new float[network.layout().length()];
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            if (gradients.containsKey(entry.name())) {
                float[] values = gradients
                        .get(entry.name())
                        .dup('c')
                        .castTo(DataType.FLOAT)
                        .data()
                        .asFloat();
                System.arraycopy(values, 0, flat, entry.offset(), entry.length());
            }
        }
        return flat;
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("networks")
    void looksAndScoresWithoutAnOpLeftToTheLibrary(NetworkDetector detector, Preset preset) {
        Values values = Values.parse(detector.descriptor().hyperparameters(), preset.values());
        try (CompiledExecutor compiled = new CompiledExecutor(network(detector, values))) {
            List<String> outputs = compiled.network().outputs().values().stream()
                    .map(Network.Output::variable)
                    .distinct()
                    .toList();
            assertThat(compiled.plan(ROWS, outputs).nativeCalls()).isZero();
        }
    }

    private static Network network(NetworkDetector detector, Values values) {
        return network(detector, values, DataType.FLOAT);
    }

    private static Network network(NetworkDetector detector, Values values, DataType type) {
        DataShape shape = new DataShape(new int[] {FEATURES}, "none", 500);
        return detector.network(values, shape, type, new RandomStreams(4));
    }

    private static Batch batch(GraphExecutor executor) {
        Batch batch = executor.batch(ROWS);
        CounterRandom random = new RandomStreams(6).stream("rows");
        executor.network().inputs().keySet().stream().sorted().forEach(name -> {
            float[] values = batch.input(name);
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat();
            }
        });
        return batch;
    }
}
