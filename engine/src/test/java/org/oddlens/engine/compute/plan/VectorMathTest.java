package org.oddlens.engine.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The reference is {@link Math} in double precision; 3e-7 is two and a half units of a float's last place. */
class VectorMathTest {

    private static final double TOLERANCE = 3e-7;

    /** A quotient of two polynomials rounds once more than the others. */
    private static final double TANH_TOLERANCE = 4e-7;

    private interface OfArray {
        void of(float[] out, float[] in, Scratch scratch, int count);
    }

    private interface OfDouble {
        double of(double x);
    }

    private static float one(OfArray ours, float x) {
        float[] out = new float[5];
        ours.of(out, new float[] {x, x, x, x, x}, new Scratch(5), 5);
        return out[4];
    }

    private static void compare(float from, float to, float step, OfArray ours, OfDouble reference) {
        compare(from, to, step, TOLERANCE, ours, reference);
    }

    private static void compare(float from, float to, float step, double tolerance, OfArray ours, OfDouble reference) {
        for (float x = from; x <= to; x += step) {
            double expected = reference.of(x);
            assertThat(Math.abs(one(ours, x) - expected))
                    .as("at %s", x)
                    .isLessThanOrEqualTo(tolerance * Math.abs(expected) + 1e-37);
        }
    }

    @Test
    void expEqualsTheLibraryOverItsRange() {
        compare(-86, 88, 0.00371f, VectorMath::exp, Math::exp);
        assertThat(one(VectorMath::exp, -200)).isZero();
        assertThat(one(VectorMath::exp, 0)).isEqualTo(1);
        assertThat(one(VectorMath::exp, Float.NaN)).isNaN();
    }

    @Test
    void tanhEqualsTheLibraryNearZeroAndFarOut() {
        compare(-12, 12, 0.00117f, TANH_TOLERANCE, VectorMath::tanh, Math::tanh);
        compare(-1e-3f, 1e-3f, 1.7e-6f, TANH_TOLERANCE, VectorMath::tanh, Math::tanh);
        assertThat(one(VectorMath::tanh, Float.NaN)).isNaN();
        assertThat(one(VectorMath::tanh, Float.POSITIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void sigmoidEqualsTheLibrary() {
        compare(-80, 80, 0.00371f, VectorMath::sigmoid, x -> 1 / (1 + Math.exp(-x)));
    }

    @Test
    void logEqualsTheLibraryFromTheSmallestNormalNumberOn() {
        for (float x = 1.2e-38f; x < 3e38f; x *= 1.0173f) {
            double expected = Math.log(x);
            assertThat(Math.abs(one(VectorMath::log, x) - expected))
                    .as("at %s", x)
                    .isLessThanOrEqualTo(TOLERANCE * Math.abs(expected) + 1e-7);
        }
        assertThat(one(VectorMath::log, 0)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(one(VectorMath::log, -1)).isNaN();
    }
}
