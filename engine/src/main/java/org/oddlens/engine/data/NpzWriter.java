package org.oddlens.engine.data;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes {@code .npz} archives, stored without compression and with a fixed time stamp, so that equal arrays give equal
 * bytes. One array at a time is held in memory; it must be smaller than 2 GB.
 */
public final class NpzWriter implements Closeable {

    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;

    /** Creates or replaces the file. */
    public NpzWriter(Path file) throws IOException {
        zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
        zip.setMethod(ZipOutputStream.STORED);
    }

    public NpzWriter add(String key, float[] values, int... shape) throws IOException {
        return put(key, values, shape);
    }

    public NpzWriter add(String key, double[] values, int... shape) throws IOException {
        return put(key, values, shape);
    }

    public NpzWriter add(String key, int[] values, int... shape) throws IOException {
        return put(key, values, shape);
    }

    public NpzWriter add(String key, long[] values, int... shape) throws IOException {
        return put(key, values, shape);
    }

    private NpzWriter put(String key, Object values, int... shape) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        NpyWriter.write(bytes, values, shape);
        byte[] content = bytes.toByteArray();
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(key + ".npy");
        entry.setTimeLocal(TIME);
        entry.setSize(content.length);
        entry.setCompressedSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
        return this;
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
