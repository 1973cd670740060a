package org.oddlens.engine.data;

import java.io.Closeable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An opened data file: a list of arrays, read one at a time.
 *
 * <p>All reading methods throw {@link DataFormatException} with a sentence for the user. Arrays come back row-major in
 * the shape that {@link ArrayInfo} states, whatever the file's own order was.
 */
public interface DataFile extends Closeable {

    Path path();

    /** The format in words, for example {@code NumPy archive (.npz)}. */
    String format();

    /** All arrays, in the file's order, unusable ones included. */
    List<ArrayInfo> arrays();

    /** The values of a usable numeric array in single precision. By default {@link #doubles}, rounded. */
    default float[] floats(String name) {
        double[] wide = doubles(name);
        float[] out = new float[wide.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) wide[i];
        }
        return out;
    }

    /** The values of a usable numeric array in double precision. */
    double[] doubles(String name);

    /** The values of a one-dimensional array as label text: whole numbers without a decimal point. */
    String[] texts(String name);

    /**
     * The values of several columns or one-dimensional arrays as the file writes them ("007" stays "007"); "" where one
     * is missing. By default as {@link #texts}.
     */
    default String[][] cells(List<String> names) {
        return names.stream().map(this::texts).toArray(String[][]::new);
    }

    /** Names of the columns of a two-dimensional array where the file has them, else empty. */
    default List<String> columnNames(String name) {
        return List.of();
    }

    /** Whether these names are the file's own, not numbers that the reader gave. */
    default boolean namesColumns() {
        return true;
    }

    /** What the reader noticed while reading, as sentences (for example an encoding it had to guess). */
    default List<String> notes() {
        return List.of();
    }

    /** Cells that are no numbers in columns of numbers and count as missing, as sentences with line and cell. */
    default List<String> oddCells() {
        return List.of();
    }

    default Optional<ArrayInfo> find(String name) {
        return arrays().stream().filter(a -> a.name().equals(name)).findFirst();
    }

    @Override
    void close();
}
