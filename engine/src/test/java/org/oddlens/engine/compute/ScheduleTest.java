package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates by hand, without golden vectors. */
class ScheduleTest {

    private static void validated(Schedule schedule, double loss, int epochs) {
        for (int i = 0; i < epochs; i++) {
            schedule.validated(loss);
        }
    }

    @Test
    void lowersItsRateAfterMoreThanTenEpochsWithoutGain() {
        Schedule plateau = new Schedule(Schedule.Kind.PLATEAU, 0.1, 1e-5, 100);
        plateau.validated(1);
        validated(plateau, 1, 10);
        assertThat(plateau.rate(12)).isEqualTo(0.1);

        plateau.validated(1);

        assertThat(plateau.rate(13)).isCloseTo(0.02, within(1e-15));
    }

    @Test
    void takesALiveRateOnItsPlateauAtOnceAndCountsOn() {
        Schedule plateau = new Schedule(Schedule.Kind.PLATEAU, 0.1, 1e-5, 100);
        plateau.validated(1);
        validated(plateau, 1, 6);

        plateau.restart(0.5);

        assertThat(plateau.rate(8)).isEqualTo(0.5);
        validated(plateau, 1, 4);
        assertThat(plateau.rate(12)).isEqualTo(0.5);
        plateau.validated(1);
        assertThat(plateau.rate(13)).isCloseTo(0.1, within(1e-15));
    }

    /** A loss below 0.9999 of the best is a gain, one above is none. */
    @Test
    void startsCountingAgainWithAGain() {
        Schedule plateau = new Schedule(Schedule.Kind.PLATEAU, 0.1, 1e-5, 100);
        plateau.validated(1);
        validated(plateau, 0.99995, 10);
        plateau.validated(0.9998);
        validated(plateau, 0.9998, 10);
        assertThat(plateau.rate(30)).isEqualTo(0.1);
        plateau.validated(0.9998);
        assertThat(plateau.rate(31)).isCloseTo(0.02, within(1e-15));
    }

    @Test
    void endsItsPlateauAtTheLowestRate() {
        Schedule plateau = new Schedule(Schedule.Kind.PLATEAU, 0.1, 0.05, 100);
        plateau.validated(1);
        validated(plateau, 1, 50);
        assertThat(plateau.rate(60)).isEqualTo(0.05);
    }

    /** A live rate below the minimum counts: the minimum gives way, and comes back with a larger rate. */
    @Test
    void neverRaisesALiveRateToItsMinimum() {
        Schedule step = new Schedule(Schedule.Kind.STEP, 0.1, 0.01, 8);
        step.restart(0.001);
        assertThat(step.rate(1)).isEqualTo(0.001);
        assertThat(step.rate(7)).isEqualTo(0.001);
        step.restart(0.1);
        assertThat(step.rate(8)).isEqualTo(0.01);
    }

    /** Of 8 epochs and 0.8 → 0.1: exponential ends one eighth above its minimum; step every 2; cosine over 2, then up. */
    @ParameterizedTest
    @CsvSource({
        "CONSTANT, 8, 0.8",
        "EXPONENTIAL, 1, 0.8",
        "EXPONENTIAL, 5, 0.282842712474619",
        "EXPONENTIAL, 9, 0.1",
        "STEP, 2, 0.8",
        "STEP, 3, 0.24",
        "STEP, 5, 0.1",
        "COSINE, 1, 0.8",
        "COSINE, 2, 0.45",
        "COSINE, 3, 0.1",
        "COSINE, 5, 0.8"
    })
    void givesTheRateOfAnEpoch(Schedule.Kind kind, int epoch, double rate) {
        assertThat(new Schedule(kind, 0.8, 0.1, 8).rate(epoch)).isCloseTo(rate, within(1e-12));
    }

    @Test
    void changesItsRateWhenAMilestoneIsDone() {
        Schedule schedule = Schedule.milestones(1, 0.1, 2, 5);
        assertThat(schedule.rate(2)).isEqualTo(1);
        assertThat(schedule.rate(3)).isCloseTo(0.1, within(1e-15));
        assertThat(schedule.rate(6)).isCloseTo(0.01, within(1e-15));
    }
}
