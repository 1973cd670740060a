package org.oddlens.engine.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads {@code .npy} and {@code .npz} files into memory; strict, bounded by {@link ReadBudget}, runs nothing. */
public final class NpyReader {

    private NpyReader() {}

    /** @throws DataFormatException if the file is damaged, of another format, or over the default budget */
    public static NpyArray read(Path npy) {
        try {
            return NpySource.ofFile(npy, ReadBudget.DEFAULT).array();
        } catch (IOException unreadable) {
            throw new DataFormatException(
                    npy, npy.getFileName() + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
    }

    /**
     * All arrays of an archive by key (entry name without {@code .npy}), in the archive's order.
     *
     * @throws DataFormatException if one of them is damaged or not numeric
     */
    public static Map<String, NpyArray> readAll(Path npz) {
        try (NpzFile file = new NpzFile(npz, ReadBudget.DEFAULT)) {
            Map<String, NpyArray> arrays = new LinkedHashMap<>();
            file.sources().forEach((name, source) -> arrays.put(name, source.array()));
            return arrays;
        }
    }

    /** One array of an archive. */
    public static NpyArray read(Path npz, String key) {
        try (NpzFile file = new NpzFile(npz, ReadBudget.DEFAULT)) {
            NpySource source = file.sources().get(key);
            if (source == null) {
                throw new DataFormatException(npz, npz.getFileName() + " has no array '" + key + "'.");
            }
            return source.array();
        }
    }
}
