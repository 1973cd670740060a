package org.oddlens.app.fx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FxWatchdogTest {

    private final FxScreen screen = new FxScreen();

    @AfterEach
    void close() {
        screen.close();
    }

    private List<String> seen(Runnable task) {
        FxWatchdog dog = new FxWatchdog();
        dog.awaitBeats(3);
        screen.run(task);
        dog.awaitBeats(3);
        dog.stop();
        return dog.complaints();
    }

    @Test
    void namesATaskThatComputesTooLong() {
        assertThat(seen(() -> spin(250)))
                .anySatisfy(
                        complaint -> assertThat(complaint).contains("busy for").contains("FxWatchdogTest.spin"));
    }

    @Test
    void namesATaskThatWaits() {
        assertThat(seen(() -> pause(200)))
                .anySatisfy(complaint ->
                        assertThat(complaint).contains("waits (TIMED_WAITING)").contains("FxWatchdogTest.pause"));
    }

    @Test
    void leavesShortTasksAlone() {
        assertThat(seen(() -> spin(20))).isEmpty();
    }

    @Test
    void failsATestThatDrawsWhenItsWindowCloses() {
        screen.settle();
        screen.run(() -> spin(250));
        screen.settle();
        assertThatThrownBy(screen::close).isInstanceOf(AssertionError.class).hasMessageContaining("busy for");
    }

    @Test
    void doesNotJudgeAFirstLayout() {
        screen.settle();
        screen.firstLayout(() -> spin(250));
        screen.settle();
        screen.close();
    }

    /** Uses the processor for so long, however long that takes on a busy machine. */
    private static void spin(long millis) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + millis * 1_000_000;
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
