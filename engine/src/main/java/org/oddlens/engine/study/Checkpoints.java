package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;

/** The checkpoints of a run folder: when the next is due, writing it, keeping the last two, finding a sound one. */
final class Checkpoints {

    private static final int KEPT = 2;
    private static final String ASIDE = ".unreadable";

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
     * The newest sound checkpoint. Those that cannot be read are set aside, so that they are not taken for the
     * newest again; not removed, because a process with more memory may be able to read them.
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
                Path aside = file.resolveSibling(file.getFileName() + ASIDE);
                Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
                warn.accept(file.getFileName() + " cannot be read, because it is cut off or damaged, or larger than the"
                        + " memory, and was set aside as " + aside.getFileName() + ". The checkpoint before it is used;"
                        + " without one the run starts again.");
            }
        }
        return Optional.empty();
    }

    /** Removes them all, those set aside too. */
    void clear() throws IOException {
        for (Path file : found("checkpoint-\\d+\\.npz(" + Pattern.quote(ASIDE) + ")?")) {
            Files.deleteIfExists(file);
        }
    }

    private List<Path> newestFirst() throws IOException {
        return found("checkpoint-\\d+\\.npz");
    }

    private List<Path> found(String pattern) throws IOException {
        try (Stream<Path> files = Files.list(run.path())) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
        }
    }
}
