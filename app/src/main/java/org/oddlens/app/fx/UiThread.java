package org.oddlens.app.fx;

import java.util.concurrent.Executor;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.util.Duration;

/** Executors that end on the JavaFX thread: the only place that calls {@code Platform.runLater}. */
public final class UiThread {

    /** A pause ends with a pulse, of which there are 60 a second: the third, so about 20 deliveries a second. */
    private static final long NANOS_BETWEEN_REDRAWS = 45_000_000;

    private UiThread() {}

    /** Runs each task on the JavaFX thread as soon as it is free. */
    public static Executor soon() {
        return Platform::runLater;
    }

    /**
     * Runs a task on the JavaFX thread at once, or three pulses after the one before, so that one {@link CoalescingFeed}
     * redraws about 20 times a second at most and is not held up when less comes.
     */
    public static Executor paced() {
        return new PacedExecutor(
                NANOS_BETWEEN_REDRAWS, System::nanoTime, soon(), (nanos, task) -> after(nanos / 1e6, task));
    }

    /** Runs each task on the JavaFX thread after a pause. */
    public static Executor afterMillis(double millis) {
        return task -> Platform.runLater(() -> after(millis, task));
    }

    private static void after(double millis, Runnable task) {
        PauseTransition pause = new PauseTransition(Duration.millis(millis));
        pause.setOnFinished(done -> task.run());
        pause.play();
    }
}
