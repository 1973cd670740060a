package org.oddlens.engine.detector.contrastive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnMomentsTest {

    /** Columns 1, 2, 3, 6 and 10, 10, 10, 30: means 3 and 15, squared distances 14 and 300 over four rows. */
    @Test
    void findsMeanAndPopulationVarianceWhateverTheBlocks() {
        float[] rows = {1, 10, 2, 10, 3, 10, 6, 30};
        for (int first = 0; first <= 4; first++) {
            ColumnMoments moments = new ColumnMoments(2);
            moments.add(java.util.Arrays.copyOfRange(rows, 0, 2 * first));
            moments.add(java.util.Arrays.copyOfRange(rows, 2 * first, 8));

            assertThat(moments.mean()).containsExactly(3, 15);
            assertThat(moments.variance()).containsExactly(3.5f, 75);
        }
    }

    /** Squares of numbers around 10,000 have no digits left for a variance of 1 in single precision. */
    @Test
    void keepsASmallVarianceFarFromZero() {
        ColumnMoments moments = new ColumnMoments(1);
        moments.add(9_999, 10_001);
        moments.add(10_001, 9_999, 10_001, 9_999);

        assertThat(moments.variance()).containsExactly(1);
    }

    @Test
    void saysWhenANumberIsNotFinite() {
        ColumnMoments moments = new ColumnMoments(1);
        moments.add(1, Float.NaN);

        assertThat(moments.areFinite()).isFalse();
    }
}
