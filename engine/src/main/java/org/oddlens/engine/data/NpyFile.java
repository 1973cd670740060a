package org.oddlens.engine.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A single NumPy array. */
final class NpyFile implements DataFile {

    private final NpySource source;
    private final ArrayInfo info;

    NpyFile(Path file, ReadBudget budget) throws IOException {
        source = NpySource.ofFile(file, budget);
        info = source.info();
    }

    @Override
    public Path path() {
        return source.file();
    }

    @Override
    public String format() {
        return "NumPy array (.npy)";
    }

    @Override
    public List<ArrayInfo> arrays() {
        return List.of(info);
    }

    @Override
    public float[] floats(String name) {
        return source.floats();
    }

    @Override
    public double[] doubles(String name) {
        return source.doubles();
    }

    @Override
    public String[][] cells(List<String> names) {
        return names.stream().map(name -> source.cells()).toArray(String[][]::new);
    }

    @Override
    public String[] texts(String name) {
        return source.texts();
    }

    @Override
    public void close() {
        // nothing stays open between reads
    }
}
