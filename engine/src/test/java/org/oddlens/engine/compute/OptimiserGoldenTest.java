package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.engine.Golden;

/**
 * Adam, AdamW, clipping and schedules against golden file 17, made with PyTorch's optimisers in double precision. Ours are
 * single precision: the file's tolerance for that is 1e-4 relative to the largest entry. Schedules are double: 1e-9.
 */
class OptimiserGoldenTest {

    private final Golden golden = Golden.open("17_optim.npz");

    @ParameterizedTest
    @CsvSource({"adam, L2, 0", "adam_l2, L2, 1", "adamw, DECOUPLED, 1"})
    void movesAsPyTorchDoesOverTwentySteps(String key, Optimiser.Decay decay, int decayed) {
        float[] parameters = golden.floats("theta0");
        double weightDecay = decayed * golden.scalar("weight_decay");
        Optimiser optimiser = Optimiser.adam(parameters.length, weightDecay, decay);
        int steps = golden.shape("grads")[0];

        for (int step = 0; step < steps; step++) {
            optimiser.step(parameters, golden.row("grads", step), golden.scalar("lr"));
            assertClose(parameters, golden.row(key, step), key + " step " + (step + 1));
        }
        assertThat(optimiser.steps()).isEqualTo(steps);
    }

    /** ε stands outside the bias correction: inside it, column 2 with its tiny gradients ends elsewhere. */
    @Test
    void tellsItsEpsilonFromTheOtherCommonForm() {
        int last = golden.shape("grads")[0] - 1;

        assertThat(Math.abs(golden.row("adam", last)[2] - golden.row("adam_epshat", last)[2]))
                .isGreaterThan(1e-3f);
    }

    @Test
    void clipsTheNormAsPyTorchDoes() {
        for (int step = 0; step < golden.shape("grads")[0]; step++) {
            float[] gradients = golden.row("grads", step);
            Optimiser.clip(gradients, golden.scalar("clip_norm"));
            assertClose(gradients, golden.row("clipped_grads", step), "clipped step " + (step + 1));
        }
    }

    private static void assertClose(float[] actual, float[] expected, String what) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).as(what).containsExactly(expected, within(1e-4f * largest));
    }

    @Test
    void followsTheCosineBeyondItsHalfPeriod() {
        Schedule schedule = new Schedule(
                Schedule.Kind.COSINE, 1, golden.scalar("cosine_min"), 3 * (int) golden.scalar("cosine_T_max"));

        assertRates(schedule, "lr_cosine");
    }

    @Test
    void followsTheSteps() {
        assertThat(golden.scalar("step_gamma")).isEqualTo(0.3);
        Schedule schedule = new Schedule(Schedule.Kind.STEP, 1, 0, 4 * (int) golden.scalar("step_size"));

        assertRates(schedule, "lr_step");
    }

    @Test
    void followsTheExponential() {
        int epochs = golden.shape("lr_exponential")[0];
        double minimum = Math.pow(golden.scalar("exponential_gamma"), epochs);

        assertRates(new Schedule(Schedule.Kind.EXPONENTIAL, 1, minimum, epochs), "lr_exponential");
    }

    @Test
    void waitsOutThePlateauWithTheProgramsConstants() {
        assertRates(new Schedule(Schedule.Kind.PLATEAU, 1, 0, 60), "lr_plateau_p10");
    }

    @Test
    void waitsOutThePlateauWithOtherConstantsAndStopsAtTheMinimum() {
        assertRates(new Schedule(Schedule.Kind.PLATEAU, 1, 0.02, 60, 0.5, 3), "lr_plateau_p3");
    }

    private void assertRates(Schedule schedule, String key) {
        double[] expected = golden.values(key);
        double[] losses = golden.values("plateau_metric");
        double[] actual = new double[expected.length];
        for (int epoch = 1; epoch <= expected.length; epoch++) {
            actual[epoch - 1] = schedule.rate(epoch);
            schedule.validated(losses[epoch - 1]);
        }
        assertThat(actual).as(key + " " + Arrays.toString(expected)).containsExactly(expected, within(1e-9));
    }
}
