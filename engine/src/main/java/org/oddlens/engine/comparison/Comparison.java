package org.oddlens.engine.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.oddlens.engine.run.FailureSentence;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.study.RunMetrics;

/**
 * Does the cells of a grid that are not done yet, on several lanes. What is done is in {@code cells.csv} at once, so a killed
 * comparison goes on where it was.
 */
public final class Comparison {

    /** Told as it goes; from any lane. */
    public interface Listener {

        /** @param done cells with a result, this one included */
        void finished(Cell cell, CellResult result, int done, int all);
    }

    private static final int ATTEMPTS = 20;
    private static final long LEAST_SPACE = 1 << 20;

    private final CellFile file;
    private final Path runs;
    private final boolean keepRuns;
    private final String version;

    /**
     * @param runs     where run folders are made
     * @param keepRuns whether they stay; if not, only the line in the table does
     */
    public Comparison(CellFile file, Path runs, boolean keepRuns, String version) {
        this.file = file;
        this.runs = runs;
        this.keepRuns = keepRuns;
        this.version = version;
    }

    /**
     * Does what is left.
     *
     * @param again whether cells that failed are tried again
     * @return whether all is done; false if it was stopped
     */
    public boolean run(
            List<Cell> cells, int lanes, Lane.Factory factory, boolean again, RunControl control, Listener listener)
            throws IOException {
        List<Cell> left = new ArrayList<>();
        for (Cell cell : cells) {
            CellResult known = file.get(cell);
            if (known == null || again && known.hasFailed()) {
                left.add(cell);
            }
        }
        Work work = new Work(left, new AtomicInteger(), cells.size(), new AtomicInteger(cells.size() - left.size()));
        int used = Math.max(1, Math.min(lanes, left.size()));
        ExecutorService pool = Executors.newFixedThreadPool(used);
        try {
            List<Future<Void>> working = new ArrayList<>();
            for (int lane = 0; lane < used && !left.isEmpty(); lane++) {
                int number = lane;
                working.add(pool.submit(() -> lane(factory.open(number), work, control, listener)));
            }
            for (Future<Void> lane : working) {
                lane.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pool.shutdownNow();
        }
        return work.done().get() == cells.size();
    }

    /** What the lanes share. */
    private record Work(List<Cell> left, AtomicInteger next, int all, AtomicInteger done) {}

    private Void lane(Lane opened, Work work, RunControl control, Listener listener) throws IOException {
        try (Lane lane = opened) {
            boolean goOn = true;
            while (goOn) {
                int i = work.next().getAndIncrement();
                goOn = i < work.left().size() && cell(work.left().get(i), lane, control, work, listener);
            }
        } catch (IOException | RuntimeException e) {
            control.stop(RunControl.Stop.DISCARD); // the other lanes: an interrupted cell has not failed
            throw e;
        }
        return null;
    }

    /** @return false if it was stopped, and nothing more is to be done */
    private boolean cell(Cell cell, Lane lane, RunControl control, Work work, Listener listener) throws IOException {
        if (control.requestedStop().isPresent()) {
            return false;
        }
        Begun begun = free(cell);
        Path folder = begun.folder();
        begun.set(cell);
        CellResult result;
        try {
            RunEvent.Ended ended = lane.run(cell.spec(), folder, control);
            if (ended.end() == RunEnd.STOPPED || ended.end() == RunEnd.DISCARDED) {
                delete(folder);
                begun.clear();
                return false;
            }
            result = ended.end().keepsModel()
                    ? CellResult.of(cell, metrics(folder), version)
                    : CellResult.failed(cell, version, ended.message());
        } catch (RuntimeException e) {
            if (control.requestedStop().isPresent()) {
                return false;
            }
            result = CellResult.failed(cell, version, FailureSentence.of(e));
        }
        if (result.hasFailed()) {
            requireSpace(folder);
        }
        file.add(result);
        if (!keepRuns && !result.hasFailed()) {
            delete(folder);
        }
        if (!result.hasFailed()) { // else the next attempt takes its place
            begun.clear();
        }
        listener.finished(cell, result, work.done().incrementAndGet(), work.all());
        return true;
    }

    /**
     * A free folder for the cell, with a number behind its name if something else is there: that stays. What a kill, or an
     * attempt that failed, has left of this very cell is removed.
     */
    private Begun free(Cell cell) throws IOException {
        Path first = runs.resolve(cell.folder());
        Path folder = first;
        for (int i = 2; ; i++) {
            Begun begun = new Begun(folder);
            if (begun.isOf(cell)) {
                delete(folder);
            }
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                return begun;
            }
            folder = first.resolveSibling(first.getFileName() + "-" + i);
        }
    }

    /**
     * The mark beside a cell's folder, from its beginning to its good end: that the folder is the comparison's to remove. No
     * folder without it is ever removed.
     *
     * @param folder of the cell
     */
    private record Begun(Path folder) {

        private Path mark() {
            return folder.resolveSibling(folder.getFileName() + ".begun");
        }

        boolean isOf(Cell cell) throws IOException {
            return Files.isRegularFile(mark(), LinkOption.NOFOLLOW_LINKS)
                    && Files.readString(mark()).strip().equals(cell.hash());
        }

        void set(Cell cell) throws IOException {
            Files.createDirectories(folder.getParent());
            Files.writeString(mark(), cell.hash() + "\n");
        }

        void clear() throws IOException {
            Files.deleteIfExists(mark());
        }
    }

    /** A full disk is no property of a cell: it would fail all that are left, and stand in the table as if it were. */
    private void requireSpace(Path folder) throws IOException {
        Path there = Files.exists(folder) ? folder : runs;
        if (Files.getFileStore(there).getUsableSpace() < LEAST_SPACE) {
            throw new IOException(
                    "The disk that holds " + there.toAbsolutePath().normalize()
                            + " is full. Free some space and give the same command again; finished cells are kept.");
        }
    }

    private static RunMetrics metrics(Path folder) throws IOException {
        return RunMetrics.read(new RunFolder(folder));
    }

    /** An engine that has just told the end may still let go of its lock file, so what vanishes or appears is no failure. */
    private static void delete(Path folder) throws IOException {
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS && Files.exists(folder); attempt++) {
            try (Stream<Path> content = Files.walk(folder)) {
                for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (UncheckedIOException e) {
                last = e.getCause();
            } catch (IOException e) {
                last = e;
            }
            rest(attempt);
        }
        if (Files.exists(folder)) {
            throw last == null ? new IOException(folder + " cannot be deleted") : last;
        }
    }

    private static void rest(int attempt) {
        try {
            Thread.sleep(20L * attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
