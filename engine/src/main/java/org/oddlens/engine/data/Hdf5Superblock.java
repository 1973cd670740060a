package org.oddlens.engine.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Where an HDF5 file says that it ends. The library that reads the rest takes what lies behind the end of a file that was cut off
 * for never written, and gives zeros.
 */
final class Hdf5Superblock {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int LENGTH = 64;
    private static final int OFFSET_BYTES = 8;

    private Hdf5Superblock() {}

    /**
     * Refuses a file that is shorter than it says.
     *
     * @throws DataFormatException if it is cut off
     */
    static void requireWhole(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long size = bytes.length();
            for (long at = 0;
                    at + LENGTH <= size;
                    at = at == 0 ? 512 : 2 * at) { // behind a user block of any such length
                byte[] block = new byte[LENGTH];
                bytes.seek(at);
                bytes.readFully(block);
                if (Arrays.equals(SIGNATURE, Arrays.copyOf(block, SIGNATURE.length))) {
                    long end = end(ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN));
                    if (end > size) {
                        throw new DataFormatException(
                                file,
                                file.getFileName() + " was cut off: it has " + Sentences.bytes(size)
                                        + " and says that it has " + Sentences.bytes(end)
                                        + ". What is missing would read as zeros. Copy it again.");
                    }
                    return;
                }
            }
        }
    }

    /** The address behind the last byte, −1 where it is not told. */
    private static long end(ByteBuffer block) {
        int version = block.get(8);
        boolean old = version < 2;
        if (block.get(old ? 13 : 9) != OFFSET_BYTES) {
            return -1;
        }
        return block.getLong(old ? (version == 1 ? 28 : 24) + 2 * OFFSET_BYTES : 12 + 2 * OFFSET_BYTES);
    }
}
