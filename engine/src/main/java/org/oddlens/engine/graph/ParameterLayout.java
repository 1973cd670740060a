package org.oddlens.engine.graph;

import java.util.List;

/**
 * Where each trainable array lies in the one flat array of parameters.
 *
 * @param entries in the order of the flat array
 */
public record ParameterLayout(List<Entry> entries) {

    /**
     * @param name   name of the variable, such as {@code encoder-1/weights}
     * @param shape  dimensions, row-major
     * @param offset first index in the flat array
     * @param length product of the dimensions
     */
    public record Entry(String name, int[] shape, int offset, int length) {}

    public ParameterLayout {
        entries = List.copyOf(entries);
    }

    /** Length of the flat array. */
    public int length() {
        return entries.isEmpty()
                ? 0
                : entries.get(entries.size() - 1).offset()
                        + entries.get(entries.size() - 1).length();
    }
}
