package org.oddlens.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.graph.Memory.EmptyRow;
import org.oddlens.engine.graph.Memory.Similarity;

/** The memory on inputs small enough to be worked out by hand. */
class MemoryTest {

    private static final double[][] AXES = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    private static final double[][] FOUR = {{1, 0}, {0, 1}, {1, 1}, {-1, -1}};

    /** Weights 0.50, 0.30, 0.15, 0.05 and λ = 0.10: the last falls, the others are divided by 0.95. */
    @Test
    void dropsWeightsUpToTheThresholdAndRescalesTheOthers() {
        double[] logits = {Math.log(0.50), Math.log(0.30), Math.log(0.15), Math.log(0.05)};
        double[][] items = {{logits[0]}, {logits[1]}, {logits[2]}, {logits[3]}};
        Read read = read(Similarity.DOT, 1, 0.10, EmptyRow.FALLBACK, new double[][] {{1}}, items);

        assertThat(read.weights).containsExactly(new double[] {0.526316, 0.315789, 0.157895, 0}, within(5e-7));
        assertThat(read.entropy).containsExactly(new double[] {0.993268}, within(5e-7));
    }

    /** Query (3, 4) against the four directions: cosines 0.6, 0.8, −0.6, −0.8. */
    @Test
    void readsTheTwoNearestDirections() {
        Read read = read(Similarity.COSINE, 1, 0.2, EmptyRow.FALLBACK, new double[][] {{3, 4}}, AXES);

        assertThat(read.weights).containsExactly(new double[] {0.450166, 0.549834, 0, 0}, within(5e-7));
        assertThat(read.readOut).containsExactly(new double[] {0.450166, 0.549834}, within(5e-7));
        assertThat(read.entropy).containsExactly(new double[] {0.688172}, within(5e-7));
    }

    /** Query (1, 2), λ = 0.25, worked out with ten digits. */
    @Test
    void readsTheTwoItemsAboveAQuarter() {
        Read read = read(Similarity.COSINE, 1, 0.25, EmptyRow.FALLBACK, new double[][] {{1, 2}}, FOUR);

        assertThat(read.weights).containsExactly(new double[] {0, 0.4864392997, 0.5135607003, 0}, within(1e-10));
        assertThat(read.readOut).containsExactly(new double[] {0.5135607003, 1.0}, within(1e-10));
        assertThat(read.entropy).containsExactly(new double[] {0.6927793502}, within(1e-10));
    }

    @Test
    void weighsByTheDotProductWhereAsked() {
        Read read = read(Similarity.DOT, 1, 0, EmptyRow.FALLBACK, new double[][] {{1, 2}}, FOUR);

        assertThat(read.weights)
                .containsExactly(new double[] {0.0898823601, 0.2443255861, 0.6641458010, 0.0016462528}, within(1e-10));
    }

    @Test
    void ignoresTheLengthOfAQueryUnderTheCosineOnly() {
        double[][] query = {{3, 4}};
        double[][] longer = {{30, 40}};

        assertThat(read(Similarity.COSINE, 1, 0.2, EmptyRow.ZERO, longer, AXES).weights)
                .containsExactly(read(Similarity.COSINE, 1, 0.2, EmptyRow.ZERO, query, AXES).weights, within(1e-12));
        assertThat(read(Similarity.DOT, 1, 0, EmptyRow.ZERO, longer, AXES).weights[1])
                .isGreaterThan(read(Similarity.DOT, 1, 0, EmptyRow.ZERO, query, AXES).weights[1] + 0.1);
    }

    @Test
    void readsTheSameWhateverTheOrderOfTheItems() {
        double[][] turned = {FOUR[2], FOUR[3], FOUR[0], FOUR[1]};
        Read read = read(Similarity.COSINE, 0.5, 0.25, EmptyRow.ZERO, new double[][] {{1, 2}}, FOUR);
        Read other = read(Similarity.COSINE, 0.5, 0.25, EmptyRow.ZERO, new double[][] {{1, 2}}, turned);

        assertThat(other.readOut).containsExactly(read.readOut, within(1e-12));
        assertThat(new double[] {other.weights[2], other.weights[3], other.weights[0], other.weights[1]})
                .containsExactly(read.weights, within(1e-12));
    }

    @Test
    void weighsConvexlyInsideTheBoxOfTheItems() {
        double[][] queries = {{3, 4}, {-1, 0.1}, {0, 0}, {1e-3, 5}};
        Read read = read(Similarity.COSINE, 0.1, 0.2, EmptyRow.FALLBACK, queries, FOUR);

        for (int row = 0; row < queries.length; row++) {
            double sum = 0;
            for (int item = 0; item < 4; item++) {
                assertThat(read.weights[4 * row + item]).isBetween(0.0, 1.0);
                sum += read.weights[4 * row + item];
            }
            assertThat(sum).isCloseTo(1, within(1e-9));
            assertThat(read.readOut[2 * row]).isBetween(-1.0, 1.0);
            assertThat(read.entropy[row]).isBetween(-1e-9, Math.log(4) + 1e-9);
        }
    }

    @Test
    void knowsOneAnswerOnlyWithOneItem() {
        Read read = read(Similarity.COSINE, 1, 0.5, EmptyRow.ZERO, new double[][] {{7, -2}}, new double[][] {{4, 5}});

        assertThat(read.weights).containsExactly(new double[] {1}, within(1e-11));
        assertThat(read.readOut).containsExactly(new double[] {4, 5}, within(1e-10));
        assertThat(read.entropy).containsExactly(new double[] {0}, within(1e-10));
    }

    /** Four even weights of 0.25 under λ = 0.3: nothing is left. */
    @Test
    void readsZeroOrTheMeanWhereEveryWeightIsLost() {
        double[][] zero = {{0, 0}};
        Read dead = read(Similarity.COSINE, 1, 0.3, EmptyRow.ZERO, zero, FOUR);
        Read fallback = read(Similarity.COSINE, 1, 0.3, EmptyRow.FALLBACK, zero, FOUR);

        assertThat(dead.readOut).containsExactly(0, 0);
        assertThat(dead.empty).containsExactly(1);
        assertThat(fallback.readOut).containsExactly(new double[] {0.25, 0.25}, within(1e-12));
    }

    /** The two precisions write the shrinkage down differently; they must agree to single precision. */
    @Test
    void sendsTheSameGradientsInSinglePrecision() {
        double[][] queries = {{3, 4}, {1, 2}, {-2, 0.5}};
        Map<String, INDArray> exact = gradients(DataType.DOUBLE, queries);
        Map<String, INDArray> single = gradients(DataType.FLOAT, queries);

        for (String name : List.of("q", "m")) {
            double[] expected = exact.get(name).dup('c').data().asDouble();
            double[] actual =
                    single.get(name).castTo(DataType.DOUBLE).dup('c').data().asDouble();
            assertThat(actual).as(name).containsExactly(expected, within(1e-5));
        }
    }

    private static Map<String, INDArray> gradients(DataType type, double[][] queries) {
        SameDiff graph = SameDiff.create();
        SDVariable q = graph.var("q", Nd4j.createFromArray(queries).castTo(type));
        SDVariable m = graph.var("m", Nd4j.createFromArray(FOUR).castTo(type));
        Memory.Reading reading = new Memory(Similarity.COSINE, 0.5, 0.2, EmptyRow.ZERO).read(graph, q, m);
        graph.setLossVariables(reading.readOut()
                .mul(reading.readOut())
                .sum()
                .add(reading.entropy().sum()));
        return graph.calculateGradients(Map.of(), List.of("q", "m"));
    }

    private record Read(double[] weights, double[] readOut, double[] entropy, double[] empty) {}

    private static Read read(
            Similarity similarity, double temperature, double threshold, EmptyRow empty, double[][] q, double[][] m) {
        SameDiff graph = SameDiff.create();
        Memory.Reading reading = new Memory(similarity, temperature, threshold, empty)
                .read(graph, graph.var("q", Nd4j.createFromArray(q)), graph.var("m", Nd4j.createFromArray(m)));
        return new Read(
                flat(reading.weights()), flat(reading.readOut()), flat(reading.entropy()), flat(reading.emptyRows()));
    }

    private static double[] flat(SDVariable variable) {
        return variable.eval().dup('c').data().asDouble();
    }
}
