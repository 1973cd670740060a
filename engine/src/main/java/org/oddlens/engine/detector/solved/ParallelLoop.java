package org.oddlens.engine.detector.solved;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Does the same for many items on several threads, in rounds between which a stop is heard. Each item writes to places of
 * its own, so the result does not depend on the number of threads. The threads end with the loop.
 */
public final class ParallelLoop {

    private static final int SMALL = 64;

    private final int threads;
    private final BooleanSupplier goesOn;

    /**
     * @param threads at least 1
     * @param goesOn  asked before every round, on the calling thread
     */
    public ParallelLoop(int threads, BooleanSupplier goesOn) {
        this.threads = threads;
        this.goesOn = goesOn;
    }

    /**
     * Runs {@code body} for 0 to {@code count} − 1.
     *
     * @param round items between two questions whether to go on
     * @return false if told not to go on; some items have not been done then
     */
    public boolean run(int count, int round, IntConsumer body) {
        if (threads == 1 || count < SMALL) {
            return rounds(count, round, (from, to) -> IntStream.range(from, to).forEach(body));
        }
        ThreadFactory daemons = Executors.defaultThreadFactory();
        ExecutorService pool = Executors.newFixedThreadPool(threads, task -> {
            var thread = daemons.newThread(task);
            thread.setDaemon(true);
            return thread;
        });
        try {
            return rounds(count, round, (from, to) -> share(pool, from, to, body));
        } finally {
            pool.shutdownNow();
        }
    }

    private interface Span {
        void run(int from, int to);
    }

    private boolean rounds(int count, int round, Span span) {
        for (int from = 0; from < count; from += round) {
            if (!goesOn.getAsBoolean()) {
                return false;
            }
            span.run(from, Math.min(count, from + round));
        }
        return true;
    }

    private void share(ExecutorService pool, int from, int to, IntConsumer body) {
        Future<?>[] parts = new Future<?>[threads];
        for (int t = 0; t < threads; t++) {
            int first = from + t; // every threads-th item: neighbouring items cost alike
            parts[t] = pool.submit(() -> {
                for (int i = first; i < to; i += threads) {
                    body.accept(i);
                }
            });
        }
        for (Future<?> part : parts) {
            await(part);
        }
    }

    private static void await(Future<?> part) {
        try {
            part.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new CompletionException(e.getCause());
        }
    }
}
