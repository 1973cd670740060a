package org.oddlens.engine.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The lock of a run folder: an operating system's lock on the file {@code lock}, which goes with its process.
 *
 * <p>POSIX drops all locks of a process on a file as soon as the process closes any handle of that file. So the process
 * that holds the lock must never open the file a second time, not even to look. It therefore leaves a mark with its own
 * name beside the lock, {@code lock.<process id>-<start>}, and looks for that first. A mark left by a process that died
 * misleads nobody, because no other process has that name, and goes with the next lock.
 */
final class FolderLock {

    private static final String NAME = "lock";

    private final Path folder;
    private final Path mark;

    FolderLock(Path folder) {
        this.folder = folder;
        ProcessHandle self = ProcessHandle.current();
        long start =
                self.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
        this.mark = folder.resolve(NAME + "." + self.pid() + "-" + start);
    }

    /**
     * Takes the lock.
     *
     * @throws RunFolderException if it is held already, here or elsewhere
     */
    RunLock take() throws IOException {
        try {
            Files.createFile(mark);
        } catch (FileAlreadyExistsException e) {
            throw held();
        }
        FileChannel channel =
                FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(channel)) {
            channel.close();
            Files.deleteIfExists(mark);
            throw held();
        }
        sweep();
        return new RunLock(channel, mark);
    }

    private RunFolderException held() {
        return new RunFolderException("Run " + folder.getFileName()
                + " is being written by another process or by this one already. Wait for its end, or stop it there.");
    }

    /** Whether a live process holds the lock. */
    boolean isHeld() throws IOException {
        if (Files.exists(mark)) {
            return true;
        }
        if (!Files.exists(folder.resolve(NAME))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(folder.resolve(NAME), StandardOpenOption.WRITE)) {
            return !locked(channel);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Removes the marks of processes that died. */
    private void sweep() throws IOException {
        List<Path> stale;
        try (Stream<Path> files = Files.list(folder)) {
            stale = files.filter(file -> file.getFileName().toString().startsWith(NAME + ".") && !file.equals(mark))
                    .toList();
        }
        for (Path file : stale) {
            Files.deleteIfExists(file);
        }
    }
}
