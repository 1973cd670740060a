package org.oddlens.app.fx;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Runs a task at once when it has rested long enough since the last one, else when the rest is over. A stream of wishes that
 * is slower than the rest is thus never held up, and a faster one runs once in each rest.
 */
final class PacedExecutor implements Executor {

    /** Runs a task on the UI thread after a time. */
    interface Later {
        void run(long nanos, Runnable task);
    }

    private final long rest;
    private final LongSupplier clock;
    private final Executor soon;
    private final Later later;
    private long last;
    private boolean ran;

    /**
     * @param rest  nanoseconds from one start to the next
     * @param clock nanoseconds
     * @param soon  runs a task on the UI thread, from any thread
     */
    PacedExecutor(long rest, LongSupplier clock, Executor soon, Later later) {
        this.rest = rest;
        this.clock = clock;
        this.soon = soon;
        this.later = later;
    }

    @Override
    public void execute(Runnable task) {
        soon.execute(() -> {
            long wait = ran ? last + rest - clock.getAsLong() : 0;
            if (wait > 0) {
                later.run(wait, () -> start(task));
            } else {
                start(task);
            }
        });
    }

    private void start(Runnable task) {
        ran = true;
        last = clock.getAsLong();
        task.run();
    }
}
