package org.oddlens.engine.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SignedRanksTest {

    /** Darwin's maize in SciPy's documentation of {@code scipy.stats.wilcoxon}: statistic 24, p = 0.041259765625. */
    @Test
    void isExactForFewPairs() {
        double[] differences = {6, 8, 14, 16, 23, 24, 28, 29, 41, -48, 49, 56, 60, -67, 75};

        assertThat(SignedRanks.p(differences)).isCloseTo(0.041259765625, within(1e-12));
    }

    /** All six signs equal: 2 of 64 outcomes; five: 2 of 32, so never below 0.05. */
    @Test
    void needsSixDataSetsToSaySomething() {
        assertThat(SignedRanks.p(new double[] {1, 2, 3, 4, 5, 6})).isEqualTo(2.0 / 64);
        assertThat(SignedRanks.p(new double[] {-1, -2, -3, -4, -5})).isEqualTo(2.0 / 32);
    }

    /** By hand: ranks 1.5, 1.5, 3; sums of positive ranks 0 to 6; smaller sum 1.5 is reached or undercut by 3 of 8. */
    @Test
    void countsTiesInHalves() {
        assertThat(SignedRanks.p(new double[] {-1, 1, 2})).isEqualTo(6.0 / 8);
    }

    @Test
    void leavesZeroDifferencesOut() {
        assertThat(SignedRanks.p(new double[] {0, 1, 2, 0, 3, 4, 5, 6})).isEqualTo(2.0 / 64);
        assertThat(SignedRanks.p(new double[] {0, 0})).isNaN();
    }

    /** The normal approximation meets the exact value where both can be had. */
    @Test
    void approximatesManyPairs() {
        double[] differences = new double[30];
        for (int i = 0; i < 30; i++) {
            differences[i] = (i + 1) * (i % 3 == 0 ? -1 : 1);
        }
        // Positive ranks sum to 320, negative to 145; mean 232.5, variance 2363.75: z = (145.5 − 232.5) / 48.618.
        assertThat(SignedRanks.p(differences)).isCloseTo(0.07354, within(1e-4));
    }

    /** R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm") gives 0.03 0.06 0.06 0.02. */
    @Test
    void correctsAsHolmDoes() {
        assertThat(SignedRanks.holm(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(SignedRanks.holm(new double[] {0.9, Double.NaN, 0.8})).containsExactly(1, Double.NaN, 1);
    }
}
