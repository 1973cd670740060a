package org.oddlens.engine.run;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * The user's hand on a run: stop, pause, continue, one epoch at a time. Thread-safe.
 *
 * <p>Training asks {@link #mayContinue} before every batch. A pause holds it there, between two batches, where the
 * weights are consistent; a stop makes it answer no.
 */
public final class RunControl {

    /** What is to become of the model when a run is stopped. */
    public enum Stop {
        KEEP,
        DISCARD
    }

    private final Object monitor = new Object();
    private Consumer<Boolean> onPause = paused -> {};
    private Stop stop;
    private boolean paused;
    private boolean waiting;
    private int epochsAllowed;

    /** Tells whenever training really holds ({@code true}) or goes on ({@code false}); called on the run's thread. */
    public void onPause(Consumer<Boolean> listener) {
        synchronized (monitor) {
            onPause = listener;
        }
    }

    /** Ends the run before its next batch. A discard overrides a stop-and-keep, never the other way round. */
    public void stop(Stop wanted) {
        synchronized (monitor) {
            if (stop != Stop.DISCARD) {
                stop = wanted;
            }
            monitor.notifyAll();
        }
    }

    /** Holds the run before its next batch. */
    public void pause() {
        synchronized (monitor) {
            paused = true;
            epochsAllowed = 0;
        }
    }

    /** Lets a held run go on. */
    public void proceed() {
        synchronized (monitor) {
            paused = false;
            epochsAllowed = 0;
            monitor.notifyAll();
        }
    }

    /** Lets the run go on to the end of the current (or, between two epochs, the next) epoch and holds it there. */
    public void stepEpoch() {
        synchronized (monitor) {
            paused = true;
            epochsAllowed++;
            monitor.notifyAll();
        }
    }

    /** Called by training after each epoch. */
    public void epochDone() {
        synchronized (monitor) {
            if (epochsAllowed > 0) {
                epochsAllowed--;
            }
        }
    }

    /**
     * Waits while the run is paused.
     *
     * @return false if the run is to end now
     */
    public boolean mayContinue() {
        Consumer<Boolean> tell;
        synchronized (monitor) {
            if (stop != null) {
                return false;
            }
            if (!paused || epochsAllowed > 0) {
                return true;
            }
            waiting = true;
            tell = onPause;
        }
        tell.accept(true);
        boolean goOn = await();
        tell.accept(false);
        return goOn;
    }

    private boolean await() {
        synchronized (monitor) {
            while (paused && epochsAllowed == 0 && stop == null) {
                try {
                    monitor.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    stop = Stop.KEEP;
                }
            }
            waiting = false;
            return stop == null;
        }
    }

    /** The stop asked for, if any. */
    public Optional<Stop> requestedStop() {
        synchronized (monitor) {
            return Optional.ofNullable(stop);
        }
    }

    /** Whether training holds between two batches right now. */
    public boolean isWaiting() {
        synchronized (monitor) {
            return waiting;
        }
    }
}
