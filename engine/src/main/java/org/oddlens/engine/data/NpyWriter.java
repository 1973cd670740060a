package org.oddlens.engine.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Writes {@code .npy} files: version 1.0, little-endian, row-major. */
public final class NpyWriter {

    private NpyWriter() {}

    public static void write(Path file, float[] values, int... shape) throws IOException {
        throw new UnsupportedOperationException("later");
    }

    public static void write(Path file, double[] values, int... shape) throws IOException {
        throw new UnsupportedOperationException("later");
    }

    public static void write(Path file, int[] values, int... shape) throws IOException {
        throw new UnsupportedOperationException("later");
    }

    public static void write(Path file, long[] values, int... shape) throws IOException {
        throw new UnsupportedOperationException("later");
    }

    /** Writes one array to a stream and leaves it open; values are float[], double[], int[] or long[]. */
    public static void write(OutputStream out, Object values, int... shape) throws IOException {
        throw new UnsupportedOperationException("later");
    }
}
