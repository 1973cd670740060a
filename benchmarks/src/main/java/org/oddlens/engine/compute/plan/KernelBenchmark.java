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

/** Each {@link Kernel} over one tile of 2048 numbers; {@link VectorMath} stands behind EXP, LOG, TANH and SIGMOID. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class KernelBenchmark {

    private static final int TILE = 2048;

    @Param({
        "COPY", "ADD", "SUB", "MUL", "DIV", "SQUARED_DIFFERENCE", "DIFFERENCE_K", "POW", "POW_K", "ADD_K", "MUL_K",
                "DIV_K",
        "K_SUB", "K_DIV", "GREATER_K", "NEG", "ABS", "SQRT", "LOG", "EXP", "RELU", "LEAKY_RELU", "TANH", "SIGMOID",
        "RELU_BACK", "LEAKY_RELU_BACK", "TANH_BACK", "SIGMOID_BACK", "SQUARED_DIFFERENCE_BACK", "DIV_BACK_B"
    })
    String name;

    private Kernel kernel;
    private float[] out;
    private float[] a;
    private float[] b;
    private float[] c;
    private Scratch scratch;

    @Setup
    public void prepare() {
        kernel = Kernel.valueOf(name);
        out = new float[TILE];
        a = NativeMatrices.numbers(TILE);
        b = NativeMatrices.numbers(TILE);
        c = NativeMatrices.numbers(TILE);
        scratch = new Scratch(TILE);
    }

    @Benchmark
    public float[] tile() {
        kernel.apply(out, a, b, c, 0.5f, scratch, TILE);
        return out;
    }
}
