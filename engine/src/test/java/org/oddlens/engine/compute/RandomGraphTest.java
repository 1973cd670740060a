package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.oddlens.engine.compute.plan.Plan;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/**
 * Graphs nobody thought of: our gradients against SameDiff's interpreter and against the plan's own text done in double
 * precision. The tolerance is 1e-5 of the largest gradient.
 */
class RandomGraphTest {

    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void plansDoWhatTheInterpreterDoesAndWhatTheirTextSays(
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed,
            @ForAll @IntRange(min = 1, max = 25) int operations,
            @ForAll @IntRange(min = 1, max = 40) int rows) {
        compare(seed, operations, rows);
    }

    /** As many rows as columns: a sum over the rows has the shape of one over the columns. */
    @Property(tries = 100, shrinking = ShrinkingMode.BOUNDED)
    void plansDoSoWithAsManyRowsAsColumns(
            @ForAll @IntRange(min = 0, max = 1_000_000) int seed,
            @ForAll @IntRange(min = 1, max = 25) int operations) {
        compare(seed, operations, RandomGraph.FEATURES);
    }

    private static void compare(int seed, int operations, int rows) {
        Network network = RandomGraph.of(seed, operations);
        try (CompiledExecutor compiled = new CompiledExecutor(network);
                GraphExecutor oracle = new SameDiffExecutor(RandomGraph.of(seed, operations))) {
            Batch batch = batch(compiled, rows);
            float[] gradients = new float[compiled.layout().length()];
            float[] expected = new float[gradients.length];
            double[] terms = new double[2];
            double[] expectedTerms = new double[2];
            compiled.gradients(batch, gradients, terms);
            oracle.gradients(batch, expected, expectedTerms);
            float largest = 0;
            for (float value : expected) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(gradients).containsExactly(expected, within(1e-5f * largest + 1e-8f));
            assertThat(terms[0]).isCloseTo(expectedTerms[0], within(1e-5 * Math.abs(expectedTerms[0]) + 1e-7));
            assertThat(terms[1]).isCloseTo(expectedTerms[1], within(1e-5 * Math.abs(expectedTerms[1]) + 1e-7));
            compareWithText(compiled, batch.atLeastTwoRows(), gradients, largest);
        }
    }

    private static void compareWithText(CompiledExecutor executor, Batch batch, float[] gradients, float largest) {
        Plan plan = executor.plan(batch.rows());
        assertThat(plan.nativeCalls()).isZero();
        Map<String, float[]> given = new HashMap<>();
        given.put("x", batch.features());
        for (ParameterLayout.Entry entry : executor.layout().entries()) {
            float[] values = new float[entry.length()];
            System.arraycopy(executor.parameters(), entry.offset(), values, 0, values.length);
            given.put(entry.name(), values);
        }
        Map<String, double[]> results = PlanText.run(plan.text(), given);
        for (ParameterLayout.Entry entry : executor.layout().entries()) {
            double[] result = results.get(entry.name() + "-grad");
            for (int j = 0; j < entry.length(); j++) {
                assertThat((double) gradients[entry.offset() + j])
                        .as(entry.name())
                        .isCloseTo(result == null ? 0 : result[j], within(1e-5 * largest + 1e-8));
            }
        }
    }

    private static Batch batch(GraphExecutor executor, int rows) {
        Batch batch = executor.batch(rows);
        CounterRandom random = new RandomStreams(rows).stream("rows");
        for (int i = 0; i < batch.features().length; i++) {
            batch.features()[i] = 2 * random.nextFloat() - 1;
        }
        return batch;
    }
}
