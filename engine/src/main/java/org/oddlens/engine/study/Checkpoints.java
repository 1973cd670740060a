package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;

/** The checkpoints of a run folder: when the next is due, writing it, keeping the last two, finding a sound one. */
final class Checkpoints {

    private static final int KEPT = 2;

    private final RunFolder run;
    private final CheckpointInterval interval;
    private final CheckpointFile format;
    private long lastNanos = System.nanoTime();
    private int lastEpoch;

    Checkpoints(RunFolder run, CheckpointInterval interval, CheckpointFile.Witness witness) {
        this.run = run;
        this.interval = interval;
        this.format = new CheckpointFile(witness);
    }

    /** Counts time and epochs from now. */
    void startCounting(int epochsDone) {
        lastNanos = System.nanoTime();
        lastEpoch = epochsDone;
    }

    /** Whether one is due by the clock; asked before every batch. */
    boolean dueByTime() {
        return System.nanoTime() - lastNanos >= interval.seconds() * 1e9;
    }

    /** Whether one is due after an epoch. */
    boolean dueAfter(int epochsDone) {
        return dueByTime() || interval.epochs() > 0 && epochsDone - lastEpoch >= interval.epochs();
    }

    /** Writes one and forgets all but the last two; the name tells the steps done. */
    String write(Checkpoint checkpoint) throws IOException {
        run.syncEvents();
        String name = String.format(Locale.ROOT, "checkpoint-%012d.npz", checkpoint.steps());
        format.write(run.file(name), checkpoint);
        List<Path> all = newestFirst();
        for (Path old : all.subList(Math.min(KEPT, all.size()), all.size())) {
            Files.deleteIfExists(old);
        }
        startCounting(checkpoint.epoch());
        return name;
    }

    /**
     * The newest sound checkpoint. Those that cannot be read are removed, so that they are not taken for the newest again.
     *
     * @param warn takes a sentence for each of them
     */
    Optional<Checkpoint> newest(Consumer<String> warn) throws IOException {
        for (Path file : newestFirst()) {
            try {
                return Optional.of(format.read(file));
            } catch (RunFolderException unknownFormat) {
                throw unknownFormat;
            } catch (IOException | RuntimeException broken) {
                warn.accept("A checkpoint cannot be used and was removed; the one before it is used, or without one the"
                        + " run starts again. " + broken.getMessage());
                Files.deleteIfExists(file);
            }
        }
        return Optional.empty();
    }

    /** Removes them all. */
    void clear() throws IOException {
        for (Path file : newestFirst()) {
            Files.deleteIfExists(file);
        }
    }

    private List<Path> newestFirst() throws IOException {
        try (Stream<Path> files = Files.list(run.path())) {
            return files.filter(file -> file.getFileName().toString().matches("checkpoint-\\d+\\.npz"))
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
        }
    }
}
