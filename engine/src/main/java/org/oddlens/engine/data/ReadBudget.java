package org.oddlens.engine.data;

/**
 * How much a reader may inflate or allocate for one file, so that a small hostile file cannot fill the memory.
 *
 * @param maxBytes       decoded bytes of all arrays that are read together, and of any single inflated element
 * @param maxArrays      number of arrays in a file
 * @param maxFileBytes   size of a file that has to be held in memory as a whole (MATLAB level 5)
 */
public record ReadBudget(long maxBytes, int maxArrays, long maxFileBytes) {

    private static final long BOMB_BYTES = 32L << 20;
    private static final long BOMB_RATIO = 800;

    /**
     * 2 GiB decoded (a quarter of this JVM's heap if that is less, because an import holds the file, what was read and
     * the rows made of it for a moment), 10,000 arrays, files of at most 1 GiB held whole.
     */
    public static final ReadBudget DEFAULT =
            new ReadBudget(Math.min(2L << 30, Runtime.getRuntime().maxMemory() / 4), 10_000, 1L << 30);

    public ReadBudget {
        if (maxBytes < 1 || maxArrays < 1 || maxFileBytes < 1) {
            throw new IllegalArgumentException("A read budget must be positive");
        }
    }

    /** "1.2 GB, more than the 500.0 MB ...": a sentence from there on, without its full stop. */
    String tooMuch(long bytes) {
        return Sentences.bytes(bytes) + ", more than the " + Sentences.bytes(maxBytes)
                + " that may be read from one file. Save fewer rows, or start Oddlens with more memory";
    }

    /** True if so few bytes make so many that the array is all but constant: no data, at worst an attack. */
    static boolean isBomb(long stored, long unpacked) {
        return unpacked > BOMB_BYTES && unpacked / Math.max(1, stored) > BOMB_RATIO;
    }

    /** Why such an array is refused, as the end of a sentence without its full stop. */
    static String bomb(long stored, long unpacked) {
        return "unpacks from " + Sentences.bytes(stored) + " to " + Sentences.bytes(unpacked)
                + ", so nearly all its values are the same. It is not unpacked; save it without compression if you"
                + " need it";
    }
}
