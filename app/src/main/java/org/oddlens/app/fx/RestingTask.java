package org.oddlens.app.fx;

import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.util.Duration;

/**
 * Does a task at once, then not again until a rest is over; of several wishes during the rest one is kept. Parts that
 * are dear to redraw use it, so that they leave time for the latent view. UI thread only.
 */
public final class RestingTask {

    private final Runnable task;
    private final PauseTransition rest;
    private boolean waiting;

    /** @param millis shortest time between two starts of the task */
    public RestingTask(double millis, Runnable task) {
        this.task = task;
        this.rest = new PauseTransition(Duration.millis(millis));
        rest.setOnFinished(done -> {
            if (waiting) {
                now();
            }
        });
    }

    /** Does the task now or when the rest is over. */
    public void wish() {
        if (rest.getStatus() == Animation.Status.RUNNING) {
            waiting = true;
        } else {
            now();
        }
    }

    /** Does the task now, whatever the rest. */
    public void now() {
        waiting = false;
        rest.playFromStart();
        task.run();
    }

    /** Forgets a wish that waits. */
    public void forget() {
        waiting = false;
    }
}
