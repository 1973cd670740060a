package org.oddlens.engine.prepare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.oddlens.engine.data.NpzWriter;
import org.oddlens.engine.run.OutputFile;

/**
 * Rows ready to be loaded.
 *
 * @param key     name of the array in the file
 * @param columns names of the features, in order
 * @param values  {@code [rows, features]} row-major
 * @param labels  1 for an anomaly, 0 for a normal row
 * @param notes   what was left out, and why
 */
public record PreparedTable(String key, List<String> columns, float[] values, int[] labels, List<String> notes) {

    private static final long MOST_BYTES = 2_000_000_000L;

    public PreparedTable {
        columns = List.copyOf(columns);
        notes = List.copyOf(notes);
    }

    /** Rows labelled anomalous. */
    public int anomalies() {
        return Arrays.stream(labels).sum();
    }

    /** The same with every column shrunk to [0, 1] over all rows; a constant column becomes 0. */
    public PreparedTable scaled() {
        int width = columns.size();
        float[] low = new float[width];
        float[] high = new float[width];
        Arrays.fill(low, Float.POSITIVE_INFINITY);
        Arrays.fill(high, Float.NEGATIVE_INFINITY);
        for (int i = 0; i < values.length; i++) {
            low[i % width] = Math.min(low[i % width], values[i]);
            high[i % width] = Math.max(high[i % width], values[i]);
        }
        float[] scaled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            double range = (double) high[i % width] - low[i % width];
            scaled[i] = range > 0 ? (float) (((double) values[i] - low[i % width]) / range) : 0;
        }
        return new PreparedTable(key, columns, scaled, labels, notes);
    }

    /** Where the names of the columns stand, for a file of rows. */
    public static Path names(Path file) {
        return file.resolveSibling(file.getFileName() + ".columns.txt");
    }

    /**
     * Writes {@code [rows, features + 1]} with the label last, and beside it the names of the columns as text; both or, where
     * that fails, none.
     */
    public void write(OutputFile file, OutputFile names) throws IOException {
        int width = columns.size();
        long bytes = 4L * labels.length * (width + 1);
        if (bytes > MOST_BYTES) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "%,d rows of %d numbers are %.1f GB, and an array of such a file holds 2 GB. Say --keep %.2f.",
                    labels.length,
                    width + 1,
                    bytes / 1e9,
                    Math.floor(95.0 * MOST_BYTES / bytes) / 100));
        }
        float[] whole = new float[Math.multiplyExact(labels.length, width + 1)];
        for (int row = 0; row < labels.length; row++) {
            System.arraycopy(values, row * width, whole, row * (width + 1), width);
            whole[row * (width + 1) + width] = labels[row];
        }
        List<String> lines = new ArrayList<>(columns);
        lines.add("label (1 = anomaly)");
        // The names from within: they take their place only if the numbers can take theirs.
        names.write(namesPart -> {
            Files.write(namesPart, lines);
            file.write(part -> {
                try (NpzWriter out = new NpzWriter(part)) {
                    out.add(key, whole, labels.length, width + 1);
                }
            });
        });
    }
}
