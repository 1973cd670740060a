package org.oddlens.engine.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionTest {

    /** Rows spread along two planted orthogonal axes with standard deviations 5 and 2, plus noise 0.01. */
    private static float[] planted(int rows, int columns, double[] first, double[] second) {
        Random random = new Random(11);
        float[] values = new float[rows * columns];
        for (int i = 0; i < rows; i++) {
            double a = 5 * random.nextGaussian();
            double b = 2 * random.nextGaussian();
            for (int j = 0; j < columns; j++) {
                values[i * columns + j] = (float) (3 + a * first[j] + b * second[j] + 0.01 * random.nextGaussian());
            }
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 100, 900})
    void findsPlantedAxes(int columns) {
        double[] first = new double[columns];
        double[] second = new double[columns];
        first[0] = .8;
        first[columns - 1] = -.6;
        second[0] = -.6;
        second[columns - 1] = -.8;
        float[] values = planted(2000, columns, first, second);
        Pca pca = Pca.fit(values, 2000, columns, 2);
        assertThat(Math.abs(dot(pca.axes()[0], first))).isCloseTo(1, within(1e-3));
        assertThat(Math.abs(dot(pca.axes()[1], second))).isCloseTo(1, within(1e-3));
        assertThat(dot(pca.axes()[0], pca.axes()[1])).isCloseTo(0, within(1e-9));
        assertThat(pca.axes()[0][0]).as("largest entry is positive").isPositive();
        assertThat(pca.axes()[1][columns - 1]).as("largest entry is positive").isPositive();
        assertThat(pca.explainedShare()[0]).isCloseTo(25 / 29.0, within(0.03));
        float[] projected = pca.project(values, 2000);
        double variance = 0;
        for (int i = 0; i < 2000; i++) {
            variance += projected[2 * i] * projected[2 * i] / 2000;
        }
        assertThat(Math.sqrt(variance)).isCloseTo(5, within(0.3));
        assertThat(Pca.fit(values, 2000, columns, 2).project(values, 2000)).isEqualTo(projected);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 80})
    void standsEqualRows(int columns) {
        Pca pca = Pca.fit(new float[5 * columns], 5, columns, 2);
        assertThat(pca.components()).isEqualTo(Math.min(2, columns));
        assertThat(pca.project(new float[5 * columns], 5)).containsOnly(0f);
        assertThat(pca.explainedShare()).containsOnly(0.0);
        assertThat(Mds.fit(new float[5 * columns], 5, columns, new Random(1)).stress())
                .isZero();
    }

    @Test
    void layoutsAPlaneWithoutStress() {
        double[] first = {.8, 0, -.6, 0};
        double[] second = {0, 1, 0, 0};
        float[] values = planted(60, 4, first, second);
        Mds mds = Mds.fit(values, 60, 4, new Random(5));
        assertThat(mds.stress()).isLessThan(0.01);
        double original = distance(values, 4, 3, 40);
        assertThat(distance(mds.coordinates(), 2, 3, 40)).isCloseTo(original, within(0.05 * original + 0.1));
        assertThat(Mds.fit(values, 60, 4, new Random(5)).coordinates()).isEqualTo(mds.coordinates());
        assertThatThrownBy(() -> Mds.fit(new float[1501], 1501, 1, new Random(1)))
                .hasMessageContaining("1500");
    }

    private static double distance(float[] values, int columns, int a, int b) {
        double sum = 0;
        for (int j = 0; j < columns; j++) {
            double d = values[a * columns + j] - values[b * columns + j];
            sum += d * d;
        }
        return Math.sqrt(sum);
    }
}
