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

/** {@link PatchProduct} for the six convolutions of conv-784, batch 128: forward, towards the input, towards the weights. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class PatchProductBenchmark {

    private static final int BATCH = 128;

    /** Side of the image, channels in, channels out, stride; windows are 3 × 3 with one row of zeros around the image. */
    @Param({"28x1x16x2", "14x16x32x2", "7x32x64x2", "7x64x32x1", "14x32x16x1", "28x16x1x1"})
    String convolution;

    private final NativeMatrices memory = new NativeMatrices();
    private PatchProduct forward;
    private PatchProduct towardsInput;
    private PatchProduct towardsWeights;

    @Setup
    public void prepare() {
        int[] size = Shapes.of(convolution);
        int side = size[0];
        int stride = size[3];
        int grid = (side + 2 - 3) / stride + 1;
        PatchGeometry geometry = new PatchGeometry(side, side, size[1], grid, grid, 3, 3, stride, stride, 1, 1, 1, 1);
        int depth = size[2];
        Matrix image = memory.matrix(BATCH, geometry.imageLength());
        Matrix weights = memory.matrix(geometry.patchLength(), depth);
        Matrix out = memory.matrix(BATCH * geometry.places(), depth);
        Matrix outGradient = memory.matrix(BATCH * geometry.places(), depth);
        Matrix imageGradient = memory.matrix(BATCH, geometry.imageLength());
        Matrix weightGradient = memory.matrix(geometry.patchLength(), depth);
        memory.settle();
        forward = new PatchProduct(PatchProduct.Direction.FORWARD, geometry, depth, image, weights, out);
        towardsInput =
                new PatchProduct(PatchProduct.Direction.SCATTER, geometry, depth, outGradient, weights, imageGradient);
        towardsWeights =
                new PatchProduct(PatchProduct.Direction.WEIGHTS, geometry, depth, image, outGradient, weightGradient);
    }

    @TearDown
    public void free() {
        forward.close();
        towardsInput.close();
        towardsWeights.close();
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
