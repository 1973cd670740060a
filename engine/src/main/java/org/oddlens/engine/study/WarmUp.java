package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.SharedHyperparameters;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tiny runs that nobody sees, so that the first run of a user finds readers, JSON, SameDiff, executor and snapshot
 * writers loaded and partly compiled. They lie in a folder for temporary files and are deleted at once. Every draw of a
 * run follows from its seed, so they change no later run.
 */
public final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final long NO_NEW_RUN_AFTER_NANOS = 3_000_000_000L;
    private static final int ROWS = 96;
    private static final int COLUMNS = 6;

    private final RunExecution execution;
    private final DetectorRegistry registry;
    private final Object lock = new Object();
    private RunControl current;
    private boolean stopped;

    public WarmUp(RunExecution execution, DetectorRegistry registry) {
        this.execution = execution;
        this.registry = registry;
    }

    /** Trains one detector after the other for a few seconds at most; returns early when stopped. Never throws. */
    public void run() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("oddlens-warm-up-");
            Path data = data(folder);
            long start = System.nanoTime();
            for (DetectorProvider detector : registry.all()) {
                RunControl control = next(start);
                if (control == null) {
                    return;
                }
                execution.execute(
                        spec(detector, data),
                        folder.resolve(detector.descriptor().id()),
                        control,
                        e -> {});
            }
        } catch (IOException | RuntimeException e) {
            LOG.info("the warm-up failed; the first run will take longer", e);
        } finally {
            delete(folder);
        }
    }

    /** Ends the runs before their next batch: someone wants the engine. From any thread, also before {@link #run}. */
    public void stop() {
        synchronized (lock) {
            stopped = true;
            if (current != null) {
                current.stop(RunControl.Stop.DISCARD);
            }
        }
    }

    /** Control of a next run; null if there is to be none. */
    private RunControl next(long start) {
        synchronized (lock) {
            boolean late = System.nanoTime() - start > NO_NEW_RUN_AFTER_NANOS;
            current = stopped || late ? null : new RunControl();
            return current;
        }
    }

    private static RunSpec spec(DetectorProvider detector, Path data) {
        boolean iterative = detector.descriptor().hyperparameters().contains(SharedHyperparameters.EPOCHS);
        return new RunSpec(
                DataSpec.of(data.toString()),
                null,
                null,
                detector.descriptor().id(),
                null,
                iterative ? Map.of(SharedHyperparameters.EPOCHS.key(), 2) : Map.of(),
                null,
                RunPlan.DEFAULT_SEED,
                null,
                null,
                1);
    }

    /** A table of numbers with a label, every eighth row an anomaly. */
    private static Path data(Path folder) throws IOException {
        CounterRandom draws = new RandomStreams(RunPlan.DEFAULT_SEED).stream("warm-up");
        List<String> lines = new ArrayList<>();
        lines.add("a,b,c,d,e,f,y");
        for (int i = 0; i < ROWS; i++) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < COLUMNS; j++) {
                line.append(draws.nextDouble()).append(',');
            }
            lines.add(line.append(i % 8 == 0 ? 1 : 0).toString());
        }
        return Files.write(folder.resolve("rows.csv"), lines);
    }

    private static void delete(Path folder) {
        if (folder == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            LOG.info("{} could not be deleted", folder, e);
        }
    }
}
