package org.oddlens.engine.compute.plan;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** A stretch of native memory with the numbers of one matrix. Where it lies is decided after fusion. */
final class Storage {

    private final int length;
    private final float[] constant;
    private FloatPointer pointer;
    private FloatPointer moving;
    private FloatBuffer buffer;
    private int offset;

    private Storage(int length, float[] constant) {
        this.length = length;
        this.constant = constant;
    }

    /** Memory that an instruction or a feed writes. */
    static Storage of(int length) {
        return new Storage(length, null);
    }

    /** Numbers that never change. */
    static Storage constant(float[] values) {
        return new Storage(values.length, values);
    }

    int length() {
        return length;
    }

    boolean isConstant() {
        return constant != null;
    }

    /** The numbers of a constant. */
    float[] constantValues() {
        return constant;
    }

    /** Settles the place: {@code offset} floats into an area. */
    void settle(FloatPointer area, FloatBuffer whole, int offset) {
        this.offset = offset;
        this.pointer = new FloatPointer(area).position(offset);
        this.moving = null;
        this.buffer = whole;
        if (constant != null) {
            whole.put(offset, constant);
        }
    }

    /** For BLAS. */
    FloatPointer pointer() {
        return pointer;
    }

    /** For BLAS, from a position on; one pointer is reused, so it is valid until the next call. */
    FloatPointer pointer(int from) {
        if (moving == null) {
            moving = new FloatPointer(pointer);
        }
        return moving.position((long) offset + from);
    }

    /** Copies {@code count} numbers from the position {@code from} into an array. */
    void read(int from, float[] to, int at, int count) {
        buffer.get(offset + from, to, at, count);
    }

    /** Copies {@code count} numbers of an array to the position {@code to}. */
    void write(int to, float[] from, int at, int count) {
        buffer.put(offset + to, from, at, count);
    }

    float first() {
        return buffer.get(offset);
    }
}
