package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
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
        assertThat(Scaler.MIN_MAX.fit(data, rows).transform(data))
                .containsExactly(0, 0, 1 / 14f, 0, 2 / 14f, 0, 3 / 14f, 0, 1, 0);
        FittedScaler z = Scaler.Z_SCORE.fit(data, rows);
        assertThat(z.offsets()).containsExactly(4, 5);
        assertThat(z.scales()[0]).isCloseTo(Math.sqrt((16 + 9 + 4 + 1 + 100) / 5.0), within(1e-12));
        assertThat(z.scales()[1]).as("constant, by its size").isEqualTo(5);
        FittedScaler robust = Scaler.ROBUST.fit(data, rows);
        assertThat(robust.offsets()[0]).isEqualTo(2);
        assertThat(robust.scales()[0]).as("3 - 1").isEqualTo(2);
        assertThat(Scaler.NONE
                        .fit(data, rows)
                        .inverse(Scaler.NONE.fit(data, rows).transform(data)))
                .isEqualTo(data.values().toDoubles());
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
        for (float value : fitted.transform(data(poisoned))) {
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
        double[] back = fitted.inverse(fitted.transform(data));
        for (int i = 0; i < back.length; i++) {
            assertThat(back[i]).isCloseTo(data.values().get(i), within(1e-4));
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

    @Test
    void scalesTimestampsAsIfTheirOffsetWereTakenOff() {
        double[] large = new double[80];
        double[] small = new double[80];
        Random random = new Random(5);
        for (int i = 0; i < large.length; i++) {
            small[i] = Math.rint(80 * random.nextDouble() - 40);
            large[i] = 1.7e9 + small[i];
        }
        int[] rows = IntStream.range(0, 40).toArray();
        for (Scaler scaler : List.of(Scaler.MIN_MAX, Scaler.Z_SCORE, Scaler.ROBUST)) {
            Dataset offset = wide(large);
            Dataset plain = wide(small);
            assertThat(scaler.fit(offset, rows).transform(offset))
                    .as(scaler.id())
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(scaler.fit(plain, rows).transform(plain));
        }
    }

    @Test
    void scalesValuesBeyondSinglePrecisionAndNamesThoseThatStayTooLarge() {
        Dataset huge = wide(0, 1, 1e200, 2, 5e199, 3);
        int[] rows = {0, 1, 2};
        assertThat(Scaler.MIN_MAX.fit(huge, rows).transform(huge)).containsExactly(0, 0, 1, 0.5f, 0.5f, 1);
        assertThat(Scaler.Z_SCORE.fit(huge, rows).scales()[0] / 1e200)
                .as("deviation of 0, 1 and 0.5")
                .isCloseTo(Math.sqrt(0.5 / 3), within(1e-12));
        assertThatThrownBy(() -> Scaler.NONE.fit(huge, rows).transform(huge))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("Column 'x1' has the value 1.0E200 in row 1")
                .hasMessageContaining("min-max");
        Dataset widest = wide(-1.7e308, 1, 1.7e308, 2);
        assertThatThrownBy(() -> Scaler.MIN_MAX.fit(widest, new int[] {0, 1}))
                .isInstanceOf(DataFormatException.class)
                .isInstanceOfSatisfying(DataFormatException.class, failure -> assertThat(failure.file())
                        .isEmpty())
                .hasMessageContaining("column 'x1'");
    }

    @ParameterizedTest
    @EnumSource(value = Scaler.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void holdsFeaturesThatAreConstantInTrainingWithinOne(Scaler scaler) {
        // pixel always 0 in training, 253 in the tested row; the other column varies
        Dataset data = data(0, 1, 0, 2, 0, 3, 253, 2, -0.25f, 2);
        FittedScaler fitted = scaler.fit(data, new int[] {0, 1, 2});
        float[] tested = fitted.transform(data, new int[] {0, 3, 4});
        assertThat(new float[] {tested[0], tested[2], tested[4]}).containsExactly(0, 1, -0.25f);
        assertThat(fitted.aboutConstantFeatures(data.featureNames()))
                .get()
                .asString()
                .contains("1 feature: x1");
        FittedScaler raw = scaler.fit(data, new int[] {0, 1, 2}, ConstantFeatures.RAW);
        assertThat(raw.transform(data, new int[] {3})[0]).as("asked for").isEqualTo(253);
    }

    @Test
    void measuresADifferenceFromAConstantByItsSize() {
        Dataset data = data(1000, 1, 1000, 2, 1001, 2);
        FittedScaler fitted = Scaler.MIN_MAX.fit(data, new int[] {0, 1});
        assertThat(fitted.transform(data, new int[] {2})[0]).isEqualTo(0.001f);
    }

    @Test
    void leavesConstantFeaturesAsTheyAreWithoutAScaler() {
        Dataset data = data(7, 1, 7, 2, 253, 2);
        FittedScaler none = Scaler.NONE.fit(data, new int[] {0, 1});
        assertThat(none.transform(data, new int[] {0, 2})).containsExactly(7, 1, 253, 2);
        assertThat(none.aboutConstantFeatures(data.featureNames())).isEmpty();
    }

    @Test
    void dividesByTheDeviationWhereMostValuesAreEqual() {
        // 0, 0, 0, 0, 10: no interquartile range; mean 2, variance (4 · 4 + 64) / 5
        Dataset data = data(0, 1, 0, 2, 0, 3, 0, 4, 10, 5);
        FittedScaler robust = Scaler.ROBUST.fit(data, new int[] {0, 1, 2, 3, 4});
        assertThat(robust.scales()[0]).isCloseTo(4, within(1e-12));
    }

    @Test
    void isFoundByTheNameThatStandsInFiles() {
        for (Scaler scaler : Scaler.values()) {
            assertThat(Scaler.parse(scaler.id())).isSameAs(scaler);
        }
        assertThat(Arrays.stream(Scaler.values()).map(Scaler::id))
                .as("docs/formats/run.md")
                .containsExactly("none", "min-max", "z-score", "robust");
        assertThatThrownBy(() -> Scaler.parse("Z-Score"))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("There is no scaler 'Z-Score'. Choose one of none, min-max, z-score, robust.");
    }

    @Test
    void saysItsFormula() {
        assertThat(Scaler.NONE.formula()).contains("stay");
        assertThat(Scaler.MIN_MAX.formula()).contains("min", "max");
        assertThat(Scaler.Z_SCORE.formula()).contains("mean", "standard deviation");
        assertThat(Scaler.ROBUST.formula()).contains("median", "interquartile range");
    }

    @Test
    void needsTrainingRows() {
        assertThatThrownBy(() -> Scaler.ROBUST.fit(data(1, 2), new int[0]))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("There are no training rows to fit the scaler robust on.");
    }

    /** Nothing is known of such a feature: what is missing counts as 0, what comes later keeps its units. */
    @ParameterizedTest
    @EnumSource(Scaler.class)
    void leavesAFeatureThatIsMissingInAllTrainingRowsAsItIs(Scaler scaler) {
        Dataset data = data(NAN, 1, Float.NEGATIVE_INFINITY, 2, NAN, 3, 7, 2);
        FittedScaler fitted = scaler.fit(data, new int[] {0, 1, 2});
        float[] first = fitted.transform(data, new int[] {0, 1, 3});
        assertThat(new float[] {first[0], first[2], first[4]}).containsExactly(0, 0, 7);
        assertThat(fitted.aboutConstantFeatures(data.featureNames())).isEmpty();
    }

    /** 0, 1, 2, 10: the quartiles lie at ranks 0.75 and 2.25, so 0.75 and 4; the median is 1.5. */
    @Test
    void interpolatesQuartilesAndMedian() {
        Dataset data = data(10, 1, 0, 2, 2, 3, 1, 4);
        FittedScaler robust = Scaler.ROBUST.fit(data, new int[] {0, 1, 2, 3});
        assertThat(robust.offsets()[0]).isEqualTo(1.5);
        assertThat(robust.scales()[0]).isEqualTo(3.25);
        for (Scaler scaler : Scaler.values()) {
            assertThat(scaler.fit(data, new int[] {0, 1, 2, 3}).fills()[0])
                    .as(scaler.id())
                    .isEqualTo(1.5);
        }
    }

    /** Their sum is larger than any number of double precision; the mean is not. */
    @Test
    void findsTheMeanOfNumbersWhoseSumOverflows() {
        Dataset huge = wide(1.7e308, 1, 1.6e308, 2, 1.5e308, 3);
        FittedScaler fitted = Scaler.Z_SCORE.fit(huge, new int[] {0, 1, 2});
        assertThat(fitted.offsets()[0] / 1.6e308).isCloseTo(1, within(1e-15));
        assertThat(fitted.scales()[0] / 1e307).as("sqrt of 2/3").isCloseTo(Math.sqrt(2 / 3.0), within(1e-12));
    }

    /** Squares of such numbers are no numbers of double precision any more, which must not make the deviation 0. */
    @Test
    void findsTheDeviationOfNumbersWhoseSquaresVanish() {
        Dataset tiny = wide(1e-300, 1, 3e-300, 2);
        assertThat(Scaler.Z_SCORE.fit(tiny, new int[] {0, 1}).scales()[0] / 1e-300)
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void namesTheFileOfValuesThatLieTooFarApart() {
        Dataset widest = Dataset.builder("wide", RowValues.of(new double[] {-1.7e308, 1.7e308}), 1)
                .source(Path.of("far.csv"), "")
                .build();
        assertThatThrownBy(() -> Scaler.MIN_MAX.fit(widest, new int[] {0, 1}))
                .isInstanceOfSatisfying(DataFormatException.class, failure -> assertThat(failure.file())
                        .contains(Path.of("far.csv")))
                .hasMessageContaining("-1.7E308 to 1.7E308");
    }

    private static Dataset wide(double... values) {
        return Dataset.builder("wide", RowValues.of(values), 2).build();
    }
}
