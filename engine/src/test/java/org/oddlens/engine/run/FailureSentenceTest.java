package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailureSentenceTest {

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
}
