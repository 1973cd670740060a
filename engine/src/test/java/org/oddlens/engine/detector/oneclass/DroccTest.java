package org.oddlens.engine.detector.oneclass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.TrainingOn;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.Tensor;

class DroccTest {

    private static final Drocc DROCC = new Drocc();
    private static final int ROWS = 100;
    private static final float[] TOY = ToyData.rows(ROWS, 0, 1);

    private static TrainingOn on(String settings) {
        return new TrainingOn(DROCC, TOY, ToyData.FEATURES, settings);
    }

    // ---- the search ----

    @Test
    void projectsIntoTheShellAlongTheDisplacement() {
        double[] points = {3, 4, 0.6, 0.8, 2.4, 3.2};
        shell(3, 4.5).project(new double[6], points);

        assertThat(points).containsExactly(new double[] {2.7, 3.6, 1.8, 2.4, 2.4, 3.2}, within(1e-12));
    }

    @Test
    void takesAPointThatLiesOnItsRowToTheInnerRadiusInSomeDirection() {
        double[] points = {5, 5};
        shell(3, 6).project(new double[] {5, 5}, points);
        double distance = Math.hypot(points[0] - 5, points[1] - 5);

        assertThat(distance).isBetween(3 - 1e-9, 6 + 1e-9);
    }

    /** Down a slope to the left, 5 a step, from 3 right of the row; every tenth step and the last end in the shell. */
    @ParameterizedTest
    @CsvSource({"1, -2", "3, -4", "10, -4", "11, -4", "13, -4"})
    void endsInsideTheShellAfterAnyNumberOfSteps(int steps, double end) {
        double[] points = {3, 0};
        new ShellSearch(
                        new ShellSearch.Settings(steps, 5, 1, 4), 2, new RandomStreams(1).stream("directions"))
                .run(new double[2], points, (from, slopes) -> slopes[0] = 0.3);

        assertThat(points).containsExactly(new double[] {end, 0}, within(1e-12));
    }

    /** Without the tenth step's projection the eleventh would end at 3 − 11 · 5 = −52, still inside a shell of 100. */
    @Test
    void returnsToTheShellAtItsTenthStep() {
        double[] points = {3, 0};
        double[] seen = new double[11];
        int[] step = {0};
        new ShellSearch(new ShellSearch.Settings(11, 5, 1, 4), 2, new RandomStreams(1).stream("directions"))
                .run(new double[2], points, (from, slopes) -> {
                    seen[step[0]++] = from[0];
                    slopes[0] = 2;
                });

        assertThat(seen)
                .containsExactly(new double[] {3, -2, -7, -12, -17, -22, -27, -32, -37, -42, -4}, within(1e-12));
    }

    private static ShellSearch shell(double inner, double outer) {
        return new ShellSearch(
                new ShellSearch.Settings(1, 1, inner, outer), 2, new RandomStreams(1).stream("directions"));
    }

    /** On a fixed network, with small steps: what is found looks ever more normal to it. */
    @ParameterizedTest
    @CsvSource({"20", "'8,5'"})
    void neverRaisesTheMeanLogitOnItsWay(String hidden) {
        Network network = DROCC.network(
                TrainingOn.values(DROCC, "hidden=" + hidden),
                new DataShape(new int[] {3}, "none", 6),
                DataType.DOUBLE,
                new RandomStreams(2));
        double[] rows = new double[18];
        double[] points = new double[18];
        CounterRandom random = new RandomStreams(3).stream("rows");
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextGaussian();
            points[i] = rows[i] + random.nextGaussian();
        }
        double[] logits = new double[10];
        int[] step = {0};
        ShellSearch search = new ShellSearch(
                new ShellSearch.Settings(10, 1e-3, 0, Double.MAX_VALUE), 3, new RandomStreams(1).stream("unused"));
        search.run(rows, points, (from, slopes) -> {
            logits[step[0]++] = mean(output(network, NetworkDetector.SCORE, from));
            System.arraycopy(output(network, ShellRule.SLOPE, from), 0, slopes, 0, slopes.length);
        });

        for (int i = 1; i < logits.length; i++) {
            assertThat(logits[i]).as("step " + i).isLessThan(logits[i - 1]);
        }
    }

    private static double[] output(Network network, String role, double[] points) {
        INDArray at = Nd4j.createFromArray(points).reshape('c', points.length / 3, 3);
        String variable = network.outputs().get(role).variable();
        return network.graph()
                .output(Map.of("x", at), variable)
                .get(variable)
                .dup('c')
                .data()
                .asDouble();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    // ---- the training ----

    /** Of 200 epochs with a warm-up of 50: counted from 0, epochs 50, 96, 141 and 186. */
    @ParameterizedTest
    @CsvSource({"0, 1", "50, 1", "95, 1", "96, 0.1", "141, 0.01", "186, 0.001", "199, 0.001"})
    void lowersTheRateBehindTheWarmUp(int epochFromZero, double factor) {
        assertThat(ShellRule.factor(epochFromZero + 1, 200, 50)).isEqualTo(factor);
    }

    @Test
    void leavesAdversarialPointsOutInTheWarmUp() {
        try (TrainingOn run = on("epochs=8 warm-up=3")) {
            assertThat(run.epochs(3).get("adversarial")).isZero();
            assertThat(run.epochs(1).get("adversarial")).isPositive();
        }
    }

    @Test
    void takesAnotherWeightWhileItTrains() {
        try (TrainingOn run = on("epochs=8 warm-up=0")) {
            double before = run.epochs(1).get("adversarial");
            run.training().change(TrainingOn.values(DROCC, "epochs=8 warm-up=0 adversarial-weight=0.01"));

            assertThat(run.epochs(1).get("adversarial")).isLessThan(0.1 * before);
        }
    }

    @Test
    void callsNearlyAllTrainingRowsNormalInTheEnd() {
        try (TrainingOn run =
                on("epochs=120 warm-up=20 batch-size=16 learning-rate=3e-3").toTheEnd()) {
            assertThat(Arrays.stream(run.score(TOY)).filter(logit -> logit < 0).count())
                    .isGreaterThanOrEqualTo(ROWS * 9 / 10);
        }
    }

    @Test
    void trainsWithABatchLargerThanTheRows() {
        try (TrainingOn run = on("epochs=4 warm-up=1 batch-size=1000")) {
            double[] before = run.score(TOY);
            run.epochs(2);

            assertThat(run.score(TOY)).isNotEqualTo(before);
        }
    }

    @Test
    void showsAdversarialPointsAmongTheHiddenUnits() {
        try (TrainingOn run = on("epochs=3 warm-up=1 hidden=9").toTheEnd()) {
            Tensor points = run.training().detector().observe(TOY).anatomy().get("adversarial-points");

            assertThat(points.shape()).containsExactly(ShellRule.SHOWN_POINTS, 9);
            double[] values = new double[points.values().length];
            Arrays.setAll(values, i -> points.values()[i]);
            assertThat(Arrays.stream(values)).allMatch(value -> value >= 0); // units behind ReLU
            assertThat(Arrays.stream(values)).anyMatch(value -> value > 0);
        }
    }

    // ---- what it says ----

    @Test
    void takesHalfTheDiagonalOfTheUnitCubeAsRadius() {
        // 16 features: the radius is 2, and min-max scaled rows are at most 4 apart.
        assertThat(TrainingOn.shape(DROCC, 16, "min-max", "").warnings()).isEmpty();
        assertThat(TrainingOn.shape(DROCC, 16, "min-max", "radius=4.1").warnings())
                .singleElement()
                .asString()
                .contains("radius 4.10 is larger than 4.00");
        try (TrainingOn automatic = on("epochs=3 warm-up=0").toTheEnd();
                TrainingOn typed =
                        on("epochs=3 warm-up=0 radius=" + Math.sqrt(8) / 2).toTheEnd()) {
            assertThat(automatic.score(TOY)).containsExactly(typed.score(TOY));
        }
    }

    @Test
    void cutsAWarmUpThatLeavesNothing() {
        assertThat(TrainingOn.shape(DROCC, 6, "z-score", "epochs=40").warnings())
                .singleElement()
                .asString()
                .contains("warm-up of 50 epochs", "training of 40", "cut to 10");
        try (TrainingOn run = on("epochs=40")) {
            assertThat(run.epochs(10).get("adversarial")).isZero();
            assertThat(run.epochs(1).get("adversarial")).isPositive();
        }
    }

    @Test
    void refusesAPlateauAndANetworkWithoutHiddenLayers() {
        assertThatThrownBy(() -> TrainingOn.shape(DROCC, 6, "z-score", "hidden=none schedule=plateau"))
                .isInstanceOfSatisfying(InvalidValuesException.class, refused -> assertThat(refused.problems())
                        .containsOnlyKeys("hidden", "schedule"));
    }
}
