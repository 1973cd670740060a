package org.oddlens.engine.bench;

/**
 * Numbers that every program can make: {@code u(k)} is the upper 24 bits of SplitMix64 of k, as a fraction (Steele, Lea,
 * Flood 2014, doi:10.1145/2660193.2660195).
 */
final class SharedNumbers {

    private SharedNumbers() {}

    /** In [0, 1). */
    static float u(long k) {
        long z = k + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return (z >>> 40) * 0x1p-24f;
    }
}
