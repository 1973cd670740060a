package org.oddlens.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.threshold.PercentileScan;

class EvaluationTest {

    private static final double[] SCORES = {.1, .2, .2, .3, .4, .45, .5, .8, .9, .95};
    private static final boolean[] LABELS = {false, false, false, false, true, false, false, true, false, true};

    @Test
    void agreesWithThePublishedExample() {
        RankingMetrics metrics = RankingMetrics.of(SCORES, LABELS);
        assertThat(metrics.auroc().orNaN()).isCloseTo(.809524, within(5e-7));
        assertThat(metrics.averagePrecision().orNaN()).isCloseTo(.722222, within(5e-7));
        assertThat(Percentile.of(SCORES, 70)).isCloseTo(.59, within(1e-12));
        PercentileScan scan = PercentileScan.aroundNormalShare(SCORES, LABELS);
        assertThat(scan.level()).isCloseTo(66.717172, within(5e-7));
        assertThat(scan.threshold()).isCloseTo(.501363636, within(5e-9));
        assertThat(scan.confusion().f1()).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void countsATieAsHalfAPair() {
        RankingMetrics metrics =
                RankingMetrics.of(new double[] {.5, .5, .5, .9}, new boolean[] {false, true, false, true});
        assertThat(metrics.auroc().orNaN()).isEqualTo(.75);
        assertThat(metrics.averagePrecision().orNaN()).isEqualTo(.75);
    }

    @Property
    void areaEqualsTheCountedPairs(
            @ForAll @Size(min = 2, max = 40) List<@IntRange(min = 0, max = 6) Integer> scores, @ForAll long bits) {
        double[] s = scores.stream().mapToDouble(Integer::doubleValue).toArray();
        boolean[] labels = new boolean[s.length];
        for (int i = 0; i < s.length; i++) {
            labels[i] = (bits >> i & 1) == 1;
        }
        double pairs = 0;
        double right = 0;
        for (int i = 0; i < s.length; i++) {
            for (int j = 0; j < s.length; j++) {
                if (labels[i] && !labels[j]) {
                    pairs++;
                    right += s[i] > s[j] ? 1 : s[i] == s[j] ? .5 : 0;
                }
            }
        }
        double found = RankingMetrics.of(s, labels).auroc().orNaN();
        if (pairs == 0) {
            assertThat(found).isNaN();
        } else {
            assertThat(found).isCloseTo(right / pairs, within(1e-12));
            double[] increasing = Arrays.stream(s).map(x -> Math.exp(3 * x) - 7).toArray();
            assertThat(RankingMetrics.of(increasing, labels).auroc().orNaN()).isEqualTo(found);
        }
    }

    @Test
    void namesAllMetricsInTheOrderOfFiles() {
        assertThat(Evaluation.of(SCORES, LABELS, .5).metrics().keySet())
                .containsExactly(
                        "auroc",
                        "auprc",
                        "precision",
                        "recall",
                        "f1",
                        "accuracy",
                        "f1_known_ratio",
                        "precision_at_n",
                        "best_f1");
    }

    @Test
    void givesAReasonWhereAMetricIsUndefined() {
        Evaluation unlabelled = Evaluation.of(SCORES, null, .5);
        assertThat(unlabelled.metrics().values()).noneMatch(Metric::isDefined).allMatch(m -> !m.reason()
                .isEmpty());
        assertThat(unlabelled.flagged()).isEqualTo(4);
        Evaluation normal = Evaluation.of(SCORES, new boolean[10], .5);
        assertThat(normal.metric("auroc").isDefined()).isFalse();
        assertThat(normal.metric("precision_at_n").isDefined()).isFalse();
        assertThat(normal.metric("precision").orNaN()).isZero();
        assertThat(normal.metric("best_f1").orNaN()).isZero();
        boolean[] all = new boolean[10];
        Arrays.fill(all, true);
        assertThat(Evaluation.of(SCORES, all, .5).metric("auprc").isDefined()).isFalse();
    }

    @Test
    void refusesScoresThatAreNoNumbersAndNamesTheRow() {
        assertThatThrownBy(() -> Evaluation.of(new double[] {1, Double.NaN}, new boolean[2], 0))
                .isInstanceOf(ScoreException.class)
                .hasMessageContaining("row 1");
        assertThatThrownBy(() -> RankingMetrics.of(new double[] {1}, new boolean[2]))
                .isInstanceOf(ScoreException.class);
    }

    @Test
    void prefersTheHighestThresholdAmongEqualF1() {
        // F1 is 2/3 at 4 (1 hit of 2, none wrong) and again at 1 (both hits, two wrong)
        BestF1 best = RankingMetrics.of(new double[] {4, 3, 2, 1}, new boolean[] {true, false, false, true})
                .bestF1()
                .orElseThrow();
        assertThat(best.threshold()).isEqualTo(4);
        assertThat(best.f1()).isEqualTo(2 / 3.0);
    }

    @Test
    void saysWhichMetricsAreTunedOnLabels() {
        assertThat(Evaluation.tunedOnLabels(false)).containsExactly("f1_known_ratio", "precision_at_n", "best_f1");
        assertThat(Evaluation.tunedOnLabels(true))
                .containsExactly(
                        "precision", "recall", "f1", "accuracy", "f1_known_ratio", "precision_at_n", "best_f1");
    }

    @Test
    void givesTheCountsAtItsThresholdWhereThereAreLabels() {
        assertThat(Evaluation.of(SCORES, LABELS, .5).confusion()).contains(new Confusion(2, 2, 5, 1));
        assertThat(Evaluation.of(SCORES, null, .5).confusion()).isEmpty();
        assertThatThrownBy(() -> Evaluation.of(new double[] {1, Double.NaN}, null, .5))
                .isInstanceOf(ScoreException.class);
        assertThat(Evaluation.of(SCORES, null, .5).metrics()).hasSize(9);
    }

    /** Scores 4 (anomaly), 3, 2 (anomaly), 1: recall 1/2, 1/2, 1, 1; false positives 0, 1/2, 1/2, 1. */
    @Test
    void drawsBothCurvesByHand() {
        RankingMetrics metrics = RankingMetrics.of(new double[] {2, 4, 1, 3}, new boolean[] {true, true, false, false});
        RocCurve roc = metrics.roc().orElseThrow();
        assertThat(roc.thresholds()).containsExactly(Double.POSITIVE_INFINITY, 4, 3, 2, 1);
        assertThat(roc.falsePositiveRates()).containsExactly(0, 0, .5, .5, 1);
        assertThat(roc.truePositiveRates()).containsExactly(0, .5, .5, 1, 1);
        PrecisionRecallCurve curve = metrics.precisionRecall().orElseThrow();
        assertThat(curve.thresholds()).containsExactly(4, 3, 2, 1);
        assertThat(curve.precisions()).containsExactly(1, .5, 2 / 3.0, .5);
        assertThat(curve.recalls()).containsExactly(.5, .5, 1, 1);
        assertThat(metrics.bestF1().orElseThrow().confusion()).isEqualTo(new Confusion(2, 1, 1, 0));
        assertThat(RankingMetrics.of(new double[] {1, 2}, new boolean[2]).precisionRecall())
                .isEmpty();
    }

    @Test
    void flagsARowAtTheThreshold() {
        assertThat(Confusion.at(new double[] {1, 2}, new boolean[] {false, true}, 2))
                .isEqualTo(new Confusion(1, 0, 1, 0));
    }
}
