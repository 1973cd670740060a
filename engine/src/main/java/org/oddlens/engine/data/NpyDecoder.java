package org.oddlens.engine.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.DoubleConsumer;
import java.util.function.IntUnaryOperator;
import java.util.function.LongConsumer;

/** Decodes the data after a {@link NpyHeader}, block by block, into row-major arrays. */
final class NpyDecoder {

    private static final int BLOCK = 1 << 16;

    private final NpyHeader header;
    private final InputStream in;
    private final int count;

    NpyDecoder(NpyHeader header, InputStream in) throws IOException {
        this.header = header;
        this.in = in;
        long elements = header.count();
        if (elements > Integer.MAX_VALUE - 8) {
            throw new NpyHeader.Malformed("it has " + Sentences.count(elements) + " elements, more than 2,147,483,639");
        }
        count = (int) elements;
    }

    /** Passes every element on in the file's order; must be followed by the end of the data. */
    void forEach(DoubleConsumer sink) throws IOException {
        if (header.kind() == 'f') {
            blocks(block -> {
                switch (header.itemSize()) {
                    case 2 -> {
                        while (block.hasRemaining()) {
                            sink.accept(half(block.getShort()));
                        }
                    }
                    case 4 -> {
                        while (block.hasRemaining()) {
                            sink.accept(block.getFloat());
                        }
                    }
                    default -> {
                        while (block.hasRemaining()) {
                            sink.accept(block.getDouble());
                        }
                    }
                }
            });
        } else if (header.kind() == 'u' && header.itemSize() == 8) {
            forEachLong(value -> sink.accept(value >= 0 ? value : (value >>> 1) * 2.0 + (value & 1)));
        } else {
            forEachLong(value -> sink.accept((double) value));
        }
    }

    private void forEachLong(LongConsumer sink) throws IOException {
        boolean unsigned = header.kind() == 'u' || header.kind() == 'b';
        blocks(block -> {
            switch (header.itemSize()) {
                case 1 -> {
                    while (block.hasRemaining()) {
                        byte value = block.get();
                        sink.accept(header.kind() == 'b' ? (value == 0 ? 0 : 1) : unsigned ? value & 0xff : value);
                    }
                }
                case 2 -> {
                    while (block.hasRemaining()) {
                        short value = block.getShort();
                        sink.accept(unsigned ? value & 0xffff : value);
                    }
                }
                case 4 -> {
                    while (block.hasRemaining()) {
                        int value = block.getInt();
                        sink.accept(unsigned ? value & 0xffffffffL : value);
                    }
                }
                default -> {
                    while (block.hasRemaining()) {
                        sink.accept(block.getLong());
                    }
                }
            }
        });
    }

    float[] floats() throws IOException {
        float[] out = new float[count];
        Cursor cursor = new Cursor(header);
        forEach(value -> out[cursor.next()] = (float) value);
        return out;
    }

    double[] doubles() throws IOException {
        double[] out = new double[count];
        Cursor cursor = new Cursor(header);
        forEach(value -> out[cursor.next()] = value);
        return out;
    }

    /** The narrowest of float[], double[], int[], long[] that holds the type exactly. */
    Object exact() throws IOException {
        if (header.kind() == 'f') {
            return header.itemSize() == 8 ? doubles() : floats();
        }
        Cursor cursor = new Cursor(header);
        if (header.itemSize() < 4 || header.itemSize() == 4 && header.kind() == 'i') {
            int[] out = new int[count];
            forEachLong(value -> out[cursor.next()] = (int) value);
            return out;
        }
        long[] out = new long[count];
        boolean[] tooLarge = new boolean[1];
        forEachLong(value -> {
            tooLarge[0] |= value < 0 && header.kind() == 'u';
            out[cursor.next()] = value;
        });
        if (tooLarge[0]) {
            throw new NpyHeader.Malformed("it holds a uint64 value above 9,223,372,036,854,775,807");
        }
        return out;
    }

    /** Fixed-width text, trailing zeros removed. */
    String[] texts() throws IOException {
        String[] out = new String[count];
        IntUnaryOperator width = i -> header.kind() == 'U' ? i / 4 : i;
        for (int i = 0; i < count; i++) {
            byte[] bytes = in.readNBytes(header.itemSize());
            if (bytes.length < header.itemSize()) {
                throw new EOFException(
                        "it ends after " + Sentences.count(i) + " of " + Sentences.count(count, "value"));
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(header.order());
            StringBuilder text = new StringBuilder();
            if (header.kind() == 'S') {
                text.append(new String(bytes, StandardCharsets.ISO_8859_1));
            } else {
                for (int c = 0; c < width.applyAsInt(bytes.length); c++) {
                    int point = buffer.getInt();
                    text.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xfffd);
                }
            }
            int end = text.length();
            while (end > 0 && text.charAt(end - 1) == 0) {
                end--;
            }
            out[i] = text.substring(0, end);
        }
        end();
        return out;
    }

    private interface BlockSink {
        void accept(ByteBuffer block);
    }

    private void blocks(BlockSink sink) throws IOException {
        byte[] bytes = new byte[BLOCK];
        long left = header.dataBytes();
        long total = left;
        while (left > 0) {
            int wanted = (int) Math.min(BLOCK, left);
            int got = in.readNBytes(bytes, 0, wanted);
            if (got < wanted) {
                throw new EOFException("it ends after " + Sentences.bytes(total - left + got) + " of "
                        + Sentences.bytes(total) + " of data");
            }
            sink.accept(ByteBuffer.wrap(bytes, 0, got).order(header.order()));
            left -= got;
        }
        end();
    }

    private void end() throws IOException {
        if (in.read() >= 0) {
            throw new NpyHeader.Malformed("it holds more data than its header says");
        }
    }

    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude = exponent == 31
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.scalb(1.0, exponent - 25);
        return bits < 0 ? -magnitude : magnitude;
    }

    /** Where the next element in the file's order goes. */
    private static final class Cursor {

        private final ColumnMajor columnMajor;
        private int at;

        Cursor(NpyHeader header) {
            columnMajor = header.fortran() && header.shape().length > 1 ? new ColumnMajor(header.shape()) : null;
        }

        int next() {
            return columnMajor == null ? at++ : columnMajor.next();
        }
    }
}
