package org.oddlens.engine.detector.ocsvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.engine.CpuTime;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.Observation;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.Tensor;

/** Kernels, invariants of the solution, cost, stopping and anatomy of the one-class machine. */
class OcSvmTest {

    private final OcSvm machine = new OcSvm();
    private final List<String> warnings = new ArrayList<>();

    /** By hand, for x = (1, 2), y = (3, −1): x·y = 1, |x − y|² = 13, γ = 0.5, c = 2. */
    @ParameterizedTest
    @CsvSource({"RBF, 0.0015034391929775724", "LINEAR, 1", "POLY, 15.625", "SIGMOID, 0.98661429815143031"})
    void knowsFourKernels(Kernel.Kind kind, double expected) {
        assertThat(new Kernel(kind, 0.5, 2, 3).of(new double[] {1, 2}, 0, new double[] {3, -1}))
                .isCloseTo(expected, within(1e-14));
    }

    /** Values 1, 1, 3, 3 have mean 2 and variance 1; with two features γ = 1 / 2. No variance: γ = 1. */
    @Test
    void readsGammaByNameAndNumber() {
        double[] values = {1, 1, 3, 3};
        assertThat(OcSvm.gamma("scale", values, 2)).isEqualTo(0.5);
        assertThat(OcSvm.gamma("auto", values, 4)).isEqualTo(0.25);
        assertThat(OcSvm.gamma("0.03", values, 2)).isEqualTo(0.03);
        assertThat(OcSvm.gamma("scale", new double[] {7, 7}, 2)).isEqualTo(1);
        assertThat(values("gamma=1/8").json()).containsEntry("gamma", 0.125);
        assertThat(values("gamma=SCALE").json()).containsEntry("gamma", "scale");
    }

    /** At most a share nu of the training rows lies outside, at least that share are support vectors. */
    @ParameterizedTest
    @CsvSource({"rbf, 0.5", "rbf, 0.1", "linear, 0.3", "poly, 0.3", "rbf, 1e-6"})
    void keepsWhatNuPromises(String kernel, double nu) {
        float[] rows = ToyData.rows(300, 0, 1);
        double used = Math.max(nu, 1.0 / 300);
        try (Training training = begin(rows, "kernel=" + kernel + " nu=" + nu + " tolerance=1e-6", new RunControl())) {
            training.epoch(1);
            double[] alpha = alpha(training);
            double[] scores = training.detector().score(rows);

            assertThat(Arrays.stream(alpha).sum()).isCloseTo(used * 300, within(1e-6 * 300));
            assertThat(alpha.length).isGreaterThanOrEqualTo((int) Math.floor(used * 300));
            assertThat(Arrays.stream(scores).filter(score -> score > 1e-3).count() / 300.0)
                    .isLessThanOrEqualTo(used + 1.0 / 300);
        }
    }

    /** Far away every similarity vanishes, and the score is the offset. */
    @Test
    void givesAFarRowTheOffset() {
        try (Training training = begin(ToyData.rows(100, 0, 1), "", new RunControl())) {
            training.epoch(1);
            float[] far = new float[ToyData.FEATURES];
            Arrays.fill(far, 1e6f);
            double rho = org.oddlens.engine.detector.solved.ExactNumbers.read(
                    training.weights().get("rho-gamma"))[0];

            assertThat(training.detector().score(far)).containsExactly(rho);
        }
    }

    @Test
    void saysThatItRemembersRowsInsteadOfABoundary() {
        try (Training training = begin(ToyData.rows(100, 0, 1), "nu=0.1 gamma=1000", new RunControl())) {
            training.epoch(1);
        }
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("support-vectors", "100 of 100 training rows", "Use a smaller gamma");
    }

    @Test
    void saysBeforeTheRunWhatItCosts() {
        assertThat(machine.shape(values(""), new DataShape(new int[] {6}, "min-max", 500_000))
                        .warnings())
                .singleElement()
                .asString()
                .contains("20,000 rows make 2.0e+08 pairs", "1,600 MB", "--max-train");
        assertThat(machine.shape(values(""), new DataShape(new int[] {6}, "min-max", 2000))
                        .warnings())
                .isEmpty();
    }

    /** Half of ten thousand rows is a million similarities per row of the start: well over a second for libsvm. */
    @Test
    void answersAStopWithinASecond() {
        RunControl control = new RunControl();
        control.stopAfter(2);
        try (Training training = begin(ToyData.rows(12_000, 0, 1), "", control)) {
            boolean[] complete = {true};
            double seconds =
                    CpuTime.seconds(() -> complete[0] = training.epoch(1).complete());

            assertThat(complete[0]).isFalse();
            assertThat(seconds).isLessThan(1.0);
        }
    }

    @Test
    void drawsItsSupportVectorsWhereTheirRowsLie() {
        float[] rows = ToyData.rows(100, 0, 1);
        try (Training training = begin(rows, "nu=0.2", new RunControl())) {
            assertThat(training.detector()
                            .observe(rows)
                            .anatomy()
                            .get("support-vectors")
                            .shape())
                    .containsExactly(0, 2);
            training.epoch(1);
            Observation seen = training.detector().observe(rows);
            Tensor vectors = seen.anatomy().get("support-vectors");
            float[] codes = seen.codes().get("features").values();

            assertThat(vectors.shape()[0]).isEqualTo(alpha(training).length);
            boolean found = false;
            for (int i = 0; i < codes.length; i += 2) {
                found |= codes[i] == vectors.values()[0] && codes[i + 1] == vectors.values()[1];
            }
            assertThat(found).isTrue();
            float sum = 0;
            for (float share : seen.anatomy().get("support-vectors-use").values()) {
                sum += share;
            }
            assertThat(sum).isCloseTo(1, within(1e-5f));
        }
    }

    private static double[] alpha(Training training) {
        return org.oddlens.engine.detector.solved.ExactNumbers.read(
                training.weights().get("alpha"));
    }

    private Training begin(float[] rows, String settings, RunControl control) {
        int count = rows.length / ToyData.FEATURES;
        return machine.begin(
                values(settings),
                new TrainingData(new DataShape(new int[] {ToyData.FEATURES}, "none", count), rows, new float[0]),
                new TrainingContext(
                        new RandomStreams(1), control, "compiled", (code, text) -> warnings.add(code + ": " + text)));
    }

    private Values values(String settings) {
        Map<String, String> texts = new HashMap<>();
        for (String setting : settings.isBlank() ? new String[0] : settings.split(" ")) {
            texts.put(setting.split("=")[0], setting.split("=")[1]);
        }
        return Values.parse(machine.descriptor().hyperparameters(), texts);
    }
}
