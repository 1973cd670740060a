package org.oddlens.engine.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Reductions over a dimension of size 1, by hand: {@code [[-3], [4]]}. */
class GraphSessionTest {

    private static float[] reduced(UnaryOperator<SDVariable> reduction) {
        SameDiff graph = SameDiff.create();
        SDVariable result = reduction.apply(graph.placeHolder("x", DataType.FLOAT, -1, 1));
        return new GraphSession(graph)
                .output(
                        List.of(result.name()),
                        Map.of("x", Nd4j.createFromArray(new float[][] {{-3}, {4}})),
                        null,
                        List.of(result.name()),
                        List.of(),
                        At.builder().operation(Operation.INFERENCE).build())
                .get(result.name())
                .toFloatVector();
    }

    @Test
    void keepsOneNumberWhereItsReductionIsTheNumber() {
        assertThat(reduced(x -> x.sum(1))).containsExactly(-3, 4);
        assertThat(reduced(x -> x.mean(1))).containsExactly(-3, 4);
        assertThat(reduced(x -> x.max(1))).containsExactly(-3, 4);
    }

    /** ND4J's fault is no reason for a wrong number: a norm would be 3 and 4. No network of ours has one. */
    @Test
    void failsAsTheLibraryDoesWhereItIsNot() {
        assertThatThrownBy(() -> reduced(x -> x.norm2(1))).isInstanceOf(NullPointerException.class);
    }
}
