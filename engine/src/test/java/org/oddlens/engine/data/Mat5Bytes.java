package org.oddlens.engine.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DeflaterOutputStream;

/** MATLAB level 4 and 5 files by hand, little-endian. */
final class Mat5Bytes {

    static final int INT8 = 1;
    static final int INT32 = 5;
    static final int UINT32 = 6;
    static final int DOUBLE = 9;
    static final int MATRIX = 14;
    static final int COMPRESSED = 15;

    static final int CELL = 1;
    static final int STRUCT = 2;
    static final int CHAR = 4;
    static final int SPARSE = 5;
    static final int FULL = 6;
    static final int OPAQUE = 17;
    static final int LOGICAL = 0x0200;
    static final int COMPLEX = 0x0800;
    static final int UINT8 = 2;
    static final int UINT16 = 4;
    static final int INT64 = 12;

    private Mat5Bytes() {}

    static byte[] element(int type, byte[] data) {
        int padded = type == COMPRESSED ? data.length : (data.length + 7) / 8 * 8;
        ByteBuffer out = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        return out.putInt(type).putInt(data.length).put(data).array();
    }

    static byte[] ints(int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(out::putInt);
        return out.array();
    }

    static byte[] doubles(double... values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(out::putDouble);
        return out.array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] matrix(String name, int matClass, int[] dims, int storage, byte[] data) {
        return element(
                MATRIX,
                join(
                        element(UINT32, ints(matClass, 0)),
                        element(INT32, ints(dims)),
                        element(INT8, name.getBytes(StandardCharsets.US_ASCII)),
                        element(storage, data)));
    }

    static byte[] file(byte[]... elements) {
        byte[] header = Arrays.copyOf("MATLAB 5.0 MAT-file, by a test".getBytes(StandardCharsets.US_ASCII), 128);
        header[125] = 1;
        header[126] = 'I';
        header[127] = 'M';
        return join(header, join(elements));
    }

    static byte[] deflated(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(content);
        }
        return element(COMPRESSED, out.toByteArray());
    }

    /** A matrix of doubles, given column by column. */
    static byte[] numbers(String name, int rows, double... values) {
        return matrix(name, FULL, new int[] {rows, values.length / rows}, DOUBLE, doubles(values));
    }

    /** An array of a class (with flags) whose parts follow its name. */
    static byte[] array(String name, int classAndFlags, int nzmax, int[] dims, byte[]... parts) {
        return element(
                MATRIX,
                join(
                        element(UINT32, ints(classAndFlags, nzmax)),
                        element(INT32, ints(dims)),
                        element(INT8, name.getBytes(StandardCharsets.US_ASCII)),
                        join(parts)));
    }

    static byte[] sparse(String name, int[] dims, int[] rows, int[] starts, byte[] values) {
        return array(name, SPARSE, rows.length, dims, element(INT32, ints(rows)), element(INT32, ints(starts)), values);
    }

    /** A single line of text. */
    static byte[] text(String name, String line) {
        ByteBuffer codes = ByteBuffer.allocate(2 * line.length()).order(ByteOrder.LITTLE_ENDIAN);
        line.chars().forEach(c -> codes.putShort((short) c));
        return array(name, CHAR, 0, new int[] {1, line.length()}, element(UINT16, codes.array()));
    }

    static byte[] cell(String name, byte[]... cells) {
        return array(name, CELL, 0, new int[] {cells.length, 1}, cells);
    }

    /** A single struct; {@code fields} are arrays without names. */
    static byte[] struct(String name, String[] names, byte[]... fields) {
        ByteBuffer text = ByteBuffer.allocate(8 * names.length);
        for (int i = 0; i < names.length; i++) {
            text.position(8 * i);
            text.put(names[i].getBytes(StandardCharsets.US_ASCII));
        }
        return array(
                name, STRUCT, 0, new int[] {1, 1}, element(INT32, ints(8)), element(INT8, text.array()), join(fields));
    }

    /** An object of a class that only MATLAB knows. */
    static byte[] object(String name, String kind) {
        return element(
                MATRIX,
                join(
                        element(UINT32, ints(OPAQUE, 0)),
                        element(INT8, name.getBytes(StandardCharsets.US_ASCII)),
                        element(INT8, "MCOS".getBytes(StandardCharsets.US_ASCII)),
                        element(INT8, kind.getBytes(StandardCharsets.US_ASCII)),
                        matrix("", 13, new int[] {2, 1}, UINT32, ints(1, 2))));
    }

    /** A level 4 matrix; {@code kind} 0 is full, 1 text, 2 sparse. */
    static byte[] level4(String name, int kind, int rows, double... values) {
        ByteBuffer head = ByteBuffer.allocate(21 + name.length()).order(ByteOrder.LITTLE_ENDIAN);
        head.putInt(kind).putInt(rows).putInt(values.length / rows).putInt(0).putInt(name.length() + 1);
        head.put(name.getBytes(StandardCharsets.US_ASCII));
        return join(head.array(), doubles(values));
    }
}
