package org.oddlens.engine.compute.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A layer and its error as the plan has them, bias, tanh, squared difference, mean over each row: fused to one
 * {@link Chain}, and with each operation a chain of its own that writes its result to memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class ChainBenchmark {

    /** Rows and columns, as in the workloads ae-6, ae-118 and ae-784. */
    @Param({"128x6", "1024x118", "128x784"})
    String shape;

    private final NativeMatrices memory = new NativeMatrices();
    private Chain fused;
    private Chain[] apart;

    @Setup
    public void prepare() {
        int[] size = Shapes.of(shape);
        Matrix in = memory.matrix(size[0], size[1]);
        Matrix target = memory.matrix(size[0], size[1]);
        Matrix bias = memory.matrix(1, size[1]);
        Matrix sum = memory.matrix(size[0], size[1]);
        Matrix activity = memory.matrix(size[0], size[1]);
        Matrix error = memory.matrix(size[0], size[1]);
        Matrix loss = memory.matrix(size[0], 1);
        memory.settle();
        List<RowOp> ops = List.of(
                RowOp.each(Kernel.ADD, 0, sum, in, bias.broadcast(2, size[0], size[1])),
                RowOp.each(Kernel.TANH, 0, activity, sum),
                RowOp.each(Kernel.SQUARED_DIFFERENCE, 0, error, activity, target),
                RowOp.reduction(RowOp.Kind.ROW_SUM, 1f / size[1], loss, error));
        fused = new Chain(ops, NativeMatrices.storages(loss));
        Set<Storage> all = NativeMatrices.storages(sum, activity, error, loss);
        List<Chain> chains = new ArrayList<>();
        ops.forEach(op -> chains.add(new Chain(List.of(op), all)));
        apart = chains.toArray(Chain[]::new);
    }

    @TearDown
    public void free() {
        memory.close();
    }

    @Benchmark
    public void fused() {
        fused.run();
    }

    @Benchmark
    public void apart() {
        for (Chain chain : apart) {
            chain.run();
        }
    }
}
