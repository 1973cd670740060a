package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sound, damaged and made-up files of every format: each is read or refused in a sentence, soon, in bounded memory.
 *
 * <p>The build tries {@value #USUAL_INPUTS}. More of them: {@code mvn -Pfuzz -pl engine -am test}, or the properties
 * {@code oddlens.fuzz.inputs} and {@code oddlens.fuzz.seed}. A failing input is kept in {@code target/fuzz}.
 */
class ReaderFuzzTest {

    private static final int USUAL_INPUTS = 3000;

    /** Under this budget every import must allocate less than the limit below, all that is thrown away included. */
    private static final ReadBudget BUDGET = new ReadBudget(8 << 20, 200, 8 << 20);

    private static final long MOST_BYTES = 64L << 20;
    private static final long MOST_MILLIS = 2000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    private enum Outcome {
        READ,
        REFUSED
    }

    private record Cost(Outcome outcome, long bytes, long millis) {}

    @Test
    void readsOrRefusesEveryInputSoonAndInBoundedMemory() throws Exception {
        int inputs = Integer.getInteger("oddlens.fuzz.inputs", USUAL_INPUTS);
        long seed = Long.getLong("oddlens.fuzz.seed", 1);
        FuzzFiles files = new FuzzFiles();
        ExecutorService reader = Executors.newSingleThreadExecutor();
        List<String> failures = new ArrayList<>();
        int[] counts = new int[Outcome.values().length];
        long mostBytes = 0;
        long mostMillis = 0;
        try {
            for (int i = 0; i < inputs && failures.size() < 20; i++) {
                byte[] input = files.next(i, new Random(seed + 31L * i));
                Path file = Files.write(folder.resolve("input" + i % 64), input);
                String what = "input " + i + " (" + FuzzFiles.KINDS.get(i % FuzzFiles.KINDS.size()) + ")";
                try {
                    Cost cost = reader.submit(read(file)).get(60, TimeUnit.SECONDS);
                    counts[cost.outcome.ordinal()]++;
                    mostBytes = Math.max(mostBytes, cost.bytes);
                    mostMillis = Math.max(mostMillis, cost.millis);
                    if (cost.bytes > MOST_BYTES || cost.millis > MOST_MILLIS) {
                        failures.add(what + " took " + cost.millis + " ms of CPU time and " + cost.bytes + " bytes");
                        keep(input, seed, i);
                    }
                } catch (TimeoutException hang) {
                    failures.add(what + " did not end");
                    keep(input, seed, i);
                    break;
                } catch (java.util.concurrent.ExecutionException wrong) {
                    failures.add(what + ": " + wrong.getCause() + " at " + place(wrong.getCause()));
                    keep(input, seed, i);
                }
            }
        } finally {
            reader.shutdownNow();
        }
        System.out.printf(
                "Fuzzed readers, seed %d: %,d inputs, %,d read, %,d refused; at most %,d ms of CPU time, %,d MB allocated%n",
                seed, inputs, counts[0], counts[1], mostMillis, mostBytes >> 20);
        assertThat(failures).isEmpty();
        assertThat(counts[0]).as("inputs that were read").isGreaterThan(inputs / 10);
        assertThat(counts[1]).as("inputs that were refused").isGreaterThan(inputs / 10);
    }

    private static String place(Throwable wrong) {
        for (StackTraceElement at : wrong.getStackTrace()) {
            if (at.getClassName().startsWith("org.oddlens")) {
                return at.toString();
            }
        }
        return "an unknown place";
    }

    private static void keep(byte[] input, long seed, int i) throws IOException {
        Files.write(Files.createDirectories(Path.of("target", "fuzz")).resolve(seed + "-" + i), input);
    }

    private Callable<Cost> read(Path file) {
        return () -> {
            long id = Thread.currentThread().getId();
            long bytes = threads.getThreadAllocatedBytes(id);
            long nanos = threads.getCurrentThreadCpuTime();
            Outcome outcome = Outcome.READ;
            try {
                readAll(file);
                load(file);
            } catch (DataFormatException refused) {
                assertThat(refused.getMessage())
                        .as("what is said")
                        .hasSizeGreaterThan(20)
                        .doesNotContain("Exception", "Cannot invoke", "null pointer", "org.oddlens", "io.jhdf")
                        .doesNotContainPattern("\\([^)]*damaged|\\.\\. |\\.\\.$");
                assertThat(refused.getCause() instanceof RuntimeException unexpected
                                && !(unexpected instanceof DataFormatException)
                                && refused.getMessage().contains("it is probably damaged"))
                        .as("caught by the last net: %s", refused.getCause())
                        .isFalse();
                outcome = Outcome.REFUSED;
            }
            return new Cost(
                    outcome,
                    threads.getThreadAllocatedBytes(id) - bytes,
                    TimeUnit.NANOSECONDS.toMillis(threads.getCurrentThreadCpuTime() - nanos));
        };
    }

    private static void readAll(Path file) {
        try (DataFile data = DataFiles.open(file, BUDGET)) {
            for (ArrayInfo array : data.arrays()) {
                if (!array.usable()) {
                    assertThat(array.reason()).matches("(?s).*[.)]").doesNotContain("Exception");
                } else if (array.type().equals("text")) {
                    assertThat(data.texts(array.name())).hasSize((int) array.size());
                    data.cells(List.of(array.name()));
                } else {
                    assertThat(data.doubles(array.name())).hasSize((int) array.size());
                    assertThat(data.floats(array.name())).hasSize((int) array.size());
                    if (array.isVector()) {
                        assertThat(data.texts(array.name())).hasSize((int) array.size());
                    }
                }
            }
        }
    }

    private static void load(Path file) {
        DataImport.load(DataSpec.of(file.toString()).withMissing(MissingPolicy.IMPUTE), BUDGET);
    }
}
