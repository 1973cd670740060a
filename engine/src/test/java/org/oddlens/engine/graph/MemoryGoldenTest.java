package org.oddlens.engine.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.Golden;
import org.oddlens.engine.graph.Memory.EmptyRow;
import org.oddlens.engine.graph.Memory.Similarity;

/**
 * The memory against golden file 02, made in double precision with PyTorch.
 *
 * <p>Tolerances are those of the golden files: configuration a (no shrinkage) 1e-9 for values and 1e-8 for gradients;
 * with shrinkage 1e-8 and 1e-7, because the published formula carries a 1e-12 that ours does not.
 */
class MemoryGoldenTest {

    private static final double ABSOLUTE = 1e-12;
    private static final double GRADIENT_ABSOLUTE = 1e-10;

    private final Golden golden = Golden.open("02_memory.npz");

    @ParameterizedTest
    @CsvSource({"a, COSINE", "b, COSINE", "c, COSINE", "d, DOT", "e, COSINE", "f, COSINE"})
    void readsAsTheReferenceDoes(String configuration, Similarity similarity) {
        Chain chain = new Chain(configuration, similarity, EmptyRow.ZERO);
        double relative = configuration.equals("a") ? 1e-9 : 1e-8;

        golden.assertEquals(configuration + "_attention", chain.value(chain.reading.weights()), relative, ABSOLUTE);
        golden.assertEquals(configuration + "_readout", chain.value(chain.reading.readOut()), relative, ABSOLUTE);
        golden.assertEquals(configuration + "_entropy", chain.value(chain.reading.entropy()), relative, ABSOLUTE);
        golden.assertEquals(configuration + "_loss1", chain.value(chain.loss1), relative, ABSOLUTE);
        golden.assertEquals(configuration + "_loss2", chain.value(chain.loss2), relative, ABSOLUTE);
    }

    @ParameterizedTest
    @CsvSource({"a, COSINE", "b, COSINE", "c, COSINE", "d, DOT", "e, COSINE", "f, COSINE"})
    void sendsTheReferencesGradients(String configuration, Similarity similarity) {
        double relative = configuration.equals("a") ? 1e-8 : 1e-7;
        Chain plain = new Chain(configuration, similarity, EmptyRow.ZERO);
        Map<String, INDArray> gradients = plain.gradients(plain.loss1);
        golden.assertEquals(configuration + "_grad_query", gradients.get("q"), relative, GRADIENT_ABSOLUTE);
        golden.assertEquals(configuration + "_grad_memory", gradients.get("m"), relative, GRADIENT_ABSOLUTE);

        Chain withEntropy = new Chain(configuration, similarity, EmptyRow.ZERO);
        Map<String, INDArray> entropic = withEntropy.gradients(withEntropy.loss2);
        golden.assertEquals(configuration + "_grad_query_entropy", entropic.get("q"), relative, GRADIENT_ABSOLUTE);
        golden.assertEquals(configuration + "_grad_memory_entropy", entropic.get("m"), relative, GRADIENT_ABSOLUTE);
    }

    @Test
    void marksTheRowsThatLostEveryWeight() {
        Chain chain = new Chain("f", Similarity.COSINE, EmptyRow.ZERO);

        golden.assertEquals("f_dead_rows", chain.value(chain.reading.emptyRows()), 0, 0);
    }

    @Test
    void letsALostRowReadItsUnshrunkWeightsUnderFallback() {
        Chain chain = new Chain("f", Similarity.COSINE, EmptyRow.FALLBACK);

        golden.assertEquals("f_fallback_attention", chain.value(chain.reading.weights()), 1e-8, ABSOLUTE);
        golden.assertEquals("f_fallback_readout", chain.value(chain.reading.readOut()), 1e-8, ABSOLUTE);
        Map<String, INDArray> gradients = chain.gradients(chain.loss1);
        golden.assertEquals("f_fallback_grad_query", gradients.get("q"), 1e-7, GRADIENT_ABSOLUTE);
        golden.assertEquals("f_fallback_grad_memory", gradients.get("m"), 1e-7, GRADIENT_ABSOLUTE);
    }

    @Test
    void readsTheMeanOfTheItemsForAZeroQuery() {
        SameDiff graph = SameDiff.create();
        SDVariable queries = graph.var("q", golden.array("zero_query"));
        Memory.Reading reading = new Memory(Similarity.COSINE, 1, 0, EmptyRow.ZERO)
                .read(graph, queries, graph.var("m", golden.array("memory")));

        golden.assertEquals("zero_attention", reading.weights().eval(), 1e-9, ABSOLUTE);
        golden.assertEquals("zero_readout", reading.readOut().eval(), 1e-9, ABSOLUTE);
    }

    /** Every position of a feature map is one query: {@code [B,C,H,W]} becomes {@code [B·H·W, C]} and back. */
    @Test
    void readsAFeatureMapPositionByPosition() {
        int[] map = golden.shape("map_input");
        long positions = (long) map[0] * map[2] * map[3];
        SameDiff graph = SameDiff.create();
        INDArray queries =
                golden.array("map_input").permute(0, 2, 3, 1).dup('c').reshape('c', positions, map[1]);
        Memory.Reading reading = new Memory(Similarity.DOT, 1, golden.scalar("map_lambda"), EmptyRow.ZERO)
                .read(graph, graph.var("q", queries), graph.var("m", golden.array("memory")));

        golden.assertEquals("map_readout", toMap(reading.readOut().eval(), map), 1e-8, ABSOLUTE);
        golden.assertEquals("map_attention", toMap(reading.weights().eval(), map), 1e-8, ABSOLUTE);
        golden.assertEquals("map_entropy_mean", reading.entropy().mean().eval().reshape(1), 1e-8, ABSOLUTE);
    }

    private static INDArray toMap(INDArray rows, int[] map) {
        return rows.dup('c').reshape('c', map[0], map[2], map[3], rows.size(1)).permute(0, 3, 1, 2);
    }

    /** Queries and items as variables, both losses of the file on top. */
    private final class Chain {

        private final SameDiff graph = SameDiff.create();
        private final Memory.Reading reading;
        private final SDVariable loss1;
        private final SDVariable loss2;

        Chain(String configuration, Similarity similarity, EmptyRow emptyRow) {
            SDVariable queries = graph.var("q", golden.array("query"));
            SDVariable items = graph.var("m", golden.array("memory"));
            reading = new Memory(
                            similarity,
                            golden.scalar(configuration + "_tau"),
                            golden.scalar(configuration + "_lambda"),
                            emptyRow)
                    .read(graph, queries, items);
            loss1 = reading.readOut()
                    .mul(graph.constant(golden.array("upstream")))
                    .sum();
            loss2 = loss1.add(reading.entropy().mean().mul(golden.scalar("alpha_entropy")));
        }

        double[] value(SDVariable variable) {
            INDArray value = variable.eval();
            return value.dup('c').data().asDouble();
        }

        Map<String, INDArray> gradients(SDVariable loss) {
            graph.setLossVariables(loss);
            return graph.calculateGradients(Map.of(), List.of("q", "m"));
        }
    }

    /** The guard must not cost finiteness where single precision is at its end. */
    @ParameterizedTest
    @CsvSource({"COSINE, 0", "COSINE, 0.3", "DOT, 0.3"})
    void keepsSinglePrecisionGradientsFiniteAtZeroAndHugeQueries(Similarity similarity, double threshold) {
        SameDiff graph = SameDiff.create();
        SDVariable queries =
                graph.var("q", Nd4j.createFromArray(new float[][] {{0, 0}, {1e-20f, 0}, {1e15f, -1e15f}, {1, 2}}));
        SDVariable items = graph.var("m", Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {0, 0}, {-1e-3f, 1e8f}}));
        Memory.Reading reading = new Memory(similarity, 0.1, threshold, EmptyRow.FALLBACK).read(graph, queries, items);
        graph.setLossVariables(reading.readOut().sum().add(reading.entropy().sum()));

        Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), List.of("q", "m"));

        for (INDArray gradient : gradients.values()) {
            double[] values = gradient.dup('c').data().asDouble();
            org.assertj.core.api.Assertions.assertThat(
                            Arrays.stream(values).boxed().toList())
                    .allMatch(Double::isFinite);
        }
    }
}
