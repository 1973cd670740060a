package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The reference is {@link Math} in double precision; 3e-7 is two and a half units of a float's last place. */
class FastMathTest {

    private static final double TOLERANCE = 3e-7;

    private interface OfFloat {
        float of(float x);
    }

    private interface OfDouble {
        double of(double x);
    }

    private static void compare(float from, float to, float step, OfFloat ours, OfDouble reference) {
        for (float x = from; x <= to; x += step) {
            double expected = reference.of(x);
            assertThat(Math.abs(ours.of(x) - expected))
                    .as("at %s", x)
                    .isLessThanOrEqualTo(TOLERANCE * Math.abs(expected) + 1e-37);
        }
    }

    @Test
    void expEqualsTheLibraryOverItsRange() {
        compare(-86, 88, 0.00371f, FastMath::exp, Math::exp);
        assertThat(FastMath.exp(-200)).isZero();
        assertThat(FastMath.exp(0)).isEqualTo(1);
        assertThat(FastMath.exp(Float.NaN)).isNaN();
    }

    @Test
    void tanhEqualsTheLibraryNearZeroAndFarOut() {
        compare(-12, 12, 0.00117f, FastMath::tanh, Math::tanh);
        compare(-1e-3f, 1e-3f, 1.7e-6f, FastMath::tanh, Math::tanh);
        assertThat(FastMath.tanh(Float.NaN)).isNaN();
        assertThat(FastMath.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void sigmoidEqualsTheLibrary() {
        compare(-80, 80, 0.00371f, FastMath::sigmoid, x -> 1 / (1 + Math.exp(-x)));
    }

    @Test
    void logEqualsTheLibraryFromTheSmallestNormalNumberOn() {
        for (float x = 1.2e-38f; x < 3e38f; x *= 1.0173f) {
            double expected = Math.log(x);
            assertThat(Math.abs(FastMath.log(x) - expected))
                    .as("at %s", x)
                    .isLessThanOrEqualTo(TOLERANCE * Math.abs(expected) + 1e-7);
        }
        assertThat(FastMath.log(0)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(FastMath.log(-1)).isNaN();
    }
}
