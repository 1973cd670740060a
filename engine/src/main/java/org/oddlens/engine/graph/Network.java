package org.oddlens.engine.graph;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A finished network: graph, inputs, parameters with their start values, objectives.
 *
 * @param graph      the graph; its parameters are the variables of {@code layout}
 * @param type       FLOAT to train, DOUBLE to check gradients
 * @param inputs     placeholder to its width; each is fed as {@code [rows, width]}
 * @param layout     place of each parameter in the flat array
 * @param initial    start values, flat
 * @param objectives what is minimised: one for most networks, one for each player of an adversarial one
 * @param outputs    outputs by role ({@code score}, {@code code}, {@code reconstruction}, …): name and width per row
 */
public record Network(
        SameDiff graph,
        DataType type,
        Map<String, Integer> inputs,
        ParameterLayout layout,
        float[] initial,
        List<Objective> objectives,
        Map<String, Output> outputs) {

    /** Role of the first objective's loss per row, {@code [rows]}. */
    public static final String ROW_LOSS = "row-loss";

    /** An output of {@code width} numbers per row. */
    public record Output(String variable, int width) {}

    /**
     * A loss and the parameters that follow it. The loss is the mean over rows of the sum of its row terms.
     *
     * @param name       as shown to users
     * @param loss       name of the scalar loss
     * @param terms      names of the loss terms as shown to users
     * @param termMeans  names of the scalar means of the terms, in the same order
     * @param parameters names of the parameters it trains
     */
    public record Objective(
            String name, String loss, List<String> terms, List<String> termMeans, List<String> parameters) {}

    /** Terms of all objectives, in order; objectives that are phases of one training may share terms. */
    public List<String> terms() {
        return objectives.stream().flatMap(o -> o.terms().stream()).distinct().toList();
    }
}
