package org.oddlens.app.chart;

/**
 * Items of a memory, support vectors or the like in the coordinates of a scatter.
 *
 * @param label what they are, in words of the interface: "Memory items"
 * @param x   first coordinate per item
 * @param y   second coordinate per item; ignored in a strip plot
 * @param use share of rows that address the item, 0 to 1; 0 marks a dead item
 */
public record MemoryItems(String label, float[] x, float[] y, float[] use) {

    /** No items. */
    public static MemoryItems none() {
        return new MemoryItems("", new float[0], new float[0], new float[0]);
    }

    /** Number of items. */
    public int size() {
        return x.length;
    }
}
