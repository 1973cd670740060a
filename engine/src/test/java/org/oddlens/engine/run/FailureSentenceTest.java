package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureSentenceTest {

    @TempDir
    Path temp;

    @Test
    void saysWhatOurOwnCodeSays() {
        assertThat(FailureSentence.of(new RunFolderException("No run."))).isEqualTo("No run.");
        assertThat(FailureSentence.of(new IllegalStateException("Stopped before the end.")))
                .isEqualTo("Stopped before the end.");
        assertThat(FailureSentence.of(new ExecutionException(new RunFolderException("No run."))))
                .isEqualTo("No run.");
    }

    /** Whatever Java throws of itself: neither its text nor the name of a class is a sentence for a user. */
    @Test
    void neverShowsTheTextOfJavasOwnExceptions() {
        List<Throwable> failures = List.of(
                catchThrowable(() -> Integer.parseInt("x")),
                catchThrowable(() -> List.of(1).get(7)),
                catchThrowable(() -> Math.addExact(Integer.MAX_VALUE, 1)),
                catchThrowable(() -> Path.of("a").resolve((String) null)),
                catchThrowable(() -> ((Object) "text").getClass().cast(3)),
                catchThrowable(() -> List.of().iterator().next()),
                new NoSuchFileException("a.csv"),
                new AccessDeniedException("a.csv"),
                new DirectoryNotEmptyException("a.csv"),
                new FileSystemException("a.csv", null, "Input/output error"),
                new UncheckedIOException(new FileSystemException("a.csv")),
                new UnsatisfiedLinkError("no jnind4jcpu in java.library.path"),
                new OutOfMemoryError("Java heap space"),
                new StackOverflowError());
        for (Throwable failure : failures) {
            String sentence = FailureSentence.of(failure);
            assertThat(sentence)
                    .as(failure.toString())
                    .endsWith(".")
                    .doesNotContain("Exception", "java.", "Error", "null");
            if (failure.getMessage() != null && failure.getMessage().contains(" ")) {
                assertThat(sentence).doesNotContain(failure.getMessage());
            }
        }
    }

    @Test
    void namesTheFileThatWasAskedForAndNotTheOneBesideIt() {
        assertThat(FailureSentence.of(new NoSuchFileException("/proc/x.csv.f0d3f211.part")))
                .startsWith("There is no /proc/x.csv, ");
        assertThat(FailureSentence.of(new AccessDeniedException("/proc/parts.csv")))
                .startsWith("/proc/parts.csv cannot be opened");
    }

    @Test
    void namesTheMemoryThatDidNotSuffice() {
        assertThat(FailureSentence.of(new OutOfMemoryError()))
                .contains(String.format(
                        java.util.Locale.ROOT, "%,d MB", Runtime.getRuntime().maxMemory() >> 20))
                .contains("JDK_JAVA_OPTIONS=-Xmx");
    }

    @Test
    void namesTheFileOfAFullDisk() {
        assertThat(FailureSentence.about(Path.of("/tmp/run"), new IOException("No space left on device")))
                .startsWith("/tmp/run cannot be written: its disk is full (")
                .contains("MB left")
                .contains("Free some space");
    }

    /** Java gives an exception made with a cause alone the cause's name and text, whoever makes it. */
    @Test
    void doesNotTakeTheTextOfACauseForItsOwn() {
        Throwable cause = catchThrowable(() -> List.of(1).get(7));

        assertThat(FailureSentence.of(new IllegalStateException(cause)))
                .startsWith("Something went wrong inside Oddlens");
        assertThat(FailureSentence.of(new IllegalStateException("The model is closed.", cause)))
                .isEqualTo("The model is closed.");
    }

    @Test
    void looksThroughWhatOnlyWraps() {
        RunFolderException ours = new RunFolderException("No run.");
        IOException io = new IOException("The file is cut off.");

        assertThat(FailureSentence.of(new CompletionException(new ExecutionException(ours))))
                .isEqualTo("No run.");
        assertThat(FailureSentence.of(new UncheckedIOException(io))).isEqualTo("The file is cut off.");
        assertThat(FailureSentence.of(new ExecutionException("failed", null))).startsWith("Something went wrong");
    }

    /** Plain exceptions of Java count as ours where our own code makes them, others and those without a text do not. */
    @Test
    void takesPlainExceptionsFromOurOwnCodeOnly() {
        assertThat(FailureSentence.of(new UnsupportedOperationException("Maps cannot be resumed.")))
                .isEqualTo("Maps cannot be resumed.");
        assertThat(FailureSentence.of(new IllegalArgumentException("No such column.")))
                .isEqualTo("No such column.");
        for (Throwable other : List.of(
                new NumberFormatException("For input string"),
                new RunFolderException(null),
                catchThrowable(() -> new java.util.ArrayList<>(-1)),
                catchThrowable(() -> closedScanner().next()))) {
            assertThat(FailureSentence.of(other))
                    .as(other.toString())
                    .startsWith("Something went wrong inside Oddlens");
        }
    }

    private static Scanner closedScanner() {
        Scanner scanner = new Scanner("a");
        scanner.close();
        return scanner;
    }

    @Test
    void tellsThePlaceInOurOwnCodeOfAFaultOfTheProgram() {
        NullPointerException fault = new NullPointerException();
        fault.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.util.Objects", "requireNonNull", "Objects.java", 208),
            new StackTraceElement("org.oddlens.engine.data.CsvTable", "row", "CsvTable.java", 42),
            new StackTraceElement("org.oddlens.app.Launcher", "main", "Launcher.java", 7)
        });
        assertThat(FailureSentence.of(fault))
                .startsWith("Something went wrong inside Oddlens that should not (at CsvTable:42). ")
                .contains("please report it");
        fault.setStackTrace(new StackTraceElement[0]);
        assertThat(FailureSentence.of(fault)).startsWith("Something went wrong inside Oddlens that should not. ");
        IllegalStateException unplaced = new IllegalStateException("text of somebody");
        unplaced.setStackTrace(new StackTraceElement[0]);
        assertThat(FailureSentence.of(unplaced)).startsWith("Something went wrong inside Oddlens that should not. ");
    }

    /** The next whole number of gigabytes above twice what it had, and at least 2. */
    @Test
    void proposesAboutTwiceTheMemory() {
        Matcher proposal = Pattern.compile("-Xmx(\\d+)g ").matcher(FailureSentence.of(new OutOfMemoryError()));
        assertThat(proposal.find()).isTrue();
        double allowed = Runtime.getRuntime().maxMemory() / (double) (1 << 30);
        assertThat(Double.parseDouble(proposal.group(1)))
                .isGreaterThan(2 * allowed)
                .isLessThanOrEqualTo(Math.max(2, 2 * allowed + 1));
    }

    @Test
    void tellsHowDeepSomethingIsNested() {
        StackOverflowError deep = new StackOverflowError();
        StackTraceElement[] frames = new StackTraceElement[3000];
        Arrays.fill(frames, new StackTraceElement("a.B", "c", "B.java", 1));
        deep.setStackTrace(frames);

        assertThat(FailureSentence.of(deep))
                .contains("more than 3,000 levels deep")
                .contains("use the original");
    }

    @Test
    void tellsTheSystemThatALibraryDoesNotFit() {
        assertThat(FailureSentence.of(new UnsatisfiedLinkError("x")))
                .startsWith("A library that belongs to Oddlens cannot be loaded on this machine (")
                .contains(System.getProperty("os.name"), System.getProperty("os.arch"))
                .contains("Java " + System.getProperty("java.specification.version"))
                .contains("Install Oddlens anew");
    }

    /** Below another language setting a sound name cannot be written; with UTF-8 it is the name that is at fault. */
    @Test
    void tellsANameThatCannotBeFromLanguageSettingsThatDoNotKnowItsLetters() {
        String before = System.getProperty("sun.jnu.encoding");
        InvalidPathException failure = new InvalidPathException("naïve.csv", "Malformed input");
        try {
            System.setProperty("sun.jnu.encoding", "utf-8");
            assertThat(FailureSentence.of(failure)).isEqualTo("'naïve.csv' cannot be the name of a file here.");
            System.setProperty("sun.jnu.encoding", "ANSI_X3.4-1968");
            assertThat(FailureSentence.of(failure))
                    .startsWith("'naïve.csv' cannot be the name of a file here: the language settings")
                    .contains("(ANSI_X3.4-1968)")
                    .contains("LC_ALL");
        } finally {
            System.setProperty("sun.jnu.encoding", before == null ? "UTF-8" : before);
        }
    }

    /** What the operating system itself answers. */
    @Test
    void saysInWordsWhatTheOperatingSystemAnswers() throws IOException {
        Path file = Files.writeString(temp.resolve("a.csv"), "1");
        Path folder = Files.createDirectories(temp.resolve("folder/inner")).getParent();
        Path loop = Files.createSymbolicLink(temp.resolve("loop"), temp.resolve("loop"));
        Path longName = temp.resolve("x".repeat(300));
        Path belowAFile = file.resolve("b.csv");

        assertThat(sentence(() -> Files.list(file))).isEqualTo(file + " is no folder. Name a folder.");
        assertThat(sentence(() -> Files.createFile(file)))
                .startsWith(file + " is there already")
                .contains("another name");
        assertThat(sentence(() -> Files.delete(folder))).startsWith(folder + " is a folder with something in it.");
        assertThat(sentence(() -> Files.readString(temp.resolve("no"))))
                .startsWith("There is no " + temp.resolve("no") + ", ");
        assertThat(sentence(() -> Files.readString(loop))).startsWith(loop + " is a link that leads back to itself.");
        assertThat(sentence(() -> Files.createFile(longName)))
                .startsWith(longName + " is too long")
                .contains("shorter");
        assertThat(sentence(() -> Files.writeString(belowAFile, "1")))
                .startsWith(belowAFile + " cannot be made or opened: a part of its path is a file");
        assertThat(sentence(() -> Files.writeString(folder, "1"))).isEqualTo(folder + " is a folder. Name a file.");
        assertThat(sentence(() -> Files.createDirectory(Path.of(URI.create("jrt:/new")))))
                .startsWith("The disk can only be read")
                .contains("another place");
    }

    private static String sentence(ThrowingCallable action) {
        return FailureSentence.of(catchThrowable(action));
    }

    @Test
    void saysInWordsWhatCannotBeMadeToHappenHere() {
        assertThat(FailureSentence.of(new FileSystemException("/a/b", null, "Read-only file system")))
                .startsWith("/a/b lies on a disk that can only be read.");
        assertThat(FailureSentence.of(new FileSystemLoopException("/a/b")))
                .startsWith("/a/b is a link that leads back to itself.");
        assertThat(FailureSentence.of(new FileSystemException("/a/b", null, "Input/output error")))
                .startsWith("/a/b cannot be read or written: the disk or the connection to it fails.");
        assertThat(FailureSentence.of(new FileSystemException("/a/b")))
                .startsWith("/a/b cannot be read or written: the disk or the connection to it fails.");
        assertThat(FailureSentence.of(new FileSystemException(null, null, "Input/output error")))
                .startsWith("A file cannot be read or written: the disk or the connection to it fails.");
        assertThat(FailureSentence.of(new FileSystemException(null, null, "No space left on device")))
                .startsWith("The disk is full. ");
        assertThat(FailureSentence.of(
                        new FileSystemException("/proc/x.csv.f0d3f211.part", null, "No space left on device")))
                .startsWith("/proc/x.csv cannot be written: its disk is full");
    }

    @Test
    void namesTheFileWhereTheFailureDoesNot() {
        Path file = temp.resolve("a.csv");
        IOException nameless = (IOException) catchThrowable(() -> new PipedInputStream().read());

        assertThat(FailureSentence.about(file, nameless))
                .startsWith(file + " cannot be read or written: the disk or the connection to it fails.");
        assertThat(FailureSentence.about(file, new IOException("It has no rows.")))
                .isEqualTo("It has no rows.");
        assertThat(FailureSentence.about(file, new AccessDeniedException("/b.csv")))
                .startsWith("/b.csv cannot be opened or written: permission denied.");
        assertThat(FailureSentence.of(nameless)).startsWith("A file cannot be read or written");
    }

    @Test
    void tellsTheRoomThatIsLeftOnAFullDiskWhereItCanBeKnown() {
        IOException full = new IOException("There is not enough space on the disk");
        Matcher room =
                Pattern.compile("\\(([\\d,]+) MB left\\)").matcher(FailureSentence.about(temp.resolve("a"), full));

        assertThat(room.find()).isTrue();
        // Other programs write meanwhile.
        assertThat(Double.parseDouble(room.group(1).replace(",", "")))
                .isCloseTo(temp.toFile().getUsableSpace() / 1048576.0, within(1024.0));
        assertThat(FailureSentence.about(temp.resolve("no/such/a"), full)).contains("its disk is full (nothing left)");
    }

    /** The words may stand in the name of a file, or in what is no failure of a file; causes may go in a circle. */
    @Test
    void takesNothingElseForAFullDisk() {
        assertThat(FailureSentence.isFullDisk(new FileSystemException("No space left.csv")))
                .isFalse();
        assertThat(FailureSentence.isFullDisk(
                        new IOException("failed", new IllegalStateException("No space left in the row"))))
                .isFalse();
        IOException inner = new IOException("inner");
        IOException outer = new IOException("outer", inner);
        inner.initCause(outer);
        assertThat(FailureSentence.isFullDisk(outer)).isFalse();
        assertThat(FailureSentence.isFullDisk(new IOException("failed", new IOException("Disk quota exceeded"))))
                .isTrue();
    }
}
