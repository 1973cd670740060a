package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
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
 * within 1e-5 of the largest gradient (or, where single precision loses more, not twice as far from double precision), and no op left to ND4J.
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
                assertSameStep(compiled, oracle, network(detector, values, DataType.DOUBLE), objective);
            }
        }
    }

    private static void assertSameStep(CompiledExecutor compiled, GraphExecutor oracle, Network exact, int objective) {
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
        if (!(worst(gradients, doubles(expected)) <= 1e-5 * largest)) {
            // Where single precision itself loses digits, the interpreter is no reference: then double precision
            // decides.
            double[] inDouble = inDouble(exact, batch(oracle), objective);
            assertThat(distance(gradients, inDouble))
                    .as(
                            "%s, largest gradient %s, interpreter off by %s",
                            compiled.network().terms(), largest, distance(expected, inDouble))
                    .isLessThanOrEqualTo(Math.max(1e-5 * largest, 2 * distance(expected, inDouble)));
        }
        for (int t = 0; t < count; t++) {
            double size = Math.max(1, Math.abs(expectedTerms[t]));
            assertThat(terms[t]).isCloseTo(expectedTerms[t], within(1e-5 * size));
        }
        assertThat(compiled.plan(objective, ROWS).nativeCalls()).isZero();
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

    /** Euclidean: where all numbers lose digits, the worst single one is a matter of luck. */
    private static double distance(float[] gradients, double[] exact) {
        double squares = 0;
        for (int i = 0; i < exact.length; i++) {
            squares += (gradients[i] - exact[i]) * (gradients[i] - exact[i]);
        }
        return Math.sqrt(squares);
    }

    private static double[] doubles(float[] values) {
        double[] copy = new double[values.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = values[i];
        }
        return copy;
    }

    /** The largest distance; infinite where one of them is not a number. One pass, where containsExactly takes the square. */
    private static double worst(float[] gradients, double[] exact) {
        double worst = 0;
        for (int i = 0; i < exact.length; i++) {
            double apart = Math.abs(gradients[i] - exact[i]);
            worst = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(worst, apart);
        }
        return worst;
    }

    /** The interpreter's gradient in double precision, for the same numbers; 0 for what the objective does not train. */
    private static double[] inDouble(Network network, Batch batch, int objective) {
        Network.Objective wanted = network.objectives().get(objective);
        Map<String, INDArray> inputs = new HashMap<>();
        network.inputs()
                .forEach((name, width) -> inputs.put(
                        name,
                        Nd4j.createFromArray(batch.input(name))
                                .castTo(DataType.DOUBLE)
                                .reshape('c', ROWS, width)));
        if (network.objectives().size() > 1) {
            network.graph().setLossVariables(wanted.loss());
        }
        Map<String, INDArray> gradients = network.graph().calculateGradients(inputs, wanted.parameters());
        double[] flat = new double[network.layout().length()];
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            if (gradients.get(entry.name()) != null) {
                double[] values = gradients.get(entry.name()).dup('c').data().asDouble();
                System.arraycopy(values, 0, flat, entry.offset(), values.length);
            }
        }
        return flat;
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
