package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalerTest {

    private static final float NAN = Float.NaN;

    private static Dataset data(float... values) {
        return Dataset.of("test", values, new int[] {2}, null);
    }

    @Test
    void fitsTheFourScalersByHand() {
        // column 0: 0, 1, 2, 3, 14; column 1 constant
        Dataset data = data(0, 5, 1, 5, 2, 5, 3, 5, 14, 5);
        int[] rows = {0, 1, 2, 3, 4};
        assertThat(Scaler.MIN_MAX.fit(data, rows).transform(data.values()))
                .containsExactly(0, 0, 1 / 14f, 0, 2 / 14f, 0, 3 / 14f, 0, 1, 0);
        FittedScaler z = Scaler.Z_SCORE.fit(data, rows);
        assertThat(z.offsets()).containsExactly(4, 5);
        assertThat(z.scales()[0]).isCloseTo(Math.sqrt((16 + 9 + 4 + 1 + 100) / 5.0), within(1e-12));
        assertThat(z.scales()[1]).as("constant").isEqualTo(1);
        FittedScaler robust = Scaler.ROBUST.fit(data, rows);
        assertThat(robust.offsets()[0]).isEqualTo(2);
        assertThat(robust.scales()[0]).as("3 - 1").isEqualTo(2);
        assertThat(Scaler.NONE.fit(data, rows).transform(data.values())).isEqualTo(data.values());
    }

    @Test
    void doesNotClipTestRows() {
        Dataset data = data(0, 0, 10, 1, 25, -3);
        FittedScaler fitted = Scaler.MIN_MAX.fit(data, new int[] {0, 1});
        assertThat(fitted.transform(data, new int[] {2})).containsExactly(2.5f, -3);
    }

    @ParameterizedTest
    @EnumSource(Scaler.class)
    void neverLooksAtRowsOutsideTraining(Scaler scaler) {
        Random random = new Random(3);
        float[] values = new float[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        values[7] = NAN;
        int[] train = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 40, 41, 42};
        FittedScaler clean = scaler.fit(data(values), train);
        float[] poisoned = values.clone();
        for (int row = 0; row < 100; row++) {
            int at = row;
            if (Arrays.stream(train).noneMatch(t -> t == at)) {
                poisoned[2 * row] = NAN;
                poisoned[2 * row + 1] = Float.POSITIVE_INFINITY;
            }
        }
        FittedScaler fitted = scaler.fit(data(poisoned), train);
        assertThat(fitted).usingRecursiveComparison().isEqualTo(clean);
        assertThat(fitted.transform(data(poisoned), train)).isEqualTo(clean.transform(data(values), train));
        for (float value : fitted.transform(poisoned)) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void fillsGapsWithTheMedianOfTheTrainingRows() {
        Dataset data = data(1, 1, 2, 1, 30, 1, NAN, 1, 99, 1);
        FittedScaler none = Scaler.NONE.fit(data, new int[] {0, 1, 2, 3});
        assertThat(none.transform(data, new int[] {3})).containsExactly(2, 1);
    }

    @ParameterizedTest
    @EnumSource(Scaler.class)
    void undoesItsTransform(Scaler scaler) {
        Dataset data = data(1, 50, 2, 60, 30, 70, 4, 85);
        FittedScaler fitted = scaler.fit(data, new int[] {0, 1, 2, 3});
        float[] back = fitted.inverse(fitted.transform(data.values()));
        for (int i = 0; i < back.length; i++) {
            assertThat(back[i]).isCloseTo(data.values()[i], within(1e-4f));
        }
    }

    @Test
    void summarisesColumnsByHand() {
        List<ColumnStatistics> all = ColumnStatistics.of(data(1, 7, 2, 7, 6, 7, NAN, 7));
        ColumnStatistics first = all.get(0);
        assertThat(first.missing()).isEqualTo(1);
        assertThat(first.mean()).isEqualTo(3);
        assertThat(first.median()).isEqualTo(2);
        assertThat(first.sd()).isCloseTo(Math.sqrt(14 / 3.0), within(1e-12));
        // ((-2)^3 + (-1)^3 + 3^3) / 3 = 6, divided by sd^3
        assertThat(first.skew()).isCloseTo(6 / Math.pow(14 / 3.0, 1.5), within(1e-12));
        assertThat(first.constant()).isFalse();
        assertThat(all.get(1).constant()).isTrue();
        assertThat(all.get(1).skew()).isZero();
    }
}
