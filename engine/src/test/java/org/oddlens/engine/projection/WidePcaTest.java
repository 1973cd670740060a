package org.oddlens.engine.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Principal axes of tables with far more columns than most. */
class WidePcaTest {

    /**
     * Four rows of rank two: ±3 along e₁ and ±1 along e₂ of {@code columns}, round a mean of 5. By hand: the variances by
     * four rows are 2·9/4 and 2·1/4, so the shares are 0.9 and 0.1.
     */
    private static float[] cross(int columns) {
        float[] rows = new float[4 * columns];
        java.util.Arrays.fill(rows, 5);
        rows[0] += 3;
        rows[columns] -= 3;
        rows[2 * columns + 1] += 1;
        rows[3 * columns + 1] -= 1;
        return rows;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 65, 5_000})
    void findsTheAxesOfACrossExactly(int columns) {
        Pca pca = Pca.fit(cross(columns), 4, columns, 2);

        assertThat(pca.explainedShare()[0]).isCloseTo(0.9, within(1e-12));
        assertThat(pca.explainedShare()[1]).isCloseTo(0.1, within(1e-12));
        assertThat(pca.axes()[0][0]).isCloseTo(1, within(1e-9));
        assertThat(pca.axes()[1][1]).isCloseTo(1, within(1e-9));
        assertThat(pca.mean()).containsOnly(5);
        float[] places = pca.project(cross(columns), 4);
        assertThat(places).containsExactly(new float[] {3, 0, -3, 0, 0, 1, 0, -1}, within(1e-6f));
    }

    /** Repeating each row changes no axis and no share, but takes the way through the columns, or through the rows. */
    @ParameterizedTest
    @CsvSource({"100, 30, 7", "1000, 30, 40", "900, 500, 2"})
    void findsTheSameAxesByAnyWay(int columns, int rows, int copies) {
        Random random = new Random(3);
        float[] few = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            double a = 9 * random.nextGaussian();
            double b = 4 * random.nextGaussian();
            for (int j = 0; j < columns; j++) {
                few[i * columns + j] = (float) (a * Math.sin(j) + b * Math.cos(2 * j) + random.nextGaussian());
            }
        }
        float[] many = new float[copies * few.length];
        for (int k = 0; k < copies; k++) {
            System.arraycopy(few, 0, many, k * few.length, few.length);
        }
        Pca through = Pca.fit(few, rows, columns, 2);
        Pca straight = Pca.fit(many, copies * rows, columns, 2);

        for (int c = 0; c < 2; c++) {
            assertThat(straight.axes()[c]).containsExactly(through.axes()[c], within(1e-4));
            assertThat(straight.explainedShare()[c]).isCloseTo(through.explainedShare()[c], within(1e-7));
        }
    }

    @Test
    void findsAsManyAxesAsAskedThoughOneRowHasNoDirection() {
        Pca pca = Pca.fit(new float[200], 1, 200, 2);

        assertThat(pca.explainedShare()).containsOnly(0);
        double norm = 0;
        for (double entry : pca.axes()[1]) {
            norm += entry * entry;
        }
        assertThat(norm).isCloseTo(1, within(1e-12));
    }

    /** CPU seconds of this thread; a machine of 2020 needs a tenth of each. */
    @ParameterizedTest
    @CsvSource({"64, 5625, 1", "20, 100000, 2", "300, 5625, 3"})
    void isQuickOnWideRows(int rows, int columns, double seconds) {
        Random random = new Random(1);
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        float[] once = Pca.fit(values, rows, columns, 2).project(values, rows);
        double taken = (threads.getCurrentThreadCpuTime() - before) / 1e9;

        assertThat(taken).as("seconds").isLessThan(seconds);
        assertThat(Pca.fit(values, rows, columns, 2).project(values, rows)).isEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource({"20, 1000", "900, 900"})
    void endsWhenItsThreadIsInterrupted(int rows, int columns) {
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Pca.fit(new float[rows * columns], rows, columns, 2))
                    .isInstanceOf(CancellationException.class);
        } finally {
            Thread.interrupted();
        }
    }
}
