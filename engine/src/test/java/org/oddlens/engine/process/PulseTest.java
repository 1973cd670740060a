package org.oddlens.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Looks every half second at an engine, by a clock that the test moves. */
class PulseTest {

    private long nanos = 1;
    private final Pulse pulse = new Pulse(() -> nanos);

    /** The last of the looks that fit into so many milliseconds, one after each half second. */
    private Pulse.Finding after(long millis, boolean alive) {
        Pulse.Finding found = Pulse.Finding.WELL;
        for (long passed = 0; passed < millis; passed += Pulse.CHECK_MILLIS) {
            nanos += Pulse.CHECK_MILLIS * 1_000_000;
            found = pulse.check(alive);
        }
        return found;
    }

    private void beat() {
        pulse.heard();
        pulse.beat();
        pulse.read();
    }

    @Test
    void givesAnEngineThatHasBeatenThreeSeconds() {
        beat();
        assertThat(after(3_000, true)).isEqualTo(Pulse.Finding.WELL);
        assertThat(after(500, true)).isEqualTo(Pulse.Finding.SILENT);
        assertThat(pulse.silentSeconds()).isEqualTo(3);
    }

    @Test
    void beginsToCountAnewWithEveryLine() {
        beat();
        after(2_500, true);
        pulse.heard();
        pulse.read();
        assertThat(after(3_000, true)).isEqualTo(Pulse.Finding.WELL);
    }

    @Test
    void givesAnEngineThatStartsAMinute() {
        assertThat(after(60_000, true)).isEqualTo(Pulse.Finding.WELL);
        assertThat(after(500, true)).isEqualTo(Pulse.Finding.SILENT);
    }

    @Test
    void waitsASecondForTheLastWordsOfADeadEngine() {
        beat();
        assertThat(after(1_500, false)).isEqualTo(Pulse.Finding.WELL);
        assertThat(after(500, false)).isEqualTo(Pulse.Finding.DEAD);
    }

    @Test
    void givesUpNobodyWhoseWordsAreStillBeingRead() {
        beat();
        pulse.heard();
        assertThat(after(10_000, true)).isEqualTo(Pulse.Finding.WELL);
        assertThat(after(10_000, false)).isEqualTo(Pulse.Finding.WELL);
        pulse.read();
        assertThat(after(1_500, false)).isEqualTo(Pulse.Finding.DEAD);
    }

    /** The computer slept, or this process was held: the engine had no chance to be heard. */
    @Test
    void forgivesASilenceInWhichNobodyLooked() {
        beat();
        nanos += 3_600_000_000_000L;
        assertThat(pulse.check(true)).isEqualTo(Pulse.Finding.WELL);
        assertThat(after(3_000, true)).isEqualTo(Pulse.Finding.WELL);
        assertThat(after(500, true)).isEqualTo(Pulse.Finding.SILENT);
    }
}
