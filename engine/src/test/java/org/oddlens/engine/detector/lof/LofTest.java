package org.oddlens.engine.detector.lof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.detector.solved.ParallelLoop;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.CpuTime;

/** Search, copies, sampling, stopping and threads of LOF. */
class LofTest {

    private final Lof lof = new Lof();
    private final List<String> warnings = new ArrayList<>();

    /** A coarse grid has hundreds of equal distances and copies, so the order by index is really needed. */
    @ParameterizedTest
    @EnumSource(value = Distance.class, mode = Mode.EXCLUDE, names = "COSINE")
    void findsWithTheTreeWhatReadingEveryRowFinds(Distance distance) {
        double[] rows = grid(700, 3, 4);
        NearestRows tree = new KdTree(rows, 3, distance);
        NearestRows every = new NearestRows.EveryRow(rows, 3, distance);
        for (int i = 0; i < 700; i++) {
            double[] row = Arrays.copyOfRange(rows, 3 * i, 3 * i + 3);
            for (int k : new int[] {1, 7, 40}) {
                Neighbours found = tree.nearest(row, k, i % 2 == 0 ? i : NearestRows.NONE);
                Neighbours expected = every.nearest(row, k, i % 2 == 0 ? i : NearestRows.NONE);
                for (int rank = 0; rank < k; rank++) {
                    assertThat(found.index(rank)).isEqualTo(expected.index(rank));
                    assertThat(found.distance(rank)).isEqualTo(expected.distance(rank));
                }
            }
        }
    }

    /** By hand: of six rows on a line, the nearest of 0 are 1, then 2 and −2, of which the first comes first. */
    @Test
    void takesTheFirstOfTwoEquallyFarRows() {
        double[] line = {0, -2, 2, 1, 9, -9};

        Neighbours found = new NearestRows.EveryRow(line, 1, Distance.MANHATTAN).nearest(new double[] {0}, 2, 0);

        assertThat(found.index(0)).isEqualTo(3);
        assertThat(found.index(1)).isEqualTo(1);
    }

    /** By hand, for (0, 0) and (3, −4): 5, 7, 4; the cosine of (1, 0) and (1, 1) is √½. */
    @Test
    void knowsFourDistances() {
        double[] there = {3, -4};
        double[] here = {0, 0};
        assertThat(Distance.EUCLIDEAN.full(Distance.EUCLIDEAN.between(there, 0, here, 1e9)))
                .isEqualTo(5);
        assertThat(Distance.MANHATTAN.full(Distance.MANHATTAN.between(there, 0, here, 1e9)))
                .isEqualTo(7);
        assertThat(Distance.CHEBYSHEV.full(Distance.CHEBYSHEV.between(there, 0, here, 1e9)))
                .isEqualTo(4);
        double[] diagonal = {1, 1};
        Distance.COSINE.prepare(diagonal, 0, 2);
        assertThat(Distance.COSINE.between(diagonal, 0, new double[] {1, 0}, 1e9))
                .isCloseTo(1 - Math.sqrt(0.5), within(1e-12));
    }

    /** Twenty thousand copies of one row: a search that opens every box with the same distance would never end. */
    @Test
    void searchesCopiesInNoTime() {
        double[] rows = new double[40_000];
        ParallelLoop here = new ParallelLoop(1, () -> true);

        assertThat(CpuTime.seconds(() -> LocalDensity.fit(rows, 2, Distance.EUCLIDEAN, 20, here)))
                .isLessThan(20);
    }

    @Test
    void givesTheSameBitsOnAnyNumberOfThreads() {
        float[] test = ToyData.rows(500, 50, 2);

        assertThat(scores("", 3, test)).containsExactly(scores("", 1, test));
    }

    /** A training row scored as new has itself for a neighbour; scored as training row it has not. */
    @Test
    void leavesARowOutOfItsOwnNeighbourhoodWhenAsked() {
        float[] rows = ToyData.rows(60, 0, 1);
        double[] inSample = scores("score=in-sample neighbours=5", 1, rows);
        LocalDensity density = LocalDensity.fit(
                        doubles(rows), ToyData.FEATURES, Distance.EUCLIDEAN, 5, new ParallelLoop(1, () -> true))
                .orElseThrow();

        for (int i = 0; i < 60; i++) {
            assertThat(inSample[i]).isEqualTo(density.ofTraining(i));
        }
        assertThat(scores("score=novelty neighbours=5", 1, rows)).isNotEqualTo(inSample);
    }

    @Test
    void saysThatItUsesASampleCopiesAndConstantColumns() {
        float[] rows = ToyData.rows(200, 0, 1);
        for (int i = 0; i < 200; i++) {
            rows[i * ToyData.FEATURES + 2] = 1;
        }
        for (int i = 1; i < 30; i++) {
            System.arraycopy(rows, 0, rows, i * ToyData.FEATURES, ToyData.FEATURES);
        }
        solve(rows, "neighbours=20", new RunControl(), 1).close();
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).contains("constant-columns", "1 of 8 features", "number 3");
        assertThat(warnings.get(1)).contains("copies", "30 of 200 training rows", "at least 20 exact copies");

        warnings.clear();
        solve(ToyData.rows(200, 0, 1), "max-train=100", new RunControl(), 1).close();
        assertThat(warnings).singleElement().asString().contains("training-sample", "100 of the 200 training rows");
    }

    @Test
    void saysBeforeTheRunWhatManyWideRowsCost() {
        assertThat(lof.shape(values(""), new DataShape(new int[] {100}, "min-max", 40_000))
                        .warnings())
                .singleElement()
                .asString()
                .contains("40,000 rows make 8.0e+08 pairs", "100 features");
        assertThat(lof.shape(values(""), new DataShape(new int[] {6}, "min-max", 40_000))
                        .warnings())
                .isEmpty();
        assertThat(lof.shape(values(""), new DataShape(new int[] {6}, "min-max", 10))
                        .warnings())
                .singleElement()
                .asString()
                .contains("9 neighbours are used instead of 20");
        assertThatThrownBy(() -> lof.shape(
                        values("neighbours=1000 max-train=10000000"),
                        new DataShape(new int[] {6}, "min-max", 5_000_000)))
                .isInstanceOf(InvalidValuesException.class)
                .hasMessageContaining("Use at most 429 neighbours");
    }

    @Test
    void stopsBetweenTwoRoundsAndKeepsNothing() {
        RunControl control = new RunControl();
        control.stopAfter(3);
        try (Training training = begin(ToyData.rows(1000, 0, 1), "", control, 1)) {
            assertThat(training.epoch(1).complete()).isFalse();
            assertThat(training.detector().score(ToyData.rows(5, 0, 2))).containsOnly(0);
            assertThat(training.state()).isEmpty();
        }
    }

    private double[] scores(String settings, int threads, float[] test) {
        try (Training training = solve(ToyData.rows(60, 0, 1), settings, new RunControl(), threads)) {
            return training.detector().score(test);
        }
    }

    private Training solve(float[] rows, String settings, RunControl control, int threads) {
        Training training = begin(rows, settings, control, threads);
        assertThat(training.epoch(1).complete()).isTrue();
        return training;
    }

    private Training begin(float[] rows, String settings, RunControl control, int threads) {
        int count = rows.length / ToyData.FEATURES;
        TrainingData data =
                new TrainingData(new DataShape(new int[] {ToyData.FEATURES}, "none", count), rows, new float[0]);
        return lof.begin(
                values(settings),
                data,
                new TrainingContext(
                        new RandomStreams(1),
                        control,
                        "compiled",
                        threads,
                        (code, text) -> warnings.add(code + ": " + text)));
    }

    private Values values(String settings) {
        Map<String, String> texts = new java.util.HashMap<>();
        for (String setting : settings.isBlank() ? new String[0] : settings.split(" ")) {
            texts.put(setting.split("=")[0], setting.split("=")[1]);
        }
        return Values.parse(lof.descriptor().hyperparameters(), texts);
    }

    private static double[] grid(int count, int features, int levels) {
        CounterRandom random = new RandomStreams(3).stream("grid");
        double[] rows = new double[count * features];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextInt(levels);
        }
        return rows;
    }

    private static double[] doubles(float[] floats) {
        double[] doubles = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            doubles[i] = floats[i];
        }
        return doubles;
    }
}
