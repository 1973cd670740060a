package org.oddlens.engine.compute;

import java.util.Random;
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

/** One step of each optimiser, and clipping alone, over as many parameters as ae-6, ae-784 and vae-784 have. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public class OptimiserBenchmark {

    @Param({"80", "222384", "1133844"})
    int parameters;

    @Param({"sgd", "sgd-momentum", "adam", "adamw", "rmsprop", "clip"})
    String optimiser;

    private float[] values;
    private float[] gradients;
    private ParameterGroups all;
    private Optimiser chosen;

    @Setup
    public void prepare() {
        Random random = new Random(1);
        values = new float[parameters];
        gradients = new float[parameters];
        for (int i = 0; i < parameters; i++) {
            values[i] = random.nextFloat() - 0.5f;
            gradients[i] = random.nextFloat() - 0.5f;
        }
        all = ParameterGroups.all(parameters);
        chosen = switch (optimiser) {
            case "sgd" -> new Sgd(new Sgd.Settings(0, false, 0, Optimiser.Decay.L2), all);
            case "sgd-momentum" -> new Sgd(new Sgd.Settings(0.9, false, 0, Optimiser.Decay.L2), all);
            case "adam" -> new Adam(Adam.Settings.DEFAULT, all);
            case "adamw" -> new Adam(Adam.Settings.DEFAULT.withDecay(0.01, Optimiser.Decay.DECOUPLED), all);
            case "rmsprop" -> new RmsProp(RmsProp.Settings.DEFAULT, all);
            default -> null;
        };
    }

    /** The gradients stay as they are, the clip's limit above their norm included, so that each step does the same. */
    @Benchmark
    public double step() {
        if (chosen == null) {
            return Optimiser.clip(gradients, Float.MAX_VALUE, all);
        }
        chosen.step(values, gradients, 1e-6);
        return values[0];
    }
}
