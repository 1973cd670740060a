package org.oddlens.engine.compute.plan;

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
import org.openjdk.jmh.annotations.Warmup;

/** {@link RowKernels} over one tile of at most 2048 numbers, in rows as wide as codes, features and memories are. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class RowKernelsBenchmark {

    private static final int TILE = 2048;

    @Param({"2", "6", "118", "784"})
    int columns;

    private int rows;
    private float[] tile;
    private float[] perRow;
    private float[] perColumn;
    private float[] wide;

    @Setup
    public void prepare() {
        rows = TILE / columns;
        tile = NativeMatrices.numbers(rows * columns);
        perRow = NativeMatrices.numbers(rows);
        perColumn = new float[columns];
        wide = new float[rows * columns];
    }

    @Benchmark
    public float[] sums() {
        RowKernels.sums(tile, perRow, rows, columns, 0.5f);
        return perRow;
    }

    @Benchmark
    public double total() {
        return RowKernels.total(tile, rows * columns);
    }

    @Benchmark
    public float[] maxima() {
        RowKernels.maxima(tile, perRow, rows, columns);
        return perRow;
    }

    @Benchmark
    public float[] addColumns() {
        RowKernels.addColumns(tile, perColumn, rows);
        return perColumn;
    }

    @Benchmark
    public float[] spread() {
        RowKernels.spread(perRow, wide, rows, columns);
        return wide;
    }
}
