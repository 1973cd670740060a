package org.oddlens.engine.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The user's hand on a run: stop, pause, continue, one epoch at a time, a pace to watch, other values. Thread-safe.
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
    private final Map<String, Object> changes = new LinkedHashMap<>();
    private Consumer<Boolean> onPause = paused -> {};
    private volatile Runnable beforeBatch = () -> {};
    private Stop stop;
    private boolean paused;
    private boolean waiting;
    private int epochsAllowed;
    private long batchesAllowed = Long.MAX_VALUE;
    private double epochsPerSecond = Double.POSITIVE_INFINITY;
    private long lastEpochNanos;

    /** Tells whenever training really holds ({@code true}) or goes on ({@code false}); called on the run's thread. */
    public void onPause(Consumer<Boolean> listener) {
        synchronized (monitor) {
            onPause = listener;
        }
    }

    /** Called on the run's thread before every batch, where the weights are consistent; to be cheap. */
    public void beforeBatch(Runnable listener) {
        beforeBatch = listener;
    }

    /** Wishes another value of a live hyperparameter from the next epoch on; the last wish for a key counts. */
    public void change(String key, Object value) {
        synchronized (monitor) {
            changes.remove(key);
            changes.put(key, value);
        }
    }

    /** The values wished since the last call, in order; called by training between two epochs. */
    public Map<String, Object> takeChanges() {
        synchronized (monitor) {
            Map<String, Object> taken = new LinkedHashMap<>(changes);
            changes.clear();
            return taken;
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

    /** Stops and keeps after so many batches from now on, as if the user had done so at that moment. */
    public void stopAfter(long batches) {
        synchronized (monitor) {
            batchesAllowed = batches;
        }
    }

    /** Holds the run before its next batch. */
    public void pause() {
        synchronized (monitor) {
            paused = true;
            epochsAllowed = 0;
            monitor.notifyAll();
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

    /**
     * Lets at most so many epochs begin in a second, from now on; the results stay the same.
     *
     * @param epochs epochs a second, above 0; infinity for as fast as it can
     * @throws IllegalArgumentException if it is not above 0
     */
    public void pace(double epochs) {
        if (!(epochs > 0)) {
            throw new IllegalArgumentException("A pace must be above 0 epochs a second, not " + epochs + ".");
        }
        synchronized (monitor) {
            epochsPerSecond = epochs;
            monitor.notifyAll();
        }
    }

    /**
     * Called by training before each epoch: waits until the pace lets it begin. Does not wait for a run that is stopped,
     * paused or taken one epoch at a time.
     */
    public void keepPace() {
        synchronized (monitor) {
            while (stop == null && !paused) {
                double left = lastEpochNanos + 1e9 / epochsPerSecond - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                waitFor(left);
            }
            lastEpochNanos = System.nanoTime();
        }
    }

    /** Seconds until the pace lets the next epoch begin; what is done in them holds nothing up. 0 without a pace. */
    public double spareSeconds() {
        synchronized (monitor) {
            return Math.max(0, (lastEpochNanos + 1e9 / epochsPerSecond - System.nanoTime()) / 1e9);
        }
    }

    private void waitFor(double nanos) {
        try {
            monitor.wait(Math.max(1, Math.round(Math.min(nanos / 1e6, 1e9))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop = Stop.KEEP;
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
        beforeBatch.run();
        Consumer<Boolean> tell;
        synchronized (monitor) {
            if (batchesAllowed-- <= 0 && stop == null) {
                stop = Stop.KEEP;
            }
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
