package org.oddlens.sample;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * One array in NumPy's {@code .npy} format, version 1.0, little-endian, C order.
 *
 * @param name key of the array inside the {@code .npz} file
 * @param npy the complete bytes of the {@code .npy} file
 */
record NpyArray(String name, byte[] npy) {

    static NpyArray ofFloats(String name, float[] values, int... shape) {
        ByteBuffer data = buffer(values.length, Float.BYTES, shape);
        for (float value : values) {
            data.putFloat(value);
        }
        return of(name, "<f4", data.array(), shape);
    }

    static NpyArray ofLongs(String name, long[] values) {
        ByteBuffer data = buffer(values.length, Long.BYTES, values.length);
        for (long value : values) {
            data.putLong(value);
        }
        return of(name, "<i8", data.array(), values.length);
    }

    static NpyArray ofUnsignedBytes(String name, byte[] values, int... shape) {
        ByteBuffer data = buffer(values.length, Byte.BYTES, shape);
        data.put(values);
        return of(name, "|u1", data.array(), shape);
    }

    /** Fixed-width text, {@code <Un}: UTF-32 padded with zeros to the longest entry. */
    static NpyArray ofTexts(String name, String... texts) {
        int width = 1;
        for (String text : texts) {
            width = Math.max(width, text.codePointCount(0, text.length()));
        }
        ByteBuffer data = buffer(texts.length, width * Integer.BYTES, texts.length);
        for (int i = 0; i < texts.length; i++) {
            data.position(i * width * Integer.BYTES);
            texts[i].codePoints().forEach(data::putInt);
        }
        return of(name, "<U" + width, data.array(), texts.length);
    }

    private static ByteBuffer buffer(int values, int width, int... shape) {
        int expected = 1;
        for (int extent : shape) {
            expected *= extent;
        }
        if (expected != values) {
            throw new IllegalArgumentException("The shape holds " + expected + " values, given " + values);
        }
        return ByteBuffer.allocate(values * width).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static NpyArray of(String name, String type, byte[] data, int... shape) {
        StringBuilder header = new StringBuilder("{'descr': '")
                .append(type)
                .append("', 'fortran_order': False, 'shape': (")
                .append(shape[0]);
        for (int i = 1; i < shape.length; i++) {
            header.append(", ").append(shape[i]);
        }
        header.append(shape.length == 1 ? ",), }" : "), }");
        int unpadded = 10 + header.length() + 1;
        header.append(" ".repeat((64 - unpadded % 64) % 64)).append('\n');

        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x93);
        out.writeBytes("NUMPY".getBytes(StandardCharsets.US_ASCII));
        out.write(1);
        out.write(0);
        out.write(header.length() & 0xFF);
        out.write(header.length() >>> 8);
        out.writeBytes(header.toString().getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(data);
        return new NpyArray(name, out.toByteArray());
    }
}
