package org.oddlens.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacedExecutorTest {

    private static final long REST = 45;

    private long now;
    private final List<Long> started = new ArrayList<>();
    private final List<Long> waits = new ArrayList<>();
    private final PacedExecutor paced = new PacedExecutor(REST, () -> now, Runnable::run, (nanos, task) -> {
        waits.add(nanos);
        now += nanos;
        task.run();
    });

    private void wishAt(long time) {
        now = Math.max(now, time);
        paced.execute(() -> started.add(now));
    }

    @Test
    void startsTheFirstTaskAtOnce() {
        wishAt(1_000);
        assertThat(started).containsExactly(1_000L);
    }

    @Test
    void neverHoldsUpWhatComesMoreSlowlyThanTheRest() {
        wishAt(1_000);
        wishAt(1_045);
        wishAt(1_145);
        assertThat(started).containsExactly(1_000L, 1_045L, 1_145L);
        assertThat(waits).isEmpty();
    }

    @Test
    void waitsOnlyForWhatIsLeftOfTheRest() {
        wishAt(1_000);
        wishAt(1_033); // 30 a second
        assertThat(waits).containsExactly(12L);
        assertThat(started).containsExactly(1_000L, 1_045L);
    }

    @Test
    void reckonsTheNextRestFromTheLateStart() {
        wishAt(1_000);
        wishAt(1_033);
        wishAt(1_066);
        assertThat(started).containsExactly(1_000L, 1_045L, 1_090L);
    }
}
