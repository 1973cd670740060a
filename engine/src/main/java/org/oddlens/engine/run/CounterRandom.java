package org.oddlens.engine.run;

import java.util.random.RandomGenerator;

/**
 * A counter-based generator: draw number {@code i} is a fixed mix of key and {@code i}, so it has no state worth
 * saving and does not depend on the Java version.
 *
 * <p>The mix is the finaliser of SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195), applied twice with
 * the key in between. Normal draws use the Box-Muller transform on {@link StrictMath}, which gives the same bits on
 * every machine; Java's own default algorithms for bounded and normal draws may change between releases.
 */
public final class CounterRandom implements RandomGenerator {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long key;
    private long counter;
    private double spareGaussian;
    private boolean hasSpareGaussian;

    CounterRandom(long key) {
        this.key = key;
    }

    static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    @Override
    public long nextLong() {
        counter++;
        return mix(mix(counter * GOLDEN_GAMMA) + key);
    }

    /** Uniform in [0, 1) with 53 bits. */
    @Override
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [0, 1) with 24 bits. */
    @Override
    public float nextFloat() {
        return (nextLong() >>> 40) * 0x1.0p-24f;
    }

    /** Uniform in [0, bound) without bias (rejection of the incomplete last interval). */
    @Override
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be at least 1, not " + bound);
        }
        long limit = (1L << 31) - ((1L << 31) % bound);
        long draw;
        do {
            draw = nextLong() >>> 33;
        } while (draw >= limit);
        return (int) (draw % bound);
    }

    @Override
    public int nextInt() {
        return (int) (nextLong() >>> 32);
    }

    @Override
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    /** Standard normal. */
    @Override
    public double nextGaussian() {
        if (hasSpareGaussian) {
            hasSpareGaussian = false;
            return spareGaussian;
        }
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
        double angle = 2 * Math.PI * nextDouble();
        spareGaussian = radius * StrictMath.sin(angle);
        hasSpareGaussian = true;
        return radius * StrictMath.cos(angle);
    }

    /** Shuffles in place (Fisher-Yates). */
    public void shuffle(int[] values) {
        for (int i = values.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swapped = values[i];
            values[i] = values[j];
            values[j] = swapped;
        }
    }
}
