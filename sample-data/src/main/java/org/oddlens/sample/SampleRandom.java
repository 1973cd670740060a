package org.oddlens.sample;

/**
 * The random numbers of the sample generators: SplitMix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195).
 *
 * <p>Written out here, and on {@link StrictMath}, so that a data set comes out bit for bit the same on every Java
 * version and machine.
 */
final class SampleRandom {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private long state;

    SampleRandom(long seed) {
        this.state = seed;
    }

    private long nextLong() {
        state += GAMMA;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0, 1). */
    double uniform() {
        return (nextLong() >>> 11) * UNIT;
    }

    /** Uniform in [low, high). */
    double uniform(double low, double high) {
        return low + (high - low) * uniform();
    }

    /** Uniform among 0 … bound − 1; the bias of at most bound / 2⁵³ is accepted. */
    int below(int bound) {
        return (int) (uniform() * bound);
    }

    /** Standard normal by Box and Muller's formula, √(−2 ln u) cos(2πv); the sine half is not used. */
    double gaussian() {
        double u = 1 - uniform();
        double v = uniform();
        return StrictMath.sqrt(-2 * StrictMath.log(u)) * StrictMath.cos(2 * StrictMath.PI * v);
    }

    /** A random order of 0 … n − 1 (Fisher and Yates). */
    int[] permutation(int n) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
