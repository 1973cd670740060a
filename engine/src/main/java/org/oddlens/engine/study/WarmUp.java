package org.oddlens.engine.study;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.NpzWriter;
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
 * A table that nobody sees is looked into, and tiny runs are trained, so that a user's first file and run find readers,
 * statistics, JSON, SameDiff, executor and snapshot writers loaded and partly compiled. They lie in a folder for temporary files and are deleted at once. Every draw of a
 * run follows from its seed, so they change no later run.
 */
public final class WarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final long NO_NEW_RUN_AFTER_NANOS = 3_000_000_000L;
    private static final int ROWS = 96;
    private static final int COLUMNS = 6;
    private static final int READ_ROWS = 20_000;

    private final RunExecution execution;
    private final DetectorRegistry registry;
    private final Object lock = new Object();
    private RunControl current;
    private boolean stopped;
    private int holds;
    private long heldNanos;

    public WarmUp(RunExecution execution, DetectorRegistry registry) {
        this.execution = execution;
        this.registry = registry;
    }

    /** Reads, then trains one detector after the other, for a few seconds at most; returns early when stopped. Never throws. */
    public void run() {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("oddlens-warm-up-");
            Path data = data(folder);
            long start = System.nanoTime();
            if (next(start) == null) {
                return;
            }
            lookInto(folder);
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
            lock.notifyAll();
            if (current != null) {
                current.stop(RunControl.Stop.DISCARD);
            }
        }
    }

    /**
     * Holds the runs before their next batch: someone waits for something else of the engine, and the processors are few.
     * From any thread; each call wants its {@link #proceed}.
     */
    public void pause() {
        synchronized (lock) {
            holds++;
            if (current != null) {
                current.pause();
            }
        }
    }

    /** Takes one {@link #pause} back. */
    public void proceed() {
        synchronized (lock) {
            holds--;
            if (holds == 0) {
                if (current != null) {
                    current.proceed();
                }
                lock.notifyAll();
            }
        }
    }

    /** Control of a next run, when nobody waits for anything else; null if there is to be none. */
    private RunControl next(long start) {
        synchronized (lock) {
            current = null;
            long held = System.nanoTime();
            while (holds > 0 && !stopped) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return null;
                }
            }
            heldNanos += System.nanoTime() - held;
            boolean late = System.nanoTime() - start - heldNanos > NO_NEW_RUN_AFTER_NANOS;
            current = stopped || late ? null : new RunControl();
            return current;
        }
    }

    /** What the window asks of every file; a first large one takes a quarter less time then. */
    private static void lookInto(Path folder) throws IOException {
        CounterRandom draws = new RandomStreams(RunPlan.DEFAULT_SEED).stream("warm-up-table");
        float[] values = new float[READ_ROWS * COLUMNS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) draws.nextDouble();
        }
        int[] labels = new int[READ_ROWS];
        for (int i = 0; i < READ_ROWS; i += 8) {
            labels[i] = 1;
        }
        Path file = folder.resolve("table.npz");
        try (NpzWriter npz = new NpzWriter(file)) {
            npz.add("X", values, READ_ROWS, COLUMNS).add("y", labels, READ_ROWS);
        }
        OpenData open = new OpenData();
        ObjectMapper json = new ObjectMapper();
        DataInspection found = DataInspection.of(DataSpec.of(file.toString()), open);
        json.valueToTree(found);
        json.valueToTree(DataPicture.of(open.load(found.data()).dataset(), "pca", RunPlan.DEFAULT_SEED));
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
