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

/** {@link VectorMath} beside {@link Math}, number by number, over one tile of 2048 numbers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class VectorMathBenchmark {

    private static final int TILE = 2048;

    @Param({"exp", "log", "tanh", "sigmoid"})
    String function;

    private float[] out;
    private float[] a;
    private Scratch scratch;

    @Setup
    public void prepare() {
        out = new float[TILE];
        a = NativeMatrices.numbers(TILE);
        scratch = new Scratch(TILE);
    }

    @Benchmark
    public float[] ours() {
        switch (function) {
            case "exp" -> VectorMath.exp(out, a, scratch, TILE);
            case "log" -> VectorMath.log(out, a, scratch, TILE);
            case "tanh" -> VectorMath.tanh(out, a, scratch, TILE);
            default -> VectorMath.sigmoid(out, a, scratch, TILE);
        }
        return out;
    }

    @Benchmark
    public float[] javaLangMath() {
        switch (function) {
            case "exp" -> {
                for (int i = 0; i < TILE; i++) {
                    out[i] = (float) Math.exp(a[i]);
                }
            }
            case "log" -> {
                for (int i = 0; i < TILE; i++) {
                    out[i] = (float) Math.log(a[i]);
                }
            }
            case "tanh" -> {
                for (int i = 0; i < TILE; i++) {
                    out[i] = (float) Math.tanh(a[i]);
                }
            }
            default -> {
                for (int i = 0; i < TILE; i++) {
                    out[i] = (float) (1 / (1 + Math.exp(-a[i])));
                }
            }
        }
        return out;
    }
}
