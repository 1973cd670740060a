package org.oddlens.engine.compute.plan;

import java.util.List;
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

/** {@link ColumnSums}, the gradient of a bias, beside the loop over rows that {@link Chain} uses within a tile. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class ColumnSumsBenchmark {

    /** Rows and columns. */
    @Param({"128x6", "1024x118", "128x784"})
    String shape;

    private final NativeMatrices memory = new NativeMatrices();
    private ColumnSums sums;
    private Chain loop;

    @Setup
    public void prepare() {
        int[] size = Shapes.of(shape);
        Matrix in = memory.matrix(size[0], size[1]);
        Matrix out = memory.matrix(1, size[1]);
        memory.settle();
        sums = new ColumnSums(in, out, 1);
        loop = new Chain(List.of(RowOp.reduction(RowOp.Kind.COLUMN_SUM, 1, out, in)), NativeMatrices.storages(out));
    }

    @TearDown
    public void free() {
        sums.close();
        memory.close();
    }

    @Benchmark
    public void gemv() {
        sums.run();
    }

    @Benchmark
    public void loop() {
        loop.run();
    }
}
