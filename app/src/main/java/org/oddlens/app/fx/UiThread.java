package org.oddlens.app.fx;

import java.util.concurrent.Executor;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.util.Duration;

/** Executors that end on the JavaFX thread: the only place that calls {@code Platform.runLater}. */
public final class UiThread {

    /** A pause ends with a pulse, of which there are 60 a second: the third, so at most 20 deliveries a second. */
    private static final double MILLIS_BETWEEN_REDRAWS = 40;

    private UiThread() {}

    /** Runs each task on the JavaFX thread as soon as it is free. */
    public static Executor soon() {
        return Platform::runLater;
    }

    /**
     * Runs each task on the JavaFX thread after a pause of three pulses, so that one {@link CoalescingFeed} redraws at most
     * 20 times a second.
     */
    public static Executor paced() {
        return everyMillis(MILLIS_BETWEEN_REDRAWS);
    }

    /** Runs a task on the JavaFX thread after a pause: a feed on it delivers at most 1000 / millis times a second. */
    public static Executor everyMillis(double millis) {
        return task -> Platform.runLater(() -> {
            PauseTransition pause = new PauseTransition(Duration.millis(millis));
            pause.setOnFinished(done -> task.run());
            pause.play();
        });
    }
}
