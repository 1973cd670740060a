package org.oddlens.engine.data;

import java.nio.file.Path;
import java.util.Map;

/** Reads {@code .npy} and {@code .npz} files into memory; strict, bounded, runs nothing. */
public final class NpyReader {

    private NpyReader() {}

    /** @throws DataFormatException if the file is damaged, of another format, or over the default budget */
    public static NpyArray read(Path npy) {
        throw new UnsupportedOperationException("later");
    }

    /** All arrays of an archive by key (entry name without {@code .npy}), in the archive's order. */
    public static Map<String, NpyArray> readAll(Path npz) {
        throw new UnsupportedOperationException("later");
    }
}
