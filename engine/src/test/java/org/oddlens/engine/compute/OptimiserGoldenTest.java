package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oddlens.engine.Golden;
import org.oddlens.engine.graph.ParameterLayout;

/**
 * Optimisers, clipping and schedules against golden file 17, made with PyTorch's optimisers in double precision. Ours are
 * single precision: the file's tolerance for that is 1e-4 relative to the largest entry. Schedules are double: 1e-9.
 */
class OptimiserGoldenTest {

    private final Golden golden = Golden.open("17_optim.npz");

    static Stream<Arguments> optimisers() {
        return Stream.of(
                adam("adam", (settings, decay) -> settings),
                adam("adam_beta05", (settings, decay) -> settings.withBeta1(0.5)),
                adam("adam_l2", (settings, decay) -> settings.withDecay(decay, Optimiser.Decay.L2)),
                adam("adamw", (settings, decay) -> settings.withDecay(decay, Optimiser.Decay.DECOUPLED)),
                adam("amsgrad", (settings, decay) -> settings.withAmsGrad()),
                adam("adam_epshat", (settings, decay) -> settings.withEpsilonInside()),
                adam("adam_epshat_l2", (settings, decay) -> settings.withEpsilonInside()
                        .withDecay(decay, Optimiser.Decay.L2)),
                rmsProp("rmsprop", RmsProp.Settings.DEFAULT),
                rmsProp("rmsprop_momentum", RmsProp.Settings.DEFAULT.withMomentum(0.9)),
                sgd("sgd", 0, false, 0),
                sgd("sgd_momentum", 0.9, false, 0),
                sgd("sgd_nesterov", 0.9, true, 0),
                sgd("sgd_momentum_l2", 0.9, false, 1));
    }

    private static Arguments adam(String key, BiFunction<Adam.Settings, Double, Adam.Settings> settings) {
        return Arguments.of(key, (BiFunction<ParameterGroups, Double, Optimiser>)
                (groups, decay) -> new Adam(settings.apply(Adam.Settings.DEFAULT, decay), groups));
    }

    private static Arguments rmsProp(String key, RmsProp.Settings settings) {
        return Arguments.of(
                key, (BiFunction<ParameterGroups, Double, Optimiser>) (groups, decay) -> new RmsProp(settings, groups));
    }

    private static Arguments sgd(String key, double momentum, boolean nesterov, int decayed) {
        return Arguments.of(key, (BiFunction<ParameterGroups, Double, Optimiser>) (groups, decay) ->
                new Sgd(new Sgd.Settings(momentum, nesterov, decayed * decay, Optimiser.Decay.L2), groups));
    }

    @ParameterizedTest
    @MethodSource("optimisers")
    void movesAsTheReferenceDoesOverTwentySteps(String key, BiFunction<ParameterGroups, Double, Optimiser> maker) {
        float[] parameters = golden.floats("theta0");
        Optimiser optimiser = maker.apply(ParameterGroups.all(parameters.length), golden.scalar("weight_decay"));
        int steps = golden.shape("grads")[0];

        for (int step = 0; step < steps; step++) {
            optimiser.step(parameters, golden.row("grads", step), golden.scalar("lr"));
            assertClose(parameters, golden.row(key, step), key + " step " + (step + 1));
        }
        assertThat(optimiser.steps()).isEqualTo(steps);
    }

    /** Stopped after any step and taken up by another optimiser: the same bits. */
    @ParameterizedTest
    @MethodSource("optimisers")
    void goesOnFromItsStateToTheSameBits(String key, BiFunction<ParameterGroups, Double, Optimiser> maker) {
        int steps = golden.shape("grads")[0];
        for (int cut = 0; cut <= steps; cut += 7) {
            float[] whole = golden.floats("theta0").clone();
            float[] resumed = whole.clone();
            ParameterGroups groups = ParameterGroups.all(whole.length);
            Optimiser undisturbed = maker.apply(groups, 0.1);
            Optimiser stopped = maker.apply(groups, 0.1);
            for (int step = 0; step < steps; step++) {
                if (step == cut) {
                    Optimiser next = maker.apply(groups, 0.1);
                    next.restore(stopped.steps(), stopped.state());
                    stopped = next;
                }
                undisturbed.step(whole, golden.row("grads", step), 0.01);
                stopped.step(resumed, golden.row("grads", step), 0.01);
            }
            assertThat(resumed).as(key + " cut after " + cut).containsExactly(whole);
        }
    }

    /** What lies in no group keeps its bits, decay or not; the others move as if they were alone. */
    @ParameterizedTest
    @MethodSource("optimisers")
    void movesItsOwnGroupsOnly(String key, BiFunction<ParameterGroups, Double, Optimiser> maker) {
        float[] alone = golden.floats("theta0");
        int length = alone.length;
        ParameterLayout layout = new ParameterLayout(List.of(
                new ParameterLayout.Entry("critic/weights", new int[] {2}, 0, 2),
                new ParameterLayout.Entry("encoder/weights", new int[] {length}, 2, length),
                new ParameterLayout.Entry("critic/bias", new int[] {1}, length + 2, 1)));
        float[] together = new float[length + 3];
        Arrays.fill(together, 3);
        System.arraycopy(alone, 0, together, 2, length);
        Optimiser one = maker.apply(ParameterGroups.all(length), 0.1);
        Optimiser some = maker.apply(ParameterGroups.of(layout, name -> name.startsWith("encoder") ? 0.5 : 0), 0.1);
        for (int step = 0; step < golden.shape("grads")[0]; step++) {
            float[] gradients = new float[length + 3];
            Arrays.fill(gradients, 1e30f); // another player's, and far beyond
            System.arraycopy(golden.row("grads", step), 0, gradients, 2, length);
            one.step(alone, golden.row("grads", step), 0.5 * 0.01);
            some.step(together, gradients, 0.01);
        }

        assertThat(Arrays.copyOfRange(together, 2, 2 + length)).as(key).containsExactly(alone);
        assertThat(together[0]).isEqualTo(3);
        assertThat(together[1]).isEqualTo(3);
        assertThat(together[length + 2]).isEqualTo(3);
        assertThat(maker.apply(ParameterGroups.all(length), 0.1).state().keySet())
                .isEqualTo(one.state().keySet());
    }

    /** A step is called hundreds of thousands of times a second. */
    @ParameterizedTest
    @MethodSource("optimisers")
    void allocatesNothing(String key, BiFunction<ParameterGroups, Double, Optimiser> maker) {
        float[] parameters = golden.floats("theta0");
        float[] gradients = golden.row("grads", 0);
        Optimiser optimiser = maker.apply(ParameterGroups.all(parameters.length), 0.1);
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) { // the first calls of a method may load classes
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int step = 0; step < 1000; step++) {
                optimiser.step(parameters, gradients, 1e-3);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).as(key).isZero();
    }

    @Test
    void refusesAStateOfAnotherKindOrLength() {
        Optimiser adam = Optimiser.adam(6, 0, Optimiser.Decay.L2);
        Optimiser sgd = new Sgd(new Sgd.Settings(0.9, false, 0, Optimiser.Decay.L2), ParameterGroups.all(6));

        assertThatThrownBy(() -> adam.restore(1, sgd.state()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'first' of 6");
        assertThatThrownBy(() ->
                        adam.restore(1, Optimiser.adam(5, 0, Optimiser.Decay.L2).state()))
                .hasMessageContaining("[5]");
    }

    @Test
    void clipsOnePlayersGradientsByTheirOwnNorm() {
        ParameterLayout layout = new ParameterLayout(List.of(
                new ParameterLayout.Entry("a", new int[] {2}, 0, 2),
                new ParameterLayout.Entry("b", new int[] {1}, 2, 1)));
        float[] gradients = {3, 4, 1000};

        double norm = Optimiser.clip(gradients, 1, ParameterGroups.of(layout, name -> name.equals("a") ? 1 : 0));

        assertThat(norm).isEqualTo(5);
        assertThat(gradients).containsExactly(new float[] {0.6f, 0.8f, 1000}, within(1e-6f));
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
            Optimiser.clip(gradients, golden.scalar("clip_norm"), ParameterGroups.all(gradients.length));
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
        assertRates(new Schedule(Schedule.Kind.PLATEAU, 1, 0.02, 60, 0.5, 3, new int[0], 1), "lr_plateau_p3");
    }

    @Test
    void fallsAtEachMilestone() {
        int[] milestones = Arrays.stream(golden.values("milestones"))
                .mapToInt(m -> (int) m)
                .toArray();

        assertRates(Schedule.milestones(1, 0.1, milestones), "lr_multistep");
    }

    @Test
    void takesUpAPlateauWhereItWasLeft() {
        double[] losses = golden.values("plateau_metric");
        Schedule whole = new Schedule(Schedule.Kind.PLATEAU, 1, 0, 60);
        Schedule part = new Schedule(Schedule.Kind.PLATEAU, 1, 0, 60);
        for (int epoch = 1; epoch <= losses.length; epoch++) {
            assertThat(part.rate(epoch)).isEqualTo(whole.rate(epoch));
            whole.validated(losses[epoch - 1]);
            part.validated(losses[epoch - 1]);
            Schedule next = new Schedule(Schedule.Kind.PLATEAU, 1, 0, 60);
            next.restore(part.state());
            part = next;
        }
        assertThat(part.rate(61)).isLessThan(1);
    }

    /** The curve of a schedule that had the new start from the beginning, from the change on. */
    @Test
    void goesOnFromAnotherStartAsIfItHadAlwaysHadIt() {
        for (Schedule.Kind kind : List.of(Schedule.Kind.CONSTANT, Schedule.Kind.EXPONENTIAL, Schedule.Kind.COSINE)) {
            Schedule changed = new Schedule(kind, 1, 0.01, 60);
            changed.restart(0.5);
            assertThat(changed.rate(30)).as(kind.name()).isEqualTo(new Schedule(kind, 0.5, 0.01, 60).rate(30));
        }
        Schedule lower = new Schedule(Schedule.Kind.COSINE, 1, 0.1, 60);
        lower.restart(0.01); // below the minimum: stays there
        assertThat(lower.rate(30)).isEqualTo(0.01);
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
