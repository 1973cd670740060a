package org.oddlens.engine.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
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
        FileChannel channel = null;
        try {
            channel = FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                throw held();
            }
            sweep();
            return new RunLock(channel, mark);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            Files.deleteIfExists(mark); // or this process would believe for ever that it holds the lock
            throw e;
        }
    }

    private RunFolderException held() {
        return new RunFolderException("Run " + folder.getFileName()
                + " is being written by another process or by this one already. Wait for its end, or stop it there.");
    }

    /** Whether a live process holds the lock; looking writes nothing, so it may be asked of a disk that is only read. */
    boolean isHeld() throws IOException {
        if (Files.exists(mark)) {
            return true;
        }
        if (!Files.isRegularFile(folder.resolve(NAME))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(folder.resolve(NAME), StandardOpenOption.READ)) {
            return !free(channel);
        } catch (AccessDeniedException e) {
            return false; // who may not even look cannot know; who holds it writes as its owner
        }
    }

    /** A lock to look with is a shared one: an exclusive one needs leave to write. */
    private static boolean free(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, true) != null;
        } catch (OverlappingFileLockException e) {
            return false;
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
