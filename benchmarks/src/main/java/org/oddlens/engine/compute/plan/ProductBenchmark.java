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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The three {@link Product}s of a dense layer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class ProductBenchmark {

    /** Rows, inputs and outputs of a layer: of ae-6, memae-12's memory, ae-118 and the first layers of ae-784, vae-784. */
    @Param({"128x6x4", "32x2x250", "1024x118x64", "128x784x128", "128x784x512"})
    String layer;

    private final NativeMatrices memory = new NativeMatrices();
    private final Workers workers = new Workers(1);
    private Product forward;
    private Product towardsInput;
    private Product towardsWeights;

    @Setup
    public void prepare() {
        int[] size = Shapes.of(layer);
        Matrix in = memory.matrix(size[0], size[1]);
        Matrix weights = memory.matrix(size[1], size[2]);
        Matrix out = memory.matrix(size[0], size[2]);
        Matrix outGradient = memory.matrix(size[0], size[2]);
        Matrix inGradient = memory.matrix(size[0], size[1]);
        Matrix weightGradient = memory.matrix(size[1], size[2]);
        memory.settle();
        forward = new Product(in, false, weights, false, out, AlikeRows.ALL, workers);
        towardsInput = new Product(outGradient, false, weights, true, inGradient, AlikeRows.ALL, workers);
        towardsWeights = new Product(in, true, outGradient, false, weightGradient, AlikeRows.ALL, workers);
    }

    @TearDown
    public void free() {
        workers.close();
        memory.close();
    }

    @Benchmark
    public void forward() {
        forward.run();
    }

    @Benchmark
    public void towardsInput() {
        towardsInput.run();
    }

    @Benchmark
    public void towardsWeights() {
        towardsWeights.run();
    }
}
