package org.oddlens.engine.compute;

import java.util.LinkedHashMap;
import java.util.Map;
import org.oddlens.engine.graph.NetworkBuilder;

/** The inputs of one step: for each placeholder an array {@code [rows, width]}, row-major, to be filled and reused. */
public final class Batch {

    private final int rows;
    private final Map<String, float[]> arrays = new LinkedHashMap<>();

    Batch(int rows, Map<String, Integer> widths) {
        this.rows = rows;
        widths.forEach((name, width) -> arrays.put(name, new float[rows * width]));
    }

    public int rows() {
        return rows;
    }

    /** The array of the features. */
    public float[] features() {
        return input(NetworkBuilder.FEATURES);
    }

    /** The array of a placeholder. */
    public float[] input(String placeholder) {
        return arrays.get(placeholder);
    }
}
