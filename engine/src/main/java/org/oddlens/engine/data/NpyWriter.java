package org.oddlens.engine.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Writes {@code .npy} files: version 1.0, little-endian, row-major; the header is padded to 64 bytes as NumPy does. */
public final class NpyWriter {

    private static final int BLOCK = 8192;

    private NpyWriter() {}

    public static void write(Path file, float[] values, int... shape) throws IOException {
        writeFile(file, values, shape);
    }

    public static void write(Path file, double[] values, int... shape) throws IOException {
        writeFile(file, values, shape);
    }

    public static void write(Path file, int[] values, int... shape) throws IOException {
        writeFile(file, values, shape);
    }

    public static void write(Path file, long[] values, int... shape) throws IOException {
        writeFile(file, values, shape);
    }

    private static void writeFile(Path file, Object values, int... shape) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            write(out, values, shape);
        }
    }

    /**
     * Writes one array to a stream and leaves it open.
     *
     * @param values float[], double[], int[] or long[], as many as the shape's product (one for an empty shape)
     */
    public static void write(OutputStream out, Object values, int... shape) throws IOException {
        int count = Array.getLength(values);
        if (Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact) != count) {
            throw new IllegalArgumentException(
                    "Expected values for shape " + Arrays.toString(shape) + ", found " + count);
        }
        out.write(header(values, shape));
        for (int from = 0; from < count; from += BLOCK) {
            int length = Math.min(BLOCK, count - from);
            out.write(encode(values, from, length));
        }
    }

    private static byte[] header(Object values, int[] shape) {
        String lengths = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String text = "{'descr': '" + descr(values) + "', 'fortran_order': False, 'shape': (" + lengths
                + (shape.length == 1 ? ",), }" : "), }");
        int padded = (10 + text.length() + 1 + 63) / 64 * 64;
        ByteBuffer header = ByteBuffer.allocate(padded).order(ByteOrder.LITTLE_ENDIAN);
        header.put(NpyHeader.MAGIC).put((byte) 1).put((byte) 0).putShort((short) (padded - 10));
        header.put(text.getBytes(StandardCharsets.US_ASCII));
        while (header.position() < padded - 1) {
            header.put((byte) ' ');
        }
        return header.put((byte) '\n').array();
    }

    private static String descr(Object values) {
        if (values instanceof float[]) {
            return "<f4";
        } else if (values instanceof double[]) {
            return "<f8";
        } else if (values instanceof int[]) {
            return "<i4";
        } else if (values instanceof long[]) {
            return "<i8";
        }
        throw new IllegalArgumentException("Cannot write " + values.getClass().getSimpleName());
    }

    private static byte[] encode(Object values, int from, int length) {
        ByteBuffer block;
        if (values instanceof float[] floats) {
            block = block(length, Float.BYTES);
            block.asFloatBuffer().put(floats, from, length);
        } else if (values instanceof double[] doubles) {
            block = block(length, Double.BYTES);
            block.asDoubleBuffer().put(doubles, from, length);
        } else if (values instanceof int[] ints) {
            block = block(length, Integer.BYTES);
            block.asIntBuffer().put(ints, from, length);
        } else {
            block = block(length, Long.BYTES);
            block.asLongBuffer().put((long[]) values, from, length);
        }
        return block.array();
    }

    private static ByteBuffer block(int length, int size) {
        return ByteBuffer.allocate(length * size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
