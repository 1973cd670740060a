package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    private static final RunEvent.Started STARTED = new RunEvent.Started(
            "2026-01-30T14:22:33Z", Map.of("train", 10), 12, "12 → 2 → 12", 74, 5, 10, List.of("reconstruction"));

    @TempDir
    Path temp;

    @Test
    void isInterruptedWithoutEndAndLock() throws IOException {
        RunFolder run = new RunFolder(temp);
        run.append(STARTED);

        assertThat(run.state()).isEqualTo(RunFolder.State.INTERRUPTED);
        run.lock().close();
        assertThat(run.state()).isEqualTo(RunFolder.State.INTERRUPTED);
    }

    @Test
    void isRunningWhileThisProcessHoldsItsLock() throws IOException {
        RunFolder run = new RunFolder(temp);
        run.append(STARTED);
        RunLock lock = run.lock();
        assertThat(run.state()).isEqualTo(RunFolder.State.RUNNING);
        assertThatThrownBy(run::lock).isInstanceOf(RunFolderException.class).hasMessageContaining("another process");
        lock.close();

        assertThat(run.state()).isEqualTo(RunFolder.State.INTERRUPTED);
        assertThat(temp.toFile().list()).containsExactlyInAnyOrder("events.jsonl", "lock");
    }

    /** POSIX drops a process's lock when the process closes any handle of the file, so looking must not open it. */
    @Test
    void keepsItsLockAgainstOtherProcessesHoweverOftenThisOneLooks() throws Exception {
        RunFolder run = new RunFolder(temp);
        run.append(STARTED);
        RunLock lock = run.lock();
        assertThat(run.state()).isEqualTo(RunFolder.State.RUNNING);
        assertThatThrownBy(run::lock).isInstanceOf(RunFolderException.class);

        Process other = java(Prober.class);
        assertThat(other.getInputStream().read()).isEqualTo('-');
        lock.close();
        assertThat(java(Prober.class).getInputStream().read()).isEqualTo('+');
    }

    @Test
    void takesNoHeedOfTheMarkOfAProcessThatDied() throws IOException {
        RunFolder run = new RunFolder(temp);
        run.append(STARTED);
        Files.createFile(run.file("lock.1-1"));
        Files.createFile(run.file("lock"));

        assertThat(run.state()).isEqualTo(RunFolder.State.INTERRUPTED);
        run.lock().close();
        assertThat(run.file("lock.1-1")).doesNotExist();
    }

    @Test
    void isRunningWhileAnotherProcessHoldsItsLockAndInterruptedOnceThatDied() throws Exception {
        RunFolder run = new RunFolder(temp);
        run.append(STARTED);
        Process holder = java(Holder.class);
        try {
            assertThat(holder.getInputStream().read()).isEqualTo('.');
            assertThat(run.state()).isEqualTo(RunFolder.State.RUNNING);
            assertThatThrownBy(run::lock)
                    .isInstanceOf(RunFolderException.class)
                    .hasMessageContaining("is being written by another process");
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(run.state()).isEqualTo(RunFolder.State.INTERRUPTED);
    }

    /** A lock that another process holds leaves nothing here that says this one holds it. */
    @Test
    void takesItsLockAsSoonAsAnotherLetsGoOfIt() throws IOException {
        RunFolder run = new RunFolder(temp);
        try (FileChannel other =
                FileChannel.open(temp.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            other.lock();
            assertThatThrownBy(run::lock)
                    .isInstanceOf(RunFolderException.class)
                    .hasMessageContaining("is being written by another process");
            assertThatThrownBy(run::lock).isInstanceOf(RunFolderException.class);
            assertThat(run.state()).isEqualTo(RunFolder.State.RUNNING);
        }
        assertThat(run.state()).isEqualTo(RunFolder.State.INTERRUPTED);
        run.lock().close();
    }

    @Test
    void leavesNoMarkWhereTheLockCannotBeOpened() throws IOException {
        Files.createDirectory(temp.resolve("lock"));

        assertThatThrownBy(new RunFolder(temp)::lock).isInstanceOf(FileSystemException.class);
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files).containsExactly(temp.resolve("lock"));
        }
    }

    private Process java(Class<?> main) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName(),
                        temp.resolve("lock").toString())
                .start();
    }

    /** Says whether a file's lock is free. */
    static final class Prober {
        public static void main(String[] args) throws Exception {
            try (FileChannel channel = FileChannel.open(new File(args[0]).toPath(), StandardOpenOption.WRITE)) {
                System.out.print(channel.tryLock() == null ? '-' : '+');
                System.out.flush();
            }
        }
    }

    /** Holds a file's lock until it is killed. */
    static final class Holder {
        public static void main(String[] args) throws Exception {
            try (FileChannel channel =
                    FileChannel.open(new File(args[0]).toPath(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                System.out.print('.');
                System.out.flush();
                System.in.read(); // ends with the test, should that die first
            }
        }
    }
}
