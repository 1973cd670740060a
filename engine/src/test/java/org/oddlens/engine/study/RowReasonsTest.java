package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;

/** Reasons against the scores and contributions of the model itself. */
class RowReasonsTest extends HeardRuns {

    private static final boolean[] ODD = ToyData.labels(TestRuns.NORMAL, TestRuns.ANOMALOUS);

    private interface Check {
        void on(RunModel model, Dataset rows, RowReasons reasons);
    }

    private void check(Check check) throws IOException {
        RunFolder run = execute(TestRuns.spec(data, "transductive", Map.of("epochs", 5)));
        Dataset rows = DataImport.load(DataSpec.of(data.toString())).dataset();
        try (RunModel model = RunModel.load(run, DetectorRegistry.installed())) {
            check.on(model, rows, new RowReasons(model, rows));
        }
    }

    @Test
    void findsTheRowsWithTheHighestScoresAmongThoseGiven() throws IOException {
        check((model, rows, reasons) -> {
            double[] scores = model.score(rows);
            int[] among = {131, 60, 5, 27, 90, 16};
            List<Integer> expected = java.util.Arrays.stream(among)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer row) -> scores[row])
                            .reversed())
                    .toList();

            assertThat(reasons.highest(among, 4))
                    .containsExactly(
                            expected.stream().limit(4).mapToInt(row -> row).toArray());
            assertThat(reasons.highest(among, 100)).hasSize(6);
        });
    }

    @Test
    void givesEachRowItsOwnNumbers() throws IOException {
        check((model, rows, reasons) -> {
            double[] scores = model.score(rows);
            float[] contributions = model.contributions(rows);
            int[] asked = {100, 5, 60};
            List<RowReasons.Reasoned> found = reasons.of(asked);

            assertThat(found).extracting(RowReasons.Reasoned::row).containsExactly(100, 5, 60);
            for (int i = 0; i < asked.length; i++) {
                RowReasons.Reasoned row = found.get(i);
                assertThat(row.score()).isEqualTo(scores[asked[i]]);
                assertThat(row.flagged()).isEqualTo(scores[asked[i]] >= model.threshold());
                double all = 0;
                for (int j = 0; j < ToyData.FEATURES; j++) {
                    all += Math.abs(contributions[asked[i] * ToyData.FEATURES + j]);
                }
                for (RowReasons.Feature feature : row.features()) {
                    int j = rows.featureNames().indexOf(feature.name());
                    double own = contributions[asked[i] * ToyData.FEATURES + j];
                    assertThat(feature.contribution()).isEqualTo(own);
                    assertThat(feature.value()).isEqualTo(rows.values().get(asked[i] * ToyData.FEATURES + j));
                    assertThat(feature.share()).isCloseTo(Math.abs(own) / all, within(1e-12));
                }
                assertThat(row.features())
                        .extracting(RowReasons.Feature::share)
                        .isSortedAccordingTo(Comparator.reverseOrder());
            }
        });
    }

    /** A threshold that equals a score flags its row, as everywhere. */
    @Test
    void flagsExactlyTheRowsThatTheMetricsCount() throws IOException {
        check((model, rows, reasons) -> {
            int[] all = java.util.stream.IntStream.range(0, ODD.length).toArray();
            double[] scores = model.score(rows);
            double threshold = model.threshold();
            long expected =
                    java.util.Arrays.stream(scores).filter(s -> s >= threshold).count();

            assertThat(reasons.of(all).stream().filter(RowReasons.Reasoned::flagged))
                    .hasSize((int) expected);
            assertThat(expected).isEqualTo(7);
        });
    }

    /** The seventh highest score is the threshold, so exactly seven rows reach it, one of them just so. */
    @Test
    void flagsARowWhoseScoreIsTheThreshold() throws IOException {
        RunSpec plain = TestRuns.spec(data, "transductive", Map.of("epochs", 5));
        RunFolder run = execute(new RunSpec(
                plain.data(),
                plain.protocol(),
                plain.scaler(),
                plain.detector(),
                plain.preset(),
                plain.hyperparameters(),
                "top:7",
                plain.seed(),
                plain.device(),
                plain.executor(),
                plain.threads()));
        Dataset rows = DataImport.load(DataSpec.of(data.toString())).dataset();
        int[] all = java.util.stream.IntStream.range(0, rows.rows()).toArray();
        try (RunModel model = RunModel.load(run, DetectorRegistry.installed())) {
            assertThat(new RowReasons(model, rows).of(all))
                    .filteredOn(RowReasons.Reasoned::flagged)
                    .hasSize(7)
                    .anyMatch(row -> row.score() == model.threshold());
        }
    }
}
