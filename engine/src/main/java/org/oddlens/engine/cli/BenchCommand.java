package org.oddlens.engine.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.oddlens.engine.bench.Soak;
import org.oddlens.engine.bench.StepBenchmark;
import org.oddlens.engine.bench.Workload;
import org.oddlens.engine.compute.CompiledExecutor;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.compute.NativeThreads;
import org.oddlens.engine.compute.ReplayExecutor;
import org.oddlens.engine.compute.SameDiffExecutor;
import org.oddlens.engine.graph.Network;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code oddlens bench}: microseconds per training step of fixed networks. */
@Command(name = "bench", description = "Measures training steps of fixed networks; docs/bench.md defines them.")
final class BenchCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Workloads; default: all.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--threads", paramLabel = "N", description = "Threads of the linear algebra; default 1.")
    private int threads = 1;

    @Option(names = "--seconds", paramLabel = "S", description = "Time for each workload after warming up; default 4.")
    private double seconds = 4;

    @Option(names = "--executor", paramLabel = "ID", description = "compiled (default), replay or samediff.")
    private String executor = "compiled";

    @Option(names = "--explain", description = "Print the instructions of a step instead of measuring it.")
    private boolean explain;

    @Option(
            names = "--soak",
            paramLabel = "N",
            hidden = true,
            description = "Take N steps instead and watch the memory; exit code 1 if it grows.")
    private Long soak;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Workload> chosen = Workload.all().stream()
                .filter(workload -> names.isEmpty() || names.contains(workload.name()))
                .toList();
        for (String name : names) {
            if (chosen.stream().noneMatch(workload -> workload.name().equals(name))) {
                throw new UsageException("NAME: there is no workload '" + name + "'. There are: "
                        + String.join(
                                ", ",
                                Workload.all().stream().map(Workload::name).toList())
                        + ".");
            }
        }
        if (threads < 1 || !(seconds > 0)) {
            throw new UsageException("--threads and --seconds must be positive.");
        }
        if (soak != null && (explain || soak < Soak.LOOKS)) {
            throw new UsageException("--soak takes at least " + Soak.LOOKS + " steps and cannot stand with --explain.");
        }
        NativeThreads.limit(executor, threads);
        if (explain) {
            chosen.forEach(workload -> console.out().println(workload.listing()));
            return 0;
        }
        Function<Network, GraphExecutor> executors =
                switch (executor) {
                    case "compiled" -> network -> new CompiledExecutor(network, threads);
                    case "replay" -> ReplayExecutor::new;
                    case "samediff" -> SameDiffExecutor::new;
                    default -> throw new UsageException(
                            "--executor: there is no '" + executor + "'; choose compiled, replay or samediff.");
                };
        return soak == null ? measure(chosen, executors) : soak(chosen, executors);
    }

    private int measure(List<Workload> chosen, Function<Network, GraphExecutor> executors) {
        List<StepBenchmark.Result> results = new ArrayList<>();
        for (Workload workload : chosen) {
            StepBenchmark.Result result = new StepBenchmark(workload, executor, executors, threads).run(seconds);
            results.add(result);
            if (!output.json) {
                console.out()
                        .printf(
                                Locale.ROOT,
                                "%-10s %10.1f us a step (least %.1f), loss after 50 steps %.7g%n",
                                result.workload(),
                                result.us_per_step_median(),
                                result.us_per_step_min(),
                                result.loss_after_50());
            }
        }
        if (output.json) {
            console.json(results);
        }
        return 0;
    }

    private int soak(List<Workload> chosen, Function<Network, GraphExecutor> executors) {
        List<Soak.Result> results = new ArrayList<>();
        for (Workload workload : chosen) {
            say("%s, %d steps%n%12s %10s %12s %12s%n", workload.name(), soak, "step", "seconds", "heap", "resident");
            Soak.Result result = new Soak(workload, executor, executors, threads).run(soak, this::show);
            results.add(result);
            say(
                    "%s: after the first fifth the heap grew by %s and the resident size by %s, at most %s allowed.%n",
                    result.steady() ? "steady" : "NOT STEADY",
                    mebibytes(Math.max(0, result.heap_growth())),
                    mebibytes(Math.max(0, result.resident_growth())),
                    mebibytes(Soak.LIMIT_BYTES));
        }
        if (output.json) {
            console.json(results);
        }
        return results.stream().allMatch(Soak.Result::steady) ? 0 : 1;
    }

    private void show(Soak.Sample sample) {
        String resident = sample.resident_bytes() < 0 ? "unknown" : mebibytes(sample.resident_bytes());
        say("%12d %10.1f %12s %12s%n", sample.step(), sample.seconds(), mebibytes(sample.heap_bytes()), resident);
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.2f MiB", bytes / (double) (1 << 20));
    }

    /** For people: nothing beside the document. */
    private void say(String format, Object... values) {
        if (!output.json) {
            console.out().printf(Locale.ROOT, format, values);
            console.out().flush();
        }
    }
}
