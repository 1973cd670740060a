package org.oddlens.engine.detector.oneclass;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.Golden;
import org.oddlens.engine.detector.GoldenNetwork;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.run.RandomStreams;

/**
 * Network, search and schedule against golden file 07, made in double precision with PyTorch by both trainers. The search is
 * iterative: 1e-7, as the file says; everything else has its usual tolerances.
 */
class DroccGoldenTest {

    private final Golden golden = Golden.open("07_drocc.npz");

    @Test
    void scoresAndLearnsAsTheReference() {
        GoldenNetwork network = network();
        network.input(ShellRule.ADVERSARIAL, golden.array("adv_final"));
        network.input(ShellRule.COUNTS, Nd4j.onesLike(golden.array("x").getColumns(0)));

        network.assertOutput("logit", NetworkDetector.SCORE);
        golden.assertEquals("total_loss", new double[] {network.loss(0)}, 1e-7, 1e-10);
        keys().forEach((name, key) -> golden.assertEquals("grad_" + key, network.gradient(name), 1e-7, 1e-9));
    }

    @Test
    void learnsFromNormalRowsAloneInTheWarmUp() {
        network().assertLoss("ce_loss");
    }

    @ParameterizedTest
    @CsvSource({"1, adv_after1", "9, adv_after9", "10, adv_after10", "0, adv_final"})
    void searchesTowardsWhatTheNetworkCallsNormal(int steps, String key) {
        double[] points = start();
        // Nine steps come before the first projection; the search alone would project after its last step.
        ShellSearch.Settings settings = settings(steps == 0 ? (int) golden.scalar("steps") : steps);
        boolean projects = settings.steps() % 10 == 0;
        search(projects ? settings : unbounded(settings)).run(golden.values("x"), points, slope());

        golden.assertEquals(key, points, 1e-7, 1e-10);
    }

    /** The sign error of the 13-model program goes the other way; this is how one would notice it here. */
    @Test
    void doesNotSearchAsTheProgramDoes() {
        double[] points = start();
        search(unbounded(settings(1))).run(golden.values("x"), points, slope());
        double[] wrong = golden.values("repo_adv_after1");

        Assertions.assertThat(points).doesNotContain(wrong, Assertions.within(1e-6));
    }

    @Test
    void endsInsideTheShell() {
        double[] points = start();
        double[] rows = golden.values("x");
        search(settings((int) golden.scalar("steps"))).run(rows, points, slope());
        int features = golden.shape("x")[1];
        double[] distances = new double[golden.shape("x")[0]];
        for (int i = 0; i < points.length; i++) {
            distances[i / features] += (points[i] - rows[i]) * (points[i] - rows[i]);
        }
        golden.assertEquals(
                "adv_distance", Arrays.stream(distances).map(Math::sqrt).toArray(), 1e-7, 1e-10);
    }

    @Test
    void projectsAsTheReference() {
        double[] points = golden.values("proj_h");
        ShellSearch shell =
                new ShellSearch(new ShellSearch.Settings(1, 1, 3, 4.5), 2, new RandomStreams(1).stream("unused"));
        shell.project(new double[points.length], points);

        golden.assertEquals("proj_out", points, 1e-9, 1e-12);
    }

    /** Where every unit is off the slope is 0: the point stays, and nothing is divided by 0. */
    @Test
    void staysWhereTheNetworkIsFlat() {
        GoldenNetwork network = network();
        network.set("hidden-1/bias", golden.array("dead_b1"));
        int[] shape = golden.shape("x");
        double[] points = new double[shape[0] * shape[1]];
        search(unbounded(settings(9))).run(new double[points.length], points, slope(network));

        Assertions.assertThat(Arrays.stream(points)).allMatch(coordinate -> coordinate == 0);
    }

    @Test
    void lowersTheRateAsTheReference() {
        int epochs = (int) golden.scalar("lr_epochs");
        double[] factors = new double[epochs];
        for (int epoch = 1; epoch <= epochs; epoch++) {
            factors[epoch - 1] = ShellRule.factor(epoch, epochs, (int) golden.scalar("lr_warmup"));
        }
        golden.assertEquals("lr_factor", factors, 1e-12, 0);
    }

    private ShellSearch.Settings settings(int steps) {
        double radius = golden.scalar("radius");
        return new ShellSearch.Settings(steps, golden.scalar("step_size"), radius, golden.scalar("gamma") * radius);
    }

    private static ShellSearch.Settings unbounded(ShellSearch.Settings settings) {
        return new ShellSearch.Settings(settings.steps(), settings.stepSize(), 0, Double.MAX_VALUE);
    }

    private ShellSearch search(ShellSearch.Settings settings) {
        return new ShellSearch(settings, golden.shape("x")[1], new RandomStreams(1).stream("unused"));
    }

    private double[] start() {
        double[] points = golden.values("x").clone();
        double[] noise = golden.values("noise");
        for (int i = 0; i < points.length; i++) {
            points[i] += noise[i];
        }
        return points;
    }

    private ShellSearch.Slope slope() {
        return slope(network());
    }

    /** The slope that the network itself computes. */
    private ShellSearch.Slope slope(GoldenNetwork network) {
        return (points, slopes) -> {
            INDArray at = Nd4j.createFromArray(points).reshape(golden.array("x").shape());
            double[] found = network.input("x", at)
                    .output(ShellRule.SLOPE)
                    .dup('c')
                    .data()
                    .asDouble();
            System.arraycopy(found, 0, slopes, 0, found.length);
        };
    }

    private GoldenNetwork network() {
        Map<String, String> settings = Map.of(
                "hidden",
                String.valueOf(golden.shape("W1")[1]),
                "adversarial-weight",
                String.valueOf(golden.scalar("lambda")));
        return new GoldenNetwork(golden, new Drocc(), "x", settings, keys());
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("hidden-1/weights", "W1");
        keys.put("hidden-1/bias", "b1");
        keys.put("logit/weights", "W2");
        keys.put("logit/bias", "b2");
        return keys;
    }
}
