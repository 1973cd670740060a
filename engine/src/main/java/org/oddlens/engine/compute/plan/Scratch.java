package org.oddlens.engine.compute.plan;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/**
 * Room for intermediate numbers, and a way to look at the bits of many floats at once: they are copied to native memory as
 * floats and back as integers. Two copies of a tile cost less than a tenth of a conversion one by one, which the compiler
 * of Java 17 does not turn into vector instructions.
 */
final class Scratch {

    private final int length;
    private float[] floats;
    private int[] bits;
    private FloatBuffer asFloats;
    private IntBuffer asInts;

    /** @param length largest count of numbers */
    Scratch(int length) {
        this.length = length;
    }

    /** An array to write into. */
    float[] floats() {
        prepare();
        return floats;
    }

    /** An array to write into. */
    int[] bits() {
        prepare();
        return bits;
    }

    /** Copies the bits of floats. */
    void toBits(float[] from, int[] to, int count) {
        prepare();
        asFloats.put(0, from, 0, count);
        asInts.get(0, to, 0, count);
    }

    /** The way back. */
    void toFloats(int[] from, float[] to, int count) {
        asInts.put(0, from, 0, count);
        asFloats.get(0, to, 0, count);
    }

    private void prepare() {
        if (floats == null) {
            floats = new float[length];
            bits = new int[length];
            ByteBuffer memory = ByteBuffer.allocateDirect(Float.BYTES * length).order(ByteOrder.nativeOrder());
            asFloats = memory.asFloatBuffer();
            asInts = memory.asIntBuffer();
        }
    }
}
