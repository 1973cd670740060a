package org.oddlens.engine.compute.plan;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * A few threads that share numbered pieces of work with the caller. They wait busily for a moment after each job, because
 * the next one comes within microseconds while a network trains, and sleep after that. One job at a time,
 * none inside another.
 *
 * <p>Each is told once to use one thread of OpenMP, which keeps that number per thread.
 */
public final class Workers implements AutoCloseable {

    private static final long BUSY_NANOS = 50_000;

    private final Thread[] threads;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();
    private volatile int job;
    private volatile boolean closed;
    private volatile Throwable failure;
    private boolean resting;
    private IntConsumer work;
    private int pieces;

    /** @param count threads that compute, the caller included */
    public Workers(int count) {
        threads = new Thread[Math.max(0, count - 1)];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Thread(this::serve, "oddlens-worker-" + (i + 1));
            threads[i].setDaemon(true);
            threads[i].start();
        }
    }

    /** Threads that compute, the caller included. */
    public int count() {
        return threads.length + 1;
    }

    /** Leaves the work to the caller alone, until told otherwise. */
    public void rest(boolean resting) {
        this.resting = resting;
    }

    /** Does all pieces, numbered from 0; returns when the last is done. Which thread does which is open. */
    public void run(int count, IntConsumer piece) {
        if (resting || threads.length == 0 || count == 1) {
            for (int i = 0; i < count; i++) {
                piece.accept(i);
            }
            return;
        }
        if (unfinished.get() > 0) {
            throw new IllegalStateException("a job was started inside another one");
        }
        work = piece;
        pieces = count;
        failure = null;
        next.set(0);
        unfinished.set(threads.length);
        job++;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
        try {
            take();
        } finally {
            while (unfinished.get() > 0) {
                Thread.onSpinWait();
            }
        }
        if (failure != null) {
            throw new IllegalStateException("a worker failed", failure);
        }
    }

    private void take() {
        for (int i = next.getAndIncrement(); i < pieces; i = next.getAndIncrement()) {
            work.accept(i);
        }
    }

    private void serve() {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        int done = 0;
        while (!closed) {
            long start = System.nanoTime();
            while (job == done && !closed) {
                if (System.nanoTime() - start < BUSY_NANOS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (job != done) {
                done = job;
                try {
                    take();
                } catch (Throwable e) {
                    failure = e;
                } finally {
                    unfinished.decrementAndGet();
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }
}
