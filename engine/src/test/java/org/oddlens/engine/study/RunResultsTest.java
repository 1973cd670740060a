package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.OutputFile;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.threshold.ThresholdSpec;

/** What can be done with a finished run: its metrics, baselines, threshold, and scoring of a file. */
class RunResultsTest extends HeardRuns {

    @Test
    void evaluatesARunToTheMetricsItRecorded() throws IOException {
        RunFolder run = execute(TestRuns.spec(data, "normal-split", Map.of()));
        RunMetrics recorded = new RunJson().read(run.file(RunFolder.METRICS), RunMetrics.class);

        assertThat(new RunEvaluation(run).evaluate(null)).isEqualTo(recorded);

        RunMetrics other = new RunEvaluation(run).evaluate(ThresholdSpec.parse("known-ratio"));
        assertThat(other.metrics().get("auroc")).isEqualTo(recorded.metrics().get("auroc"));
        assertThat(other.threshold().usesLabels()).isTrue();
    }

    private static final int ROWS = TestRuns.NORMAL + TestRuns.ANOMALOUS;

    @Test
    void scoresTheTrainingFileToTheFinalScoresOfATransductiveRun() throws IOException {
        RunFolder run = execute(TestRuns.of("memae", TestRuns.spec(data, "transductive", Map.of())));
        double[] recorded = NpyReader.read(run.file(RunFolder.FINAL_SCORES)).doubles();
        Path csv = temp.resolve("scores.csv");
        try (RunModel model = RunModel.load(run, DetectorRegistry.installed())) {
            var dataset = DataImport.load(DataSpec.of(data.toString())).dataset();
            Scoring scoring = new Scoring(model);
            scoring.write(dataset, scoring.scores(dataset), OutputFile.at(csv));
        }

        List<String> lines = Files.readAllLines(csv);
        assertThat(recorded).hasSize(ROWS);
        assertThat(lines).hasSize(1 + ROWS).first().isEqualTo("row,score,anomaly,label");
        for (int i = 0; i < ROWS; i++) {
            assertThat(Double.parseDouble(lines.get(1 + i).split(",")[1])).isEqualTo(recorded[i]);
        }
    }

    /** The 95th percentile of the scored rows themselves flags about one in twenty: 7 of 132. */
    @Test
    void flagsOneRowInTwentyWhenItsThresholdIsTakenFromTheSameRows() throws IOException {
        RunFolder run = execute(TestRuns.spec(data, "transductive", Map.of()));
        RunMetrics metrics = new RunJson().read(run.file(RunFolder.METRICS), RunMetrics.class);
        double[] scores = NpyReader.read(run.file(RunFolder.FINAL_SCORES)).doubles();

        assertThat(Arrays.stream(scores)
                        .filter(s -> s >= metrics.threshold().value())
                        .count())
                .isEqualTo(7);
        assertThat(metrics.threshold().reference()).isEqualTo("training rows");
    }

    /**
     * As in use: the threshold comes from rows that count as normal, not from those that are judged. Percentile with linear
     * interpolation between the sorted scores, by hand.
     */
    @Test
    void takesItsThresholdFromTheTrainingRowsWhenTheseAreNotEvaluated() throws IOException {
        RunFolder run = execute(TestRuns.spec(data, "normal-split", Map.of()));
        RunMetrics metrics = RunMetrics.read(run);
        double[] scores;
        try (RunModel model = RunModel.load(run, DetectorRegistry.installed())) {
            var train = DataImport.load(DataSpec.of(data.toString()))
                    .dataset()
                    .select(NpyReader.read(run.file(RunFolder.SPLIT), "train").ints());
            scores = model.score(train);
        }
        Arrays.sort(scores);
        double place = 0.95 * (scores.length - 1);
        int below = (int) place;
        double expected = scores[below] + (place - below) * (scores[below + 1] - scores[below]);

        assertThat(scores).hasSize(TestRuns.NORMAL / 2);
        assertThat(metrics.threshold().value()).isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-9));
        double[] judged = run.readFinalScores();
        Arrays.sort(judged);
        assertThat(judged[(int) (0.95 * (judged.length - 1))])
                .as("the anomalies among the evaluated rows would have raised it")
                .isGreaterThan(1.5 * expected);
    }

    @Test
    void tellsNobodyOfAnEventBeforeItIsWrittenDown() throws IOException {
        Path folder = temp.resolve("order");
        List<RunEvent> missing = new ArrayList<>();
        TestRuns.execution().execute(TestRuns.spec(data, "normal-split", Map.of()), folder, new RunControl(), event -> {
            try {
                if (!new RunFolder(folder).readEvents().contains(event)) {
                    missing.add(event);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(missing).isEmpty();
    }

    @Test
    void comparesWithTheUntrainedNetworkAndTheMeanDistance() throws IOException {
        RunFolder run = execute(TestRuns.spec(data, "normal-split", Map.of("epochs", 60, "learning-rate", 0.01)));
        RunMetrics metrics = new RunJson().read(run.file(RunFolder.METRICS), RunMetrics.class);

        assertThat(metrics.baselines()).containsOnlyKeys("untrained", "mean_distance");
        assertThat(metrics.baselines().get("untrained").get("auroc")).isBetween(0.0, 1.0);
        assertThat(metrics.metrics().get("auroc")).isGreaterThan(0.9);
        assertThat(metrics.loss().get("last")).isLessThan(metrics.loss().get("first"));
    }
}
