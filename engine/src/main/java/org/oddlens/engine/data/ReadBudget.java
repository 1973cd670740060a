package org.oddlens.engine.data;

/**
 * How much a reader may inflate or allocate for one file, so that a small hostile file cannot fill the memory.
 *
 * @param maxBytes       decoded bytes of all arrays that are read together, and of any single inflated element
 * @param maxArrays      number of arrays in a file
 * @param maxFileBytes   size of a file that has to be held in memory as a whole (MATLAB level 5)
 */
public record ReadBudget(long maxBytes, int maxArrays, long maxFileBytes) {

    /** 2 GiB decoded (half of this JVM's heap if that is less), 10,000 arrays, files of at most 1 GiB held whole. */
    public static final ReadBudget DEFAULT =
            new ReadBudget(Math.min(2L << 30, Runtime.getRuntime().maxMemory() / 2), 10_000, 1L << 30);

    public ReadBudget {
        if (maxBytes < 1 || maxArrays < 1 || maxFileBytes < 1) {
            throw new IllegalArgumentException("A read budget must be positive");
        }
    }
}
