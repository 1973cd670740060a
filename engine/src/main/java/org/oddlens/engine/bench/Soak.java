package org.oddlens.engine.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.graph.Network;

/**
 * Takes very many steps of one workload in one process and watches whether its memory grows. A tenth of the steps lies
 * between two looks. The first fifth counts as warming up: the Java compiler and its code are settled after it.
 */
public final class Soak {

    /** Growth up to which the memory counts as steady: 16 MiB. */
    public static final long LIMIT_BYTES = 16L << 20;

    /** Fewest steps: one for each look. */
    public static final int LOOKS = 10;

    /** Stands for a size that the system does not tell. */
    static final long UNKNOWN = -1;

    private static final int WARM_AFTER = 2;

    /** Where the sizes come from. */
    interface Memory {

        /** Bytes of live objects, after a garbage collection. */
        long heapBytes();

        /** Bytes of main memory the process holds, {@link #UNKNOWN} where the system does not tell. */
        long residentBytes();
    }

    /**
     * One look.
     *
     * @param step           steps done
     * @param seconds        since the first step, looks included
     * @param heap_bytes     live objects after a garbage collection
     * @param resident_bytes main memory of the process, −1 where the system does not tell
     */
    @SuppressWarnings("checkstyle:RecordComponentName") // keys of the JSON document
    public record Sample(long step, double seconds, long heap_bytes, long resident_bytes) {}

    /**
     * What came of it.
     *
     * @param steps           steps done
     * @param heap_growth     bytes by which the largest heap after the first fifth exceeds that at its end
     * @param resident_growth likewise of the resident size; 0 where the system does not tell
     * @param steady          whether both stay within {@link #LIMIT_BYTES}
     * @param samples         looks in order
     */
    @SuppressWarnings("checkstyle:RecordComponentName") // keys of the JSON document
    public record Result(
            String workload,
            String executor,
            int threads,
            long steps,
            long heap_growth,
            long resident_growth,
            boolean steady,
            List<Sample> samples) {}

    private final Workload workload;
    private final String executorId;
    private final Function<Network, GraphExecutor> executors;
    private final int threads;
    private final Memory memory;

    public Soak(Workload workload, String executorId, Function<Network, GraphExecutor> executors, int threads) {
        this(workload, executorId, executors, threads, new ProcessMemory());
    }

    Soak(Workload workload, String executorId, Function<Network, GraphExecutor> executors, int threads, Memory memory) {
        this.workload = workload;
        this.executorId = executorId;
        this.executors = executors;
        this.threads = threads;
        this.memory = memory;
    }

    /**
     * Takes the steps.
     *
     * @param count    steps, at least {@link #LOOKS}
     * @param listener told each look as it is made
     */
    public Result run(long count, Consumer<Sample> listener) {
        if (count < LOOKS) {
            throw new IllegalArgumentException("a soak takes at least " + LOOKS + " steps, not " + count);
        }
        List<Sample> samples = new ArrayList<>();
        try (GraphExecutor executor = executors.apply(workload.network())) {
            Steps steps = new Steps(workload, executor, true);
            long start = System.nanoTime();
            long done = 0;
            for (int look = 1; look <= LOOKS; look++) {
                for (long end = Math.multiplyExact(count, look) / LOOKS; done < end; done++) {
                    steps.step();
                }
                long heap = memory.heapBytes();
                double seconds = (System.nanoTime() - start) / 1e9;
                samples.add(new Sample(done, seconds, heap, memory.residentBytes()));
                listener.accept(samples.get(look - 1));
            }
        }
        return result(count, samples);
    }

    private Result result(long count, List<Sample> samples) {
        long heap = growth(samples.stream().map(Sample::heap_bytes).toList());
        long resident = growth(samples.stream().map(Sample::resident_bytes).toList());
        boolean steady = heap <= LIMIT_BYTES && resident <= LIMIT_BYTES;
        return new Result(workload.name(), executorId, threads, count, heap, resident, steady, List.copyOf(samples));
    }

    /** The largest after the warm-up against the size at its end; negative where it only shrinks. */
    private static long growth(List<Long> sizes) {
        long warm = sizes.get(WARM_AFTER - 1);
        return sizes.stream().skip(WARM_AFTER).mapToLong(size -> size).max().orElseThrow() - warm;
    }
}
