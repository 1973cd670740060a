package org.oddlens.engine.graph;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A finished network: graph, inputs, parameters with their start values, loss.
 *
 * <p>The loss is the mean over rows of the output {@link #ROW_LOSS}, which is the sum of the row terms; {@code termMeans} are the
 * means of the terms, in the same order.
 *
 * @param graph     the graph; its parameters are the variables of {@code layout}
 * @param type      FLOAT to train, DOUBLE to check gradients
 * @param inputs    placeholder to its width; each is fed as {@code [rows, width]}
 * @param layout    place of each parameter in the flat array
 * @param initial   start values, flat
 * @param loss      name of the scalar loss
 * @param terms     names of the loss terms as shown to users
 * @param termMeans names of the scalar means of the terms
 * @param outputs   outputs by role ({@code score}, {@code code}, {@code reconstruction}, …): name and width per row
 */
public record Network(
        SameDiff graph,
        DataType type,
        Map<String, Integer> inputs,
        ParameterLayout layout,
        float[] initial,
        String loss,
        List<String> terms,
        List<String> termMeans,
        Map<String, Output> outputs) {

    /** Role of the loss per row, {@code [rows]}. */
    public static final String ROW_LOSS = "row-loss";

    /** An output of {@code width} numbers per row. */
    public record Output(String variable, int width) {}
}
