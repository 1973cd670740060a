package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of three columns, in single precision and (0.1 added to one number) in double. */
class RowValuesTest {

    private static final double TENTH = 0.1;

    private static RowValues table(boolean single) {
        return RowValues.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, single ? 9 : 9 + TENTH});
    }

    private static double ninth(boolean single) {
        return single ? 9 : 9 + TENTH;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void picksRowsInTheOrderAskedFor(boolean single) {
        RowValues picked = table(single).rows(new int[] {2, 0, 2}, 3);

        assertThat(picked.toDoubles()).containsExactly(7, 8, ninth(single), 1, 2, 3, 7, 8, ninth(single));
        assertThat(picked.single()).isEqualTo(single);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void picksColumnsInTheOrderAskedFor(boolean single) {
        assertThat(table(single).columns(new int[] {2, 0}, 3).toDoubles())
                .containsExactly(3, 1, 6, 4, ninth(single), 7);
    }

    @Test
    void takesHalfTheMemoryAgainOnceTheColumnThatNeededItIsGone() {
        RowValues table = table(false);

        assertThat(table.single()).isFalse();
        assertThat(table.columns(new int[] {0, 1}, 3).single()).isTrue();
        assertThat(table.columns(new int[] {0, 2}, 3).single()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void turnsTwoRowsOfThreeIntoThreeOfTwo(boolean single) {
        RowValues two = RowValues.of(new double[] {1, 2, 3, 4, 5, single ? 6 : 6 + TENTH});

        assertThat(two.transposed(2, 3).toDoubles()).containsExactly(1, 4, 2, 5, 3, single ? 6 : 6 + TENTH);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void appendsTheOthersBehind(boolean single) {
        RowValues other = RowValues.of(10f, 11f, 12f);

        assertThat(table(single).append(other).toDoubles())
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, ninth(single), 10, 11, 12);
        assertThat(other.append(table(single)).toDoubles())
                .containsExactly(10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, ninth(single));
        assertThat(other.append(table(single)).single()).isEqualTo(single);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void slicesFromAPlaceOn(boolean single) {
        assertThat(table(single).slice(6, 3)).containsExactly(7, 8, ninth(single));
        assertThat(table(single).get(8)).isEqualTo(ninth(single));
        assertThat(table(single).length()).isEqualTo(9);
    }

    @Test
    void holdsInSinglePrecisionWhatLosesNothingThere() {
        assertThat(RowValues.of(1.5, Double.NaN, Double.NEGATIVE_INFINITY, 16_777_216.0)
                        .single())
                .isTrue();
        assertThat(RowValues.of(16_777_217.0).single()).as("2^24 + 1").isFalse();
        assertThat(RowValues.of(1e300).single()).isFalse();
        assertThat(RowValues.of(1.5, Double.NaN).get(1)).isNaN();
    }

    @Test
    void isEqualByItsNumbers() {
        assertThat(RowValues.of(1f, 2f)).isEqualTo(RowValues.of(1.0, 2.0)).hasSameHashCodeAs(RowValues.of(1.0, 2.0));
        assertThat(RowValues.of(1f, 2f)).isNotEqualTo(RowValues.of(2f, 1f));
    }

    /** Values of which only the first count; the rest must not be heard. */
    @Test
    void findsTheMedianOfTheFirstValuesInAnyOrder() {
        Median median = new Median();

        assertThat(median.of(new double[] {9}, 1)).isEqualTo(9);
        assertThat(median.of(new double[] {9, 2}, 2)).isEqualTo(5.5);
        assertThat(median.of(new double[] {9, 2, 4}, 3)).isEqualTo(4);
        assertThat(median.of(new double[] {9, 2, 4, 3}, 4)).isEqualTo(3.5);
        assertThat(median.of(new double[] {9, 2, 4, -100, -100}, 3)).isEqualTo(4);
        assertThat(median.of(new double[] {9, 2, 4, 3, 100, 100, 100}, 4)).isEqualTo(3.5);
        assertThat(median.of(new double[] {5, 5, 5, 1}, 4)).isEqualTo(5);
    }

    /** The numbers 0 to n − 1, shuffled: their median is (n − 1) / 2. */
    @Test
    void findsTheMedianOfLongColumns() {
        for (int count : new int[] {999, 1000, 4096}) {
            double[] values = new double[count];
            Random random = new Random(count);
            for (int i = 0; i < count; i++) {
                int j = random.nextInt(i + 1);
                values[i] = values[j];
                values[j] = i;
            }
            assertThat(new Median().of(values, count)).isEqualTo((count - 1) / 2.0);
        }
    }
}
