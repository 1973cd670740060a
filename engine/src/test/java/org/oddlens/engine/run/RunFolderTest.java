package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.data.ProtocolSpec;

class RunFolderTest {

    private static final RunEvent.Started STARTED = new RunEvent.Started(
            "2026-01-30T14:22:33Z", Map.of("train", 10), 12, "12 → 2 → 12", 74, 5, 10, List.of("reconstruction"));
    private static final RunEvent.Ended ENDED =
            new RunEvent.Ended("2026-01-30T14:22:35Z", RunEnd.EARLY_STOPPED, 4, "Stopped.", Map.of("train", 1.5));

    @TempDir
    Path temp;

    @Test
    void makesItsFolderOrTakesAnEmptyOne() throws IOException {
        assertThat(RunFolder.create(temp.resolve("a/b")).path()).isDirectory();
        assertThat(RunFolder.create(Files.createDirectory(temp.resolve("empty")))
                        .path())
                .isEmptyDirectory();
    }

    @Test
    void refusesAFolderThatHoldsSomethingAndAFile() throws IOException {
        Path file = Files.writeString(temp.resolve("mine.txt"), "keep");

        assertThatThrownBy(() -> RunFolder.create(temp))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("not empty");
        assertThatThrownBy(() -> RunFolder.create(file))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("is a file");
        assertThat(file).hasContent("keep");
    }

    @Test
    void readsBackTheEventsItAppended() throws IOException {
        RunFolder run = new RunFolder(temp);
        RunEvent.Epoch epoch = new RunEvent.Epoch(
                "2026-01-30T14:22:34Z", 1, 3, Map.of("reconstruction", 0.25), null, 1e-3, 0.01, 0.9, true);
        run.append(STARTED);
        run.append(epoch);
        run.append(ENDED);

        assertThat(run.readEvents()).containsExactly(STARTED, epoch, ENDED);
        assertThat(run.readEnd()).contains(ENDED);
    }

    /** A line may be cut anywhere when a process dies, also inside a character of several bytes. */
    @Test
    void leavesOutALastLineTornAtAnyByte() throws IOException {
        RunFolder run = new RunFolder(temp);
        run.append(new RunEvent.Phase("2026-01-30T14:22:33Z", "training"));
        int whole = Files.readAllBytes(run.file(RunFolder.EVENTS)).length;
        run.append(STARTED);
        byte[] bytes = Files.readAllBytes(run.file(RunFolder.EVENTS));
        for (int length = whole; length < bytes.length - 1; length++) {
            Files.write(run.file(RunFolder.EVENTS), Arrays.copyOf(bytes, length));

            assertThat(run.readEvents()).as("cut after byte " + length).hasSize(1);
        }
    }

    @Test
    void refusesALineThatIsBrokenInTheMiddleAndNamesIt() throws IOException {
        Files.writeString(temp.resolve(RunFolder.EVENTS), "{\"type\":\"pha\n{\"type\":\"phase\"}\n");

        assertThatThrownBy(() -> new RunFolder(temp).readEvents())
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("Line 1");
    }

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

    @Test
    void isRunningWhileAnotherProcessHoldsItsLockAndInterruptedOnceThatDied() throws Exception {
        RunFolder run = new RunFolder(temp);
        run.append(STARTED);
        Process holder = java(Holder.class);
        try {
            assertThat(holder.getInputStream().read()).isEqualTo('.');
            assertThat(run.state()).isEqualTo(RunFolder.State.RUNNING);
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(run.state()).isEqualTo(RunFolder.State.INTERRUPTED);
    }

    /** Holds a file's lock until it is killed. */
    static final class Holder {
        public static void main(String[] args) throws Exception {
            try (FileChannel channel =
                    FileChannel.open(new File(args[0]).toPath(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                channel.lock();
                System.out.print('.');
                System.out.flush();
                Thread.sleep(60_000);
            }
        }
    }

    private static final RunEvent.Phase PHASE = new RunEvent.Phase("2026-01-30T14:22:33Z", "training");

    private static RunEvent.Epoch epoch(int number, double seconds) {
        return new RunEvent.Epoch("2026-01-30T14:22:34Z", number, 3, Map.of("a", 0.5), null, 1e-3, seconds, null, true);
    }

    private static RunEvent.Change change(int epoch, double to) {
        return new RunEvent.Change("2026-01-30T14:22:34Z", epoch, 3L * (epoch - 1), "learning-rate", 0.1, to);
    }

    private static RunEvent.Ended ended(RunEnd end) {
        return new RunEvent.Ended("2026-01-30T14:22:35Z", end, 3, "Ended.", Map.of());
    }

    private static void append(RunFolder run, RunEvent... events) throws IOException {
        for (RunEvent event : events) {
            run.append(event);
        }
    }

    @Test
    void putsWhatAResumedRunDoesAgainInPlaceOfWhatItDidBefore() throws IOException {
        RunFolder run = new RunFolder(temp);
        RunEvent.Checkpoint first = new RunEvent.Checkpoint("2026-01-30T14:22:34Z", 1, 2, "checkpoint-5.npz");
        RunEvent.Resumed resumed = new RunEvent.Resumed("2026-01-30T14:23:34Z", 2, 2);
        append(run, PHASE, epoch(0, 0), epoch(1, 1), first, epoch(2, 1), epoch(3, 1), ended(RunEnd.STOPPED));
        append(run, resumed);

        assertThat(run.readEnd()).isEmpty();
        assertThat(run.state()).isEqualTo(RunFolder.State.INTERRUPTED);

        append(run, epoch(2, 9), ended(RunEnd.COMPLETED));
        assertThat(run.readEvents())
                .containsExactly(PHASE, epoch(0, 0), epoch(1, 1), first, resumed, epoch(2, 9), ended(RunEnd.COMPLETED));
        assertThat(run.state()).isEqualTo(RunFolder.State.COMPLETED);
    }

    @Test
    void forgetsEveryEpochWhereARunStartedAgain() throws IOException {
        RunFolder run = new RunFolder(temp);
        RunEvent.Resumed again = new RunEvent.Resumed("2026-01-30T14:23:34Z", 0, 0);
        append(run, epoch(0, 0), epoch(1, 1), again, epoch(0, 9));

        assertThat(run.readEvents()).containsExactly(again, epoch(0, 9));
    }

    /** A change made beyond the point of resuming is part of the run and must happen again; the last word counts. */
    @Test
    void collectsTheChangesOfAllSegments() throws IOException {
        RunFolder run = new RunFolder(temp);
        append(run, change(4, 0.02), change(7, 0.03), new RunEvent.Resumed("2026-01-30T14:23:34Z", 2, 0));
        append(run, change(4, 0.05));

        assertThat(run.readChanges(List.of(
                        new HyperparameterChange(4, "learning-rate", 0.01),
                        new HyperparameterChange(9, "batch-size", 16))))
                .isEqualTo(Map.of(
                        4, Map.of("learning-rate", 0.05),
                        7, Map.of("learning-rate", 0.03),
                        9, Map.of("batch-size", 16)));
        assertThat(run.readEvents().stream().filter(RunEvent.Change.class::isInstance))
                .containsExactly(change(7, 0.03), change(4, 0.05));
    }

    /** Cut at any byte, the file goes on with whole lines: the torn one is gone, or whole if only its end was missing. */
    @Test
    void mendsATornLineBeforeTheNextIsAppended() throws IOException {
        RunFolder run = new RunFolder(temp);
        append(run, PHASE);
        int whole = Files.readAllBytes(run.file(RunFolder.EVENTS)).length;
        append(run, STARTED);
        byte[] bytes = Files.readAllBytes(run.file(RunFolder.EVENTS));
        for (int length = whole; length <= bytes.length; length++) {
            Files.write(run.file(RunFolder.EVENTS), Arrays.copyOf(bytes, length));
            run.mendEvents();
            append(run, ENDED);

            assertThat(run.readEvents())
                    .as("cut after byte " + length)
                    .isEqualTo(length < bytes.length - 1 ? List.of(PHASE, ENDED) : List.of(PHASE, STARTED, ENDED));
        }
    }

    @Test
    void takesItsStateFromItsEnd() throws IOException {
        RunFolder run = new RunFolder(temp);
        run.append(STARTED);
        run.append(ENDED);

        assertThat(run.state()).isEqualTo(RunFolder.State.EARLY_STOPPED);
    }

    @Test
    void writesSnapshotsAsPlainArraysAndLeavesNoHalfFile() throws IOException {
        RunFolder run = new RunFolder(temp);
        run.writeSnapshot(
                12,
                new double[] {1, 2},
                new java.util.LinkedHashMap<>(Map.of("code", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2))),
                Map.of("memory", Tensor.of(new float[] {5, 6}, 1, 2)));
        run.writeSplit(Map.of("train", new int[] {0, 2}, "test", new int[] {1}));

        assertThat(run.snapshots()).containsExactly(12);
        assertThat(NpyReader.read(run.scoresFile(12)).doubles()).containsExactly(1, 2);
        assertThat(NpyReader.read(run.latentFile(null, 12)).shape()).containsExactly(2, 2);
        assertThat(NpyReader.read(run.anatomyFile(12), "memory").floats()).containsExactly(5, 6);
        assertThat(NpyReader.read(run.file(RunFolder.SPLIT), "train").ints()).containsExactly(0, 2);
        try (var files = Files.walk(temp)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    @Test
    void readsItsRecordBackAndRefusesANewerFormat() throws IOException {
        RunFolder run = new RunFolder(temp);
        RunRecord whole = new RunRecord(
                RunRecord.FORMAT, run.id(), "2026-01-30T14:22:33Z", spec(), machine("a"), DeviceUse.cpu());
        run.writeRecord(whole);

        assertThat(run.readRecord()).isEqualTo(whole);

        run.writeRecord(new RunRecord("oddlens.run/2", "x", "", spec(), machine("a"), DeviceUse.cpu()));
        assertThatThrownBy(run::readRecord)
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("A newer Oddlens is needed");
    }

    @Test
    void saysSoWhereThereIsNoRun() {
        assertThatThrownBy(() -> new RunFolder(temp).readRecord())
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("is no run folder");
    }

    @Test
    void findsARunByFolderOrByAUniquePrefixOfItsId() throws IOException {
        OddlensHome home = new OddlensHome(temp);
        for (String id : List.of("20260130-142233-memae-1f3a", "20260130-150000-memae-0001")) {
            RunFolder run = RunFolder.create(home.runs().resolve(id));
            run.writeRecord(new RunRecord(RunRecord.FORMAT, id, "", spec(), machine("a"), DeviceUse.cpu()));
        }

        assertThat(home.list().stream().map(RunFolder::id))
                .containsExactly("20260130-150000-memae-0001", "20260130-142233-memae-1f3a");
        assertThat(home.find("20260130-14").id()).isEqualTo("20260130-142233-memae-1f3a");
        assertThat(home.find(home.runs().resolve("20260130-150000-memae-0001").toString())
                        .id())
                .endsWith("0001");
        assertThatThrownBy(() -> home.find("20260130")).hasMessageContaining("fits 2 runs");
        assertThatThrownBy(() -> home.find("1999")).hasMessageContaining("There is no run '1999'");
    }

    @Test
    void namesNewRunsByTimeAndDetector() {
        Path run = new OddlensHome(temp).newRun("memae", java.time.LocalDateTime.of(2026, 1, 30, 14, 22, 33));

        assertThat(run.getParent()).isEqualTo(temp.resolve("runs"));
        assertThat(run.getFileName().toString()).matches("20260130-142233-memae-[0-9a-f]{4}");
    }

    @Test
    void expectsTheSameBitsOfTheSameKindOfMachineOnly() {
        assertThat(machine("a").repeatsBitsOf(machine("a"))).isTrue();
        assertThat(machine("a").repeatsBitsOf(machine("b"))).isFalse();
        assertThat(machine("a").repeatsBitsOf(null)).isFalse();
    }

    static RunSpec spec() {
        return new RunSpec(
                DataSpec.of("data.npz"),
                ProtocolSpec.of("alternate"),
                "min-max",
                "memae",
                "default",
                Map.of("epochs", 3),
                "percentile:95",
                42,
                "cpu",
                "compiled",
                1);
    }

    private static MachineKind machine(String blas) {
        return new MachineKind("cpu", "Linux amd64", "17", blas, Map.of("oddlens", "0.1.0"));
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
        }
        assertThat(run.state()).isEqualTo(RunFolder.State.INTERRUPTED);
        run.lock().close();
    }

    @Test
    void refusesAPipeInPlaceOfItsEventsInsteadOfWaitingForIt() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", temp.resolve(RunFolder.EVENTS).toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThatThrownBy(() -> new RunFolder(temp).state())
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("events.jsonl is no ordinary file");
    }

    @Test
    void refusesLinksBeforeAnythingIsWritten() throws IOException {
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
        Path run = Files.createDirectories(temp.resolve("run"));
        Files.createSymbolicLink(run.resolve("scores"), elsewhere);

        assertThatThrownBy(() -> new FolderContent(new RunFolder(run)).refuseLinks())
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("scores is a link");
    }

    @Test
    void sweepsWhatAFullDiskLeftAndNothingElse() throws IOException {
        Files.createDirectories(temp.resolve("scores"));
        Files.writeString(temp.resolve("scores/final.npy.part"), "half");
        Files.writeString(temp.resolve("scores/final.npy"), "whole");
        Files.createFile(temp.resolve(RunFolder.GRAPH));
        Files.createFile(temp.resolve("lock"));

        new FolderContent(new RunFolder(temp)).sweepParts();

        assertThat(temp.resolve("scores/final.npy.part")).doesNotExist();
        assertThat(temp.resolve(RunFolder.GRAPH)).doesNotExist();
        assertThat(temp.resolve("scores/final.npy")).exists();
        assertThat(temp.resolve("lock")).exists();
    }

    @Test
    void leavesNothingOfARunThatNeverBegan(@TempDir Path temp) throws IOException {
        RunFolder failed = RunFolder.create(temp.resolve("failed"));
        failed.append(new RunEvent.Phase("2026-01-30T14:22:33Z", "loading"));
        failed.removeUnlessBegun();
        assertThat(temp.resolve("failed")).doesNotExist();
        failed.removeUnlessBegun(); // there is nothing any more
        RunFolder other = RunFolder.create(temp.resolve("other"));
        Files.writeString(temp.resolve("other/notes.txt"), "mine");
        other.removeUnlessBegun();
        assertThat(temp.resolve("other/notes.txt")).hasContent("mine");
    }
}
