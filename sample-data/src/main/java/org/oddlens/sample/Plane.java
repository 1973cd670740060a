package org.oddlens.sample;

/**
 * A flat 2-D plane inside a space of more dimensions: x = p₀ a + p₁ b + ε with a, b orthonormal, drawn once, and
 * ε ~ N(0, noise² I).
 */
final class Plane {
    private final double[] first;
    private final double[] second;

    Plane(int dimensions, SampleRandom random) {
        first = new double[dimensions];
        second = new double[dimensions];
        for (int i = 0; i < dimensions; i++) {
            first[i] = random.gaussian();
            second[i] = random.gaussian();
        }
        scale(first, 1 / StrictMath.sqrt(dot(first, first)));
        double overlap = dot(first, second);
        for (int i = 0; i < dimensions; i++) {
            second[i] -= overlap * first[i];
        }
        scale(second, 1 / StrictMath.sqrt(dot(second, second)));
    }

    /** Writes the point's row into {@code rows}, starting at {@code offset}. */
    void write(double u, double v, double noise, SampleRandom random, float[] rows, int offset) {
        for (int i = 0; i < first.length; i++) {
            rows[offset + i] = (float) (u * first[i] + v * second[i] + noise * random.gaussian());
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void scale(double[] a, double factor) {
        for (int i = 0; i < a.length; i++) {
            a[i] *= factor;
        }
    }
}
