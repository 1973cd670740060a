package org.oddlens.app.fx;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Carries items from any thread to the UI thread in batches: however many are published, at most one delivery is
 * waiting at a time. Nothing is dropped, and the order of one publisher is kept.
 *
 * @param <T> what is carried; immutable
 */
public final class CoalescingFeed<T> {

    private final Queue<T> pending = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean deliveryWaiting = new AtomicBoolean();
    private final Executor uiThread;
    private final Consumer<List<T>> sink;

    /**
     * @param uiThread runs a task later on the UI thread: {@link UiThread#paced} in the app, a plain queue in a test
     * @param sink     receives each batch on that thread, never empty
     */
    public CoalescingFeed(Executor uiThread, Consumer<List<T>> sink) {
        this.uiThread = uiThread;
        this.sink = sink;
    }

    /** Never blocks; safe to call from the run thread for every batch. */
    public void publish(T item) {
        pending.add(item);
        if (deliveryWaiting.compareAndSet(false, true)) {
            uiThread.execute(this::deliver);
        }
    }

    private void deliver() {
        deliveryWaiting.set(false); // before emptying: an item added from here on asks for its own delivery
        List<T> batch = new ArrayList<>();
        for (int left = pending.size(); left > 0; left--) { // bounded: a fast publisher cannot keep this loop alive
            batch.add(pending.remove());
        }
        if (!batch.isEmpty()) {
            sink.accept(batch);
        }
    }
}
