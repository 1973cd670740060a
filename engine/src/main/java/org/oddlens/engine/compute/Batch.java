package org.oddlens.engine.compute;

import java.util.LinkedHashMap;
import java.util.Map;
import org.oddlens.engine.compute.plan.Feed;
import org.oddlens.engine.graph.NetworkBuilder;

/** The inputs of one step: for each placeholder an array {@code [rows, width]}, row-major, to be filled and reused. */
public final class Batch implements Feed {

    private final int rows;
    private final Map<String, float[]> arrays = new LinkedHashMap<>();

    Batch(int rows, Map<String, Integer> widths) {
        this.rows = rows;
        widths.forEach((name, width) -> arrays.put(name, new float[rows * width]));
    }

    /**
     * A batch of one row as two equal rows, anything else as it is. The loss is a mean over rows, so value and gradient
     * stay the same; but ND4J 1.0.0-M2.1 computes wrong gradients of quotients and products that repeat a matrix of one
     * row (found by finite differences), and right ones from two rows on.
     */
    Batch atLeastTwoRows() {
        if (rows > 1) {
            return this;
        }
        Map<String, Integer> widths = new LinkedHashMap<>();
        arrays.forEach((name, array) -> widths.put(name, array.length));
        Batch twice = new Batch(2, widths);
        arrays.forEach((name, array) -> {
            System.arraycopy(array, 0, twice.input(name), 0, array.length);
            System.arraycopy(array, 0, twice.input(name), array.length, array.length);
        });
        return twice;
    }

    public int rows() {
        return rows;
    }

    /** The array of the features. */
    public float[] features() {
        return input(NetworkBuilder.FEATURES);
    }

    @Override
    public float[] input(String placeholder) {
        return arrays.get(placeholder);
    }
}
