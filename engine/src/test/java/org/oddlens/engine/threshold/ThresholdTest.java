package org.oddlens.engine.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.metric.Confusion;

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

    /** In no order: 12, 9, 7, 3, 1. Two of five are 0.4; a share of nothing still flags the highest. */
    @Test
    void flagsAsManyRowsAsAreLookedAt() {
        double[] scores = {9, 3, 12, 1, 7};
        assertThat(Threshold.of(ThresholdSpec.parse("top:1"), scores, null)).isEqualTo(12);
        assertThat(Threshold.of(ThresholdSpec.parse("top:2"), scores, null)).isEqualTo(9);
        assertThat(Threshold.of(ThresholdSpec.parse("top:5"), scores, null)).isEqualTo(1);
        assertThat(Threshold.of(ThresholdSpec.parse("share:0.4"), scores, null)).isEqualTo(9);
        assertThat(Threshold.of(ThresholdSpec.parse("share:0.01"), scores, null))
                .isEqualTo(12);
        assertThat(Threshold.of(ThresholdSpec.parse("value:4.5"), scores, null)).isEqualTo(4.5);
    }

    /** Equal scores have no spread; -1, 0 and 4 lie on both sides of their mean 1: variance 14/3. */
    @Test
    void addsNothingToTheMeanOfEqualScores() {
        assertThat(Threshold.of(ThresholdSpec.parse("mean-sd:3"), new double[] {2, 2, 2}, null))
                .isEqualTo(2);
        assertThat(Threshold.of(ThresholdSpec.parse("mean-sd:1"), new double[] {4, -1, 0}, null))
                .isCloseTo(1 + Math.sqrt(14 / 3.0), within(1e-12));
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
                "value:-2",
                "value:1.0E16",
                "value:0.05",
                "top:20",
                "top:1",
                "share:1",
                "share:0.05",
                "percentile:0",
                "percentile:100",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "percentile:100.5 | must lie between 0 and 100, not 100.5",
                "percentile:-1 | must lie between 0 and 100, not -1.0",
                "top:0 | must be whole and at least 1, not 0.0",
                "top:1.5 | must be whole and at least 1, not 1.5",
                "share:0 | must lie above 0 and at most at 1, not 0.0",
                "share:1.5 | must lie above 0 and at most at 1, not 1.5",
                "value | needs a number, such as value:0.05",
                "top | needs a number, such as top:20",
                "share | needs a number, such as share:0.05",
                "best-f1:3 | best-f1 takes no number, but 3.0 was given",
                "value:Infinity | must be finite",
                "mean-sd:three | 'three' in the threshold 'mean-sd:three' is not a number",
                "quantile:5 | no threshold method 'quantile'. Choose one of percentile, known-ratio, known-percent,"
                        + " percent-scan, mean-sd, median-mad, value, top, share, best-f1."
            })
    void saysWhatAThresholdMayBe(String text, String sentence) {
        assertThatThrownBy(() -> ThresholdSpec.parse(text))
                .isInstanceOf(ThresholdException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void takesSpacesAroundMethodAndNumber() {
        assertThat(ThresholdSpec.parse(" top : 3 ")).isEqualTo(new ThresholdSpec("top", 3.0));
        assertThat(ThresholdSpec.parse(" best-f1 ")).isEqualTo(new ThresholdSpec("best-f1", null));
    }

    /** Columns: what it takes when nothing is said (- for nothing), whether a number must be said, whether labels choose. */
    @ParameterizedTest
    @CsvSource({
        "PERCENTILE, 95, false, false",
        "KNOWN_RATIO, -, false, true",
        "KNOWN_PERCENT, -, false, true",
        "PERCENT_SCAN, -, false, true",
        "MEAN_SD, 3, false, false",
        "MEDIAN_MAD, 3, false, false",
        "VALUE, -, true, false",
        "TOP, -, true, false",
        "SHARE, -, true, false",
        "BEST_F1, -, false, true"
    })
    void tellsOfEachMethodWhatItTakes(ThresholdMethod method, String usual, boolean needs, boolean labels) {
        assertThat(method.defaultValue()).isEqualTo(Double.valueOf(usual.equals("-") ? "NaN" : usual));
        assertThat(method.needsValue()).isEqualTo(needs);
        assertThat(method.takesValue()).isEqualTo(needs || !usual.equals("-"));
        assertThat(method.usesLabels()).isEqualTo(labels);
        assertThat(method.help()).endsWith(".");
    }

    @Test
    void refusesMoreRowsThanThereAreScores() {
        assertThatThrownBy(() -> at("top:1000", null))
                .isInstanceOf(ThresholdException.class)
                .hasMessageContaining("the 1,000 highest scores, and there are 5");
    }

    @Test
    void needsALabelForEveryScoreAndAnAnomalyForTheBestF1() {
        assertThatThrownBy(() -> at("best-f1", new boolean[3]))
                .isInstanceOf(ThresholdException.class)
                .hasMessage("There are 5 scores but 3 labels.");
        assertThatThrownBy(() -> at("best-f1", new boolean[5]))
                .isInstanceOf(ThresholdException.class)
                .hasMessageContaining("at least one labelled anomaly");
    }

    /** Half of five rows are 2.5, and half a row is rounded to the even number: two. Half of seven are 3.5: four. */
    @Test
    void roundsAShareToWholeRows() {
        assertThat(at("share:0.5", null)).isEqualTo(4);
        assertThat(Threshold.of(ThresholdSpec.parse("share:0.5"), new double[] {1, 2, 3, 4, 5, 6, 7}, null))
                .isEqualTo(4);
    }

    /** Of the scores 0 to 100 the percentile at level q is q; 90 and more are anomalies, so the first above 89 is best. */
    @Test
    void scansAllPercentilesForTheFirstBest() {
        double[] scores =
                IntStream.rangeClosed(0, 100).mapToDouble(i -> 100 - i).toArray();
        boolean[] labels = new boolean[101];
        Arrays.fill(labels, 0, 11, true);

        PercentileScan scan = PercentileScan.overAll(scores, labels);

        assertThat(scan.level()).isCloseTo(89 * 100 / 99.0, within(1e-9));
        assertThat(scan.threshold()).isCloseTo(89 * 100 / 99.0, within(1e-9));
        assertThat(scan.confusion()).isEqualTo(new Confusion(11, 0, 90, 0));
    }

    /** The levels would lie from 95 to 105, and from -5 to 5. */
    @Test
    void scansNoLevelsThatAreNoPercentiles() {
        boolean[] all = {true, true, true, true, true};
        assertThat(PercentileScan.aroundNormalShare(SCORES, new boolean[5]).level())
                .isEqualTo(95);
        assertThat(PercentileScan.aroundNormalShare(SCORES, all).level()).isZero();
        assertThat(PercentileScan.aroundNormalShare(SCORES, all).threshold()).isEqualTo(1);
    }
}
