package org.oddlens.engine.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.DoubleConsumer;

/**
 * One tagged element of a MATLAB level 5 file: a storage type and its bytes, never more than there are.
 *
 * @param type storage type number
 * @param data its bytes, in the file's byte order
 */
record Mat5Tag(int type, ByteBuffer data) {

    static final int INT32 = 5;
    static final int UINT32 = 6;
    static final int DOUBLE = 9;
    static final int MATRIX = 14;
    static final int COMPRESSED = 15;
    static final int UTF8 = 16;
    static final int UTF32 = 18;

    private static final int SINGLE = 7;

    /** Thrown where the bytes contradict themselves; the message is the end of a sentence. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        Malformed(String what) {
            super(what);
        }
    }

    /** Reads the next element and moves the buffer past it and its padding. */
    static Mat5Tag next(ByteBuffer buffer) throws Malformed {
        if (buffer.remaining() < 8) {
            throw new Malformed("ends early");
        }
        ByteOrder order = buffer.order();
        int first = buffer.getInt();
        int type = first;
        int bytes;
        long padded;
        if (first >>> 16 != 0) {
            type = first & 0xffff;
            bytes = first >>> 16;
            padded = 4;
            if (bytes > 4) {
                throw new Malformed("has a short element that is too long");
            }
        } else {
            bytes = buffer.getInt();
            padded = (bytes + 7L) / 8 * 8;
        }
        if (bytes < 0 || bytes > buffer.remaining()) {
            throw new Malformed("ends early");
        }
        ByteBuffer data = buffer.slice(buffer.position(), bytes).order(order);
        buffer.position(buffer.position() + (int) Math.min(padded, buffer.remaining()));
        return new Mat5Tag(type, data);
    }

    /** The same bytes as another type, for writers whose tag is known to lie. */
    Mat5Tag as(int other) {
        return new Mat5Tag(other, data);
    }

    boolean isInteger() {
        return type >= 1 && type <= UINT32 || type == 12 || type == 13;
    }

    /** Number of values; 0 for no bytes, whatever the type. */
    int count() throws Malformed {
        return data.remaining() == 0 ? 0 : data.remaining() / size();
    }

    /** Bytes of one value. */
    int size() throws Malformed {
        return switch (type) {
            case 1, 2, UTF8 -> 1;
            case 3, 4, 17 -> 2;
            case INT32, UINT32, SINGLE, UTF32 -> 4;
            case DOUBLE, 12, 13 -> 8;
            default -> throw new Malformed("is stored as the unknown type " + type);
        };
    }

    /** True if the type says so itself; integers of the other sign are told apart by the variable's class. */
    boolean isUnsigned() {
        return type == 2 || type == 4 || type == UINT32 || type == 13 || type >= UTF8;
    }

    /** Passes all values on; {@code unsigned} says how integers are to be read. */
    void forEach(boolean unsigned, DoubleConsumer sink) throws Malformed {
        ByteBuffer from = data.duplicate().order(data.order());
        int count = count();
        int size = count == 0 ? 1 : size();
        for (int i = 0; i < count; i++) {
            sink.accept(
                    switch (size) {
                        case 1 -> unsigned ? from.get() & 0xff : from.get();
                        case 2 -> unsigned ? from.getShort() & 0xffff : from.getShort();
                        case 4 -> type == SINGLE
                                ? from.getFloat()
                                : unsigned ? from.getInt() & 0xffffffffL : from.getInt();
                        default -> type == DOUBLE ? from.getDouble() : whole(from.getLong(), unsigned);
                    });
        }
    }

    private static double whole(long bits, boolean unsigned) {
        return bits >= 0 || !unsigned ? bits : (bits >>> 1) * 2.0 + (bits & 1);
    }

    /** Row and column indices: whole numbers from 0 up to {@code max}. */
    int[] indices(long max, String what) throws Malformed {
        if (data.remaining() > 0 && !isInteger()) {
            throw new Malformed("has no consistent index");
        }
        int[] out = new int[count()];
        int[] at = new int[1];
        boolean[] wrong = new boolean[1];
        forEach(isUnsigned(), value -> {
            wrong[0] |= value < 0 || value > max;
            out[at[0]++] = (int) value;
        });
        if (wrong[0]) {
            throw new Malformed(what);
        }
        return out;
    }
}
