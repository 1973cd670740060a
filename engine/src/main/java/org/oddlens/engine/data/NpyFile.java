package org.oddlens.engine.data;

import java.io.IOException;
import java.nio.file.Path;

/** A single NumPy array. */
final class NpyFile extends NpyEntries {

    NpyFile(Path file, ReadBudget budget) throws IOException {
        super(file);
        NpySource source = NpySource.ofFile(file, budget);
        source.entries(name -> false).forEach(this::add);
        list(Long.MAX_VALUE, budget, entry -> 0);
    }

    @Override
    public String format() {
        return "NumPy array (.npy)";
    }

    @Override
    public void close() {
        // nothing stays open between reads
    }
}
