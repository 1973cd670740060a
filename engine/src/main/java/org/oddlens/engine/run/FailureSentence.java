package org.oddlens.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * A failure as a sentence for the user: what happened, why, what to do. What Oddlens throws itself carries that sentence;
 * the text of one of Java's or a library's own exceptions says how it failed and not why, and is never shown.
 */
public final class FailureSentence {

    private static final String OURS = "org.oddlens.";
    private static final int MOST_CAUSES = 8;

    /** As Linux, macOS and Windows say it. */
    private static final List<String> FULL =
            List.of("No space left", "not enough space", "uota exceeded", "File too large");

    private FailureSentence() {}

    /** The sentence. */
    public static String of(Throwable failure) {
        if (isOurs(failure)) {
            return failure.getMessage();
        }
        if (wraps(failure)) {
            return of(failure.getCause());
        }
        if (failure instanceof OutOfMemoryError) {
            return String.format(
                    Locale.ROOT,
                    "The memory does not suffice: this process may use %,d MB for its data. Use fewer rows or columns or a"
                            + " smaller network, or allow it more, such as with JDK_JAVA_OPTIONS=-Xmx%dg in the environment.",
                    Runtime.getRuntime().maxMemory() >> 20,
                    Math.max(2, (Runtime.getRuntime().maxMemory() >> 29) + 1));
        }
        if (failure instanceof StackOverflowError) {
            return String.format(
                    Locale.ROOT,
                    "Something lies more than %,d levels deep in something else, which is more than can be followed. Most"
                            + " often a file is damaged or made to mislead; use the original.",
                    failure.getStackTrace().length);
        }
        if (failure instanceof LinkageError) {
            return "A library that belongs to Oddlens cannot be loaded on this machine ("
                    + System.getProperty("os.name") + ", " + System.getProperty("os.arch") + ", Java "
                    + Runtime.version().feature() + "). Install Oddlens anew for this system.";
        }
        if (failure instanceof InvalidPathException path) {
            return invalid(path.getInput());
        }
        if (failure instanceof ReadOnlyFileSystemException) {
            return "The disk can only be read, and something has to be written to it. Choose another place.";
        }
        return failure instanceof IOException io ? ofIo(io) : unexpected(failure);
    }

    /** Most often the name is sound and the language settings know no such letters. */
    private static String invalid(String name) {
        String encoding = System.getProperty("sun.jnu.encoding", "UTF-8");
        return "'" + name + "' cannot be the name of a file here"
                + (encoding.equalsIgnoreCase("UTF-8")
                        ? "."
                        : ": the language settings of this session (" + encoding + ") do not know all its letters. Set"
                                + " LC_ALL to C.UTF-8, or to another setting with UTF-8, and give the command again.");
    }

    /** The sentence for a file that could not be written, or read, where the failure itself may not name it. */
    public static String about(Path file, IOException failure) {
        if (isFullDisk(failure)) {
            return file + " cannot be written: its disk is full (" + free(file)
                    + "). Free some space or choose another place, and give the same command again.";
        }
        if (isOurs(failure) || failure instanceof FileSystemException) {
            return of(failure);
        }
        return file + " cannot be read or written: the disk or the connection to it fails. Try again, or use a copy"
                + " on another disk.";
    }

    /** Whether there was no room left; writers of pictures and archives hide it in a cause. */
    static boolean isFullDisk(IOException failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            String reason = cause instanceof FileSystemException file ? file.getReason() : cause.getMessage();
            if (cause instanceof IOException && reason != null && FULL.stream().anyMatch(reason::contains)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String free(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            return String.format(
                    Locale.ROOT, "%,d MB left", Files.getFileStore(folder).getUsableSpace() >> 20);
        } catch (IOException | RuntimeException unknown) {
            return "nothing left";
        }
    }

    private static boolean wraps(Throwable failure) {
        return failure.getCause() != null
                && (failure instanceof UncheckedIOException
                        || failure instanceof ExecutionException
                        || failure instanceof CompletionException);
    }

    /**
     * Whether the message is one of ours: an exception class of ours, or a plain one of Java's made by our own code. The
     * frame on top is where an exception was made; what Java throws from inside a method of its own has Java's there.
     */
    private static boolean isOurs(Throwable failure) {
        if (failure.getMessage() == null) {
            return false;
        }
        Class<?> type = failure.getClass();
        if (type.getName().startsWith(OURS)) {
            return true;
        }
        boolean plain = type == IllegalArgumentException.class
                || type == IllegalStateException.class
                || type == UnsupportedOperationException.class
                || type == IOException.class;
        // With a cause and no text of its own, the message is the cause's.
        boolean borrowed = failure.getCause() != null
                && failure.getMessage().equals(failure.getCause().toString());
        StackTraceElement[] trace = failure.getStackTrace();
        return plain && !borrowed && trace.length > 0 && trace[0].getClassName().startsWith(OURS);
    }

    private static String ofIo(IOException failure) {
        if (!(failure instanceof FileSystemException file) || file.getFile() == null) {
            return isFullDisk(failure)
                    ? "The disk is full. Free some space and give the same command again."
                    : "A file cannot be read or written: the disk or the connection to it fails. Try again, or use a copy"
                            + " on another disk.";
        }
        // What is written beside its place goes by a name that nobody gave.
        String name = file.getFile().replaceFirst("(\\.[0-9a-f]{8})?\\.part$", "");
        if (isFullDisk(failure)) {
            return about(Path.of(name), failure);
        }
        if (failure instanceof AccessDeniedException) {
            return name + " cannot be opened or written: permission denied. Choose another place, or ask its owner.";
        }
        if (failure instanceof NoSuchFileException) {
            return "There is no " + name + ", and it cannot be made. Check the name and the folder before it.";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return name + " is a folder with something in it. Name a file, or an empty folder.";
        }
        if (failure instanceof NotDirectoryException) {
            return name + " is no folder. Name a folder.";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return name + " is there already, and nothing is written over. Choose another name.";
        }
        if (failure instanceof FileSystemLoopException) {
            return name + " is a link that leads back to itself. Name the file itself.";
        }
        return reason(name, file.getReason() == null ? "" : file.getReason());
    }

    /** The reasons of the operating system that users meet, in words. */
    private static String reason(String name, String reason) {
        if (reason.contains("Read-only")) {
            return name + " lies on a disk that can only be read. Choose another place.";
        }
        if (reason.contains("name too long")) {
            return name + " is too long for a name of a file. Choose a shorter one.";
        }
        if (reason.contains("Not a directory")) {
            return name + " cannot be made or opened: a part of its path is a file and no folder. Check the path.";
        }
        if (reason.contains("Is a directory")) {
            return name + " is a folder. Name a file.";
        }
        if (reason.contains("Too many levels of symbolic links")) {
            return name + " is a link that leads back to itself. Name the file itself.";
        }
        return name + " cannot be read or written: the disk or the connection to it fails. Try again, or use a copy on"
                + " another disk.";
    }

    /** Nothing that a user did: all that helps is to know where. */
    private static String unexpected(Throwable failure) {
        Optional<StackTraceElement> place = Arrays.stream(failure.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith(OURS))
                .findFirst();
        return "Something went wrong inside Oddlens that should not"
                + place.map(frame -> " (at "
                                + frame.getClassName()
                                        .substring(frame.getClassName().lastIndexOf('.') + 1) + ":"
                                + frame.getLineNumber() + ")")
                        .orElse("")
                + ". It is a fault of the program: please report it with the command or the steps before.";
    }
}
