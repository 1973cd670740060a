package org.oddlens.engine.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThresholdTest {

    private static final double[] SCORES = {1, 2, 3, 4, 10};

    @Test
    void computesEachMethodByHand() {
        assertThat(at("percentile:50", null)).isEqualTo(3);
        assertThat(at("percentile:95", null)).as("4 + 6 * 0.8").isCloseTo(8.8, within(1e-12));
        assertThat(at("mean-sd:2", null)).as("mean 4, variance 10").isCloseTo(4 + 2 * Math.sqrt(10), within(1e-12));
        assertThat(at("median-mad:3", null))
                .as("median 3, deviations 2 1 0 1 7")
                .isEqualTo(6);
        boolean[] last = {false, false, false, false, true};
        assertThat(at("known-percent", last)).as("percentile 80").isCloseTo(5.2, within(1e-12));
        assertThat(at("known-ratio", last)).as("the largest of five").isEqualTo(10);
        assertThat(at("known-ratio", new boolean[] {true, false, true, true, false}))
                .isEqualTo(3);
        assertThat(at("known-ratio", new boolean[5])).as("nothing to flag").isGreaterThan(10);
        assertThat(at("best-f1", last)).isEqualTo(10);
    }

    /** In no order. Median 4, deviations 3 3 8 1 0, so their median is 3; mean 5, variance 4. */
    @Test
    void computesItsSpreadsFromScoresInAnyOrder() {
        double[] scores = {7, 1, 12, 3, 4};
        assertThat(Threshold.of(ThresholdSpec.parse("median-mad:2"), scores, null))
                .isEqualTo(10);
        assertThat(Threshold.of(ThresholdSpec.parse("median-mad:0.5"), scores, null))
                .isEqualTo(5.5);
        assertThat(Threshold.of(ThresholdSpec.parse("mean-sd:3"), new double[] {9, 2, 4, 5, 4, 7, 5, 4}, null))
                .isCloseTo(11, within(1e-12));
        assertThat(Threshold.of(ThresholdSpec.parse("percentile:25"), scores, null))
                .isEqualTo(3);
    }

    /** In no order: two of five are anomalies, whichever; the second largest is 9. */
    @Test
    void takesTheScoreWhoseRankIsTheNumberOfAnomalies() {
        double[] scores = {9, 3, 12, 1, 7};
        boolean[] labels = {false, true, false, true, false};
        assertThat(Threshold.of(ThresholdSpec.parse("known-ratio"), scores, labels))
                .isEqualTo(9);
        assertThat(scores).as("left as they were").containsExactly(9, 3, 12, 1, 7);
    }

    /** Ten rows by hand in the specification: level 66.717172 of the scores is the first of 100 with the largest F1. */
    @Test
    void scansPercentilesAsTheProgramDoes() {
        double[] scores = {.1, .2, .2, .3, .4, .45, .5, .8, .9, .95};
        boolean[] labels = {false, false, false, false, true, false, false, true, false, true};

        assertThat(Threshold.of(ThresholdSpec.parse("percent-scan"), scores, labels))
                .isCloseTo(.501363636, within(1e-9));
        assertThat(PercentileScan.aroundNormalShare(scores, labels).level()).isCloseTo(66.717172, within(1e-6));
        assertThat(PercentileScan.aroundNormalShare(scores, labels).confusion().f1())
                .isCloseTo(.666667, within(1e-6));
    }

    private static double at(String spec, boolean[] labels) {
        return Threshold.of(ThresholdSpec.parse(spec), SCORES, labels);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "percentile:95",
                "percentile:99.5",
                "known-ratio",
                "known-percent",
                "percent-scan",
                "mean-sd:3",
                "median-mad:3.5",
                "best-f1"
            })
    void writesTheTextItReads(String text) {
        assertThat(ThresholdSpec.parse(text).format()).isEqualTo(text);
    }

    @Test
    void fillsInDefaultsAndSaysWhatUsesLabels() {
        assertThat(ThresholdSpec.DEFAULT.format()).isEqualTo("percentile:95");
        assertThat(ThresholdSpec.parse("percentile")).isEqualTo(ThresholdSpec.DEFAULT);
        assertThat(ThresholdSpec.parse("best-f1").usesLabels()).isTrue();
        assertThat(ThresholdSpec.parse("known-ratio").usesLabels()).isTrue();
        assertThat(ThresholdSpec.parse("mean-sd").usesLabels()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"percentile:101", "percentile:x", "quantile:5", "best-f1:3", "mean-sd:NaN", ""})
    void refusesWhatItCannotRead(String text) {
        assertThatThrownBy(() -> ThresholdSpec.parse(text)).isInstanceOf(ThresholdException.class);
    }

    @Test
    void refusesMissingLabelsAndScores() {
        assertThatThrownBy(() -> at("best-f1", null)).hasMessageContaining("needs labels");
        assertThatThrownBy(() -> Threshold.of(ThresholdSpec.DEFAULT, new double[0], null))
                .isInstanceOf(ThresholdException.class);
        assertThatThrownBy(() -> Threshold.of(ThresholdSpec.DEFAULT, new double[] {1, Double.NaN}, null))
                .hasMessageContaining("row 1");
    }
}
