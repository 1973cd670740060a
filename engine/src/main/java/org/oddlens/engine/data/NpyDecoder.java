package org.oddlens.engine.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;

/** Decodes the data after a {@link NpyHeader}, block by block, into row-major arrays. */
final class NpyDecoder {

    private static final int BLOCK = 1 << 16;
    private static final int MAX_SHARED = 10_000;

    private final NpyHeader header;
    private final NpyType type;
    private final InputStream in;
    private final int count;

    NpyDecoder(NpyHeader header, InputStream in) throws IOException {
        this.header = header;
        this.in = in;
        type = header.type();
        long elements = header.count();
        if (elements > Integer.MAX_VALUE - 8) {
            throw new NpyHeader.Malformed("it has " + Sentences.count(elements) + " elements, more than 2,147,483,639");
        }
        count = (int) elements;
    }

    /** What is done with an element: it reads all its bytes from the buffer. */
    interface ElementSink {
        void accept(ByteBuffer element);
    }

    /** Passes every number on in the file's order; must be followed by the end of the data. */
    void forEach(DoubleConsumer sink) throws IOException {
        forEachElement(block -> sink.accept(type.number(block)));
    }

    private void forEachLong(LongConsumer sink) throws IOException {
        forEachElement(block -> sink.accept(type.whole(block)));
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
        if (type.kind() == 'f') {
            return type.size() == 8 ? doubles() : floats();
        }
        Cursor cursor = new Cursor(header);
        if (type.size() < 4 || type.size() == 4 && type.kind() == 'i') {
            int[] out = new int[count];
            forEachLong(value -> out[cursor.next()] = (int) value);
            return out;
        }
        long[] out = new long[count];
        boolean[] tooLarge = new boolean[1];
        forEachLong(value -> {
            tooLarge[0] |= value < 0 && type.kind() == 'u';
            out[cursor.next()] = value;
        });
        if (tooLarge[0]) {
            throw new NpyHeader.Malformed("it holds a uint64 value above 9,223,372,036,854,775,807");
        }
        return out;
    }

    /** Texts of all elements, row-major; equal ones share one object as far as there are few. */
    String[] texts() throws IOException {
        String[] out = new String[count];
        Cursor cursor = new Cursor(header);
        Map<String, String> seen = new HashMap<>();
        forEachElement(element -> out[cursor.next()] = shared(type.text(element), seen));
        return out;
    }

    static String shared(String text, Map<String, String> seen) {
        String known = seen.size() < MAX_SHARED ? seen.putIfAbsent(text, text) : seen.get(text);
        return known == null ? text : known;
    }

    /** Passes every element on in the file's order, its buffer at its first byte. */
    void forEachElement(ElementSink sink) throws IOException {
        int size = Math.max(1, type.size());
        byte[] bytes = new byte[size > BLOCK ? size : BLOCK / size * size];
        long left = header.dataBytes();
        long total = left;
        while (left > 0) {
            int wanted = (int) Math.min(bytes.length, left);
            int got = in.readNBytes(bytes, 0, wanted);
            if (got < wanted) {
                throw new EOFException("it ends after " + Sentences.bytes(total - left + got) + " of "
                        + Sentences.bytes(total) + " of data");
            }
            ByteBuffer block = ByteBuffer.wrap(bytes, 0, got).order(type.order());
            while (block.hasRemaining()) {
                sink.accept(block);
            }
            left -= got;
        }
        if (in.read() >= 0) {
            throw new NpyHeader.Malformed("it holds more data than its header says");
        }
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
