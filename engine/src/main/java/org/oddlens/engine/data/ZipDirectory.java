package org.oddlens.engine.data;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Looks into the table of contents of a ZIP archive that Java refuses, to tell other methods from damage. */
final class ZipDirectory {

    private static final int END = 0x06054b50;
    private static final int ENTRY = 0x02014b50;
    private static final int END_LENGTH = 22;
    private static final int ENTRY_LENGTH = 46;
    private static final int MAX_COMMENT = 1 << 16;
    private static final int MAX_DIRECTORY = 16 << 20;
    private static final int ENCRYPTED = 1;

    private ZipDirectory() {}

    /** What makes the archive unreadable, as the rest of a sentence and an advice; "" if that is damage. */
    static String unreadable(Path file) {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            ByteBuffer end = tail(in);
            for (int at = end.limit() - END_LENGTH; at >= 0; at--) {
                if (end.getInt(at) == END) {
                    return entries(in, end.getInt(at + 16) & 0xffffffffL, end.getInt(at + 12) & 0xffffffffL);
                }
            }
            return "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static ByteBuffer tail(RandomAccessFile in) throws IOException {
        return bytes(in, Math.max(0, in.length() - END_LENGTH - MAX_COMMENT), END_LENGTH + MAX_COMMENT);
    }

    private static ByteBuffer bytes(RandomAccessFile in, long from, long most) throws IOException {
        byte[] bytes = new byte[(int) Math.max(0, Math.min(most, in.length() - from))];
        in.seek(from);
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static String entries(RandomAccessFile in, long from, long length) throws IOException {
        ByteBuffer directory = bytes(in, from, Math.min(length, MAX_DIRECTORY));
        int at = 0;
        while (at + ENTRY_LENGTH <= directory.limit() && directory.getInt(at) == ENTRY) {
            int flags = directory.getShort(at + 8);
            int method = directory.getShort(at + 10) & 0xffff;
            int name = directory.getShort(at + 28) & 0xffff;
            int more = (directory.getShort(at + 30) & 0xffff) + (directory.getShort(at + 32) & 0xffff);
            if ((flags & ENCRYPTED) != 0) {
                return "is an encrypted ZIP archive. Unpack it, or save the arrays with numpy.savez.";
            }
            if (method != 0 && method != 8) {
                int shown = Math.min(name, directory.limit() - at - ENTRY_LENGTH);
                String entry = new String(directory.array(), at + ENTRY_LENGTH, shown, StandardCharsets.UTF_8);
                return "is a ZIP archive whose entry '" + entry + "' is compressed with " + method(method)
                        + ", which Oddlens does not read. Save the arrays with numpy.savez or"
                        + " numpy.savez_compressed.";
            }
            at += ENTRY_LENGTH + name + more;
        }
        return "";
    }

    private static String method(int number) {
        return switch (number) {
            case 9 -> "deflate64 (method 9)";
            case 12 -> "bzip2 (method 12)";
            case 14 -> "LZMA (method 14)";
            case 93 -> "Zstandard (method 93)";
            case 95 -> "XZ (method 95)";
            default -> "method " + number;
        };
    }
}
