package org.oddlens.engine.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.SharedFolder;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.threshold.PercentileScan;
import org.oddlens.engine.threshold.Threshold;
import org.oddlens.engine.threshold.ThresholdSpec;

/** Every key of golden file 01, made with scikit-learn 1.2.1; tolerance 1e-9 relative + 1e-12, thresholds 1e-12. */
class MetricsGoldenTest {

    private final Map<String, NpyArray> golden = NpyReader.readAll(SharedFolder.require("golden/01_metrics.npz"));
    private final SoftAssertions softly = new SoftAssertions();

    private double[] key(String name) {
        assertThat(golden).as("golden key").containsKey(name);
        return golden.get(name).doubles();
    }

    private void check(int c, String name, double found) {
        compare(name + " of case " + c, found, key(name)[c], 1e-9, 1e-12);
    }

    private void exact(int c, String name, double found) {
        compare(name + " of case " + c, found, key(name)[c], 1e-12, 1e-12);
    }

    private void compare(String what, double found, double expected, double relative, double absolute) {
        if (Double.isNaN(expected)) {
            softly.assertThat(found).as(what).isNaN();
        } else {
            softly.assertThat(found).as(what).isCloseTo(expected, within(relative * Math.abs(expected) + absolute));
        }
    }

    /** A threshold: relative 1e-12 without an absolute part, because scores may be tiny. */
    private void threshold(int c, String name, double found) {
        compare(name + " of case " + c, found, key(name)[c], 1e-12, 0);
    }

    @Test
    void agreesWithScikitLearnOnEveryCase() {
        double[] offsets = key("row_offset");
        int cases = key("case_kind").length;
        assertThat(cases).isGreaterThan(50);
        for (int c = 0; c < cases; c++) {
            int from = (int) offsets[c];
            int to = (int) offsets[c + 1];
            double[] scores = Arrays.copyOfRange(key("scores"), from, to);
            boolean[] labels = new boolean[to - from];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = key("labels")[from + i] == 1;
            }
            ranking(c, scores, labels);
            thresholds(c, scores, labels);
            curves(c, RankingMetrics.of(scores, labels));
        }
        softly.assertAll();
    }

    private void ranking(int c, double[] scores, boolean[] labels) {
        RankingMetrics metrics = RankingMetrics.of(scores, labels);
        check(c, "auroc", metrics.auroc().orNaN());
        check(c, "ap", metrics.averagePrecision().orNaN());
        exact(c, "best_f1", metrics.bestF1().map(BestF1::f1).orElse(0.0));
        threshold(
                c, "best_f1_threshold", metrics.bestF1().map(BestF1::threshold).orElse(Double.NaN));
        exact(
                c,
                "best_f1_precision",
                metrics.bestF1().map(b -> b.confusion().precision()).orElse(key("best_f1_precision")[c]));
        exact(
                c,
                "best_f1_recall",
                metrics.bestF1().map(b -> b.confusion().recall()).orElse(key("best_f1_recall")[c]));
        exact(c, "prec_at_n_stable", metrics.precisionAtN().orNaN());
        check(c, "prec_at_n_expected", metrics.expectedPrecisionAtN().orNaN());
        exact(c, "prec_at_5_stable", metrics.precisionAt(5).orNaN());
    }

    private void thresholds(int c, double[] scores, boolean[] labels) {
        double q95 = Threshold.of(ThresholdSpec.parse("percentile:95"), scores, null);
        Confusion at95 = Confusion.at(scores, labels, q95);
        threshold(c, "q95_threshold", q95);
        exact(c, "q95_precision", at95.precision());
        exact(c, "q95_recall", at95.recall());
        exact(c, "q95_f1", at95.f1());
        exact(c, "quantile95_tn", at95.tn());
        exact(c, "quantile95_fp", at95.fp());
        exact(c, "quantile95_fn", at95.fn());
        exact(c, "quantile95_tp", at95.tp());
        exact(c, "macro_precision", at95.macroPrecision());
        exact(c, "macro_recall", at95.macroRecall());
        exact(c, "macro_f1", at95.macroF1());
        exact(c, "accuracy", at95.accuracy());
        double q90 = Threshold.of(ThresholdSpec.parse("percentile:90"), scores, null);
        threshold(c, "q90_threshold", q90);
        exact(c, "q90_f1", Confusion.at(scores, labels, q90).f1());
        double ratio = Threshold.of(ThresholdSpec.parse("known-percent"), scores, labels);
        threshold(c, "ratio_threshold", ratio);
        exact(c, "ratio_f1", Confusion.at(scores, labels, ratio).f1());
        PercentileScan scan = PercentileScan.aroundNormalShare(scores, labels);
        threshold(c, "scan_threshold", scan.threshold());
        exact(c, "scan_precision", scan.confusion().precision());
        exact(c, "scan_recall", scan.confusion().recall());
        exact(c, "scan_f1", scan.confusion().f1());
        exact(
                c,
                "grid100_f1",
                PercentileScan.overAll(scores, labels).confusion().f1());
    }

    private void curves(int c, RankingMetrics metrics) {
        int from = (int) key("curve_offset")[c];
        int to = (int) key("curve_offset")[c + 1];
        metrics.roc().ifPresent(roc -> {
            softly.assertThat(roc.thresholds()).as("ROC points of case " + c).hasSize(to - from + 1);
            for (int k = 0; k < to - from; k++) {
                check(from + k, "curve_threshold", roc.thresholds()[k + 1]);
                check(from + k, "curve_fpr", roc.falsePositiveRates()[k + 1]);
                check(from + k, "curve_tpr", roc.truePositiveRates()[k + 1]);
            }
        });
        metrics.precisionRecall().ifPresent(curve -> {
            softly.assertThat(curve.thresholds()).as("PR points of case " + c).hasSize(to - from);
            for (int k = 0; k < to - from; k++) {
                double precision = curve.precisions()[k];
                double recall = curve.recalls()[k];
                check(from + k, "curve_precision", precision);
                check(from + k, "curve_tpr", recall);
                check(
                        from + k,
                        "curve_f1",
                        precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
            }
        });
        if (metrics.anomalies() == 0 || metrics.normals() == 0) {
            softly.assertThat(metrics.roc()).as("ROC of case " + c).isEmpty();
        }
    }
}
