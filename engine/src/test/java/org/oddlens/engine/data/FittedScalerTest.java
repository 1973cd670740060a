package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class FittedScalerTest {

    /** y = (x - 1) / 2 and (x - 10) / 4; missing values count as 3 and 6. */
    private final FittedScaler scaler =
            new FittedScaler("z-score", new double[] {1, 10}, new double[] {2, 4}, new double[] {3, 6});

    private static Dataset data(double... values) {
        return Dataset.builder("test", RowValues.of(values), 2).build();
    }

    @Test
    void subtractsAndDividesByFeature() {
        assertThat(scaler.features()).isEqualTo(2);
        assertThat(scaler.transform(5, 12, 1, 2)).containsExactly(2, 0.5f, 0, -2);
        assertThat(scaler.inverse(new float[] {2, 0.5f, 0, -2})).containsExactly(5, 12, 1, 2);
    }

    @Test
    void fillsWhatIsMissingOrInfinite() {
        assertThat(scaler.transform(Double.NaN, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY))
                .containsExactly(1, -1, 1, -1);
    }

    @Test
    void takesRowsInTheGivenOrder() {
        assertThat(scaler.transform(data(1, 10, 3, 14, 5, 18), new int[] {2, 0, 2}))
                .containsExactly(2, 2, 0, 0, 2, 2);
        assertThat(scaler.transform(data(1, 10, 3, 14))).containsExactly(0, 0, 1, 1);
    }

    @Test
    void refusesAnotherWidth() {
        Dataset three =
                Dataset.builder("wide", RowValues.of(new double[] {1, 2, 3}), 3).build();

        assertThatThrownBy(() -> scaler.transform(three))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("'wide' has 3 features, but the detector was trained on 2.");
        assertThatThrownBy(() -> scaler.transform(1, 2, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows of 2 features, found 3 values");
        assertThatThrownBy(() -> scaler.inverse(new float[] {1})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesNumbersThatDoNotMatch() {
        double[] one = {1};
        double[] two = {1, 2};
        assertThatThrownBy(() -> new FittedScaler("none", two, one, two)).hasMessageContaining("found 2, 1, 2");
        assertThatThrownBy(() -> new FittedScaler("none", two, two, one)).hasMessageContaining("found 2, 2, 1");
        assertThatThrownBy(() -> new FittedScaler("none", two, two, two, new boolean[3], "raw"))
                .hasMessageContaining("found 2, 2, 2, 3");
    }

    @Test
    void namesTheValueThatIsTooLargeItsRowAndAWayOut() {
        Dataset named = Dataset.builder("test", RowValues.of(new double[] {0, 0, 5, -1e300}), 2)
                .featureNames(List.of("length", "width"))
                .source(Path.of("flowers.csv"), "")
                .build();
        assertThatThrownBy(() -> scaler.transform(named))
                .isInstanceOfSatisfying(DataFormatException.class, failure -> assertThat(failure.file())
                        .contains(Path.of("flowers.csv")))
                .hasMessageContaining("Column 'width' has the value -1.0E300 in row 1")
                .hasMessageContaining("after scaling by z-score")
                .hasMessageContaining("or choose the scaler min-max.");
        FittedScaler range = new FittedScaler("min-max", new double[2], new double[] {1, 1}, new double[2]);
        assertThatThrownBy(() -> range.transform(named)).hasMessageContaining("or choose another scaler.");
        assertThatThrownBy(() -> range.transform(1e300, 0))
                .isInstanceOfSatisfying(DataFormatException.class, failure -> assertThat(failure.file())
                        .isEmpty())
                .hasMessageStartingWith("Column 'x1' has the value 1.0E300");
    }

    @Test
    void holdsConstantFeaturesWithinOneOnlyWhereThatIsTheRule() {
        boolean[] first = {true, false};
        double[] zeros = new double[2];
        double[] ones = {1, 1};
        assertThat(new FittedScaler("min-max", zeros, ones, zeros, first, "bounded").transform(7, 7, -7, -7, 0.5, 7))
                .containsExactly(1, 7, -1, -7, 0.5f, 7);
        assertThat(new FittedScaler("min-max", zeros, ones, zeros, first, "raw").transform(7, 7))
                .containsExactly(7, 7);
    }

    @Test
    void saysWhatWasDoneWithConstantFeaturesAndNamesTenOfThem() {
        double[] zeros = new double[12];
        boolean[] marks = new boolean[12];
        marks[1] = true;
        List<String> names = Dataset.defaultNames(12);
        FittedScaler bounded = new FittedScaler("min-max", zeros, zeros, zeros, marks, "bounded");
        assertThat(bounded.aboutConstantFeatures(names).orElseThrow())
                .contains("held within −1 and 1")
                .endsWith("; here 1 feature: x2.");
        Arrays.fill(marks, true);
        FittedScaler raw = new FittedScaler("min-max", zeros, zeros, zeros, marks, "raw");
        assertThat(raw.aboutConstantFeatures(names).orElseThrow())
                .contains("keep their own units")
                .endsWith("; here 12 features: x1, x2, x3, x4, x5, x6, x7, x8, x9, x10 and 2 more.");
        assertThat(scaler.aboutConstantFeatures(names)).isEmpty();
    }
}
