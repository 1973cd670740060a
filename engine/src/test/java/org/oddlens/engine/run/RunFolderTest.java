package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oddlens.engine.data.DataSpec;
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
        RunEvent.Checkpoint second = new RunEvent.Checkpoint("2026-01-30T14:22:34Z", 2, 4, "checkpoint-7.npz");
        RunEvent.Resumed resumed = new RunEvent.Resumed("2026-01-30T14:23:34Z", 2, 2);
        append(run, PHASE, epoch(0, 0), epoch(1, 1), first, epoch(2, 1), second, epoch(3, 1), ended(RunEnd.STOPPED));
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

    @Test
    void refusesALinkThatLeadsNowhere() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("nowhere"));

        assertThatThrownBy(() -> RunFolder.create(link))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("is a link that leads to no folder");
        assertThat(temp.resolve("nowhere")).doesNotExist();
    }

    @Test
    void takesAnEmptyFolderBehindALink() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), Files.createDirectory(temp.resolve("run")));

        assertThat(RunFolder.create(link).path()).isEqualTo(link);
    }

    /** The names of docs/formats/run-folder.md, less those with a number and the window's own file. */
    @Test
    void countsEveryFileOfTheFormatAmongItsParts() {
        assertThat(new RunFolder(Path.of("/r")).parts())
                .extracting(Path::toString)
                .containsExactlyInAnyOrder(
                        "/r/run.json",
                        "/r/events.jsonl",
                        "/r/split.npz",
                        "/r/ids.csv",
                        "/r/scores/final.npy",
                        "/r/metrics.json",
                        "/r/model.zip",
                        "/r/model.fb",
                        "/r/log.txt",
                        "/r/lock");
    }

    @Test
    void tellsAFileThatIsMissingFromOneThatIsNone() throws IOException {
        RunFolder run = RunFolder.create(temp.resolve("20260130-142233-memae-1f3a"));
        Files.createDirectory(run.file("model.zip"));

        assertThatThrownBy(run::readFinalScores)
                .isInstanceOf(RunFolderException.class)
                .hasMessageStartingWith("Run 20260130-142233-memae-1f3a has no scores/final.npy: ");
        assertThatThrownBy(() -> run.readable("model.zip"))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("model.zip is no ordinary file");
    }

    @Test
    void tellsARecordWithoutFormatAndOneThatIsNoFile() throws IOException {
        RunFolder run = new RunFolder(temp);
        Files.writeString(run.file("run.json"), "{\"spec\":{}}");
        assertThatThrownBy(run::readRecord)
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("it names no format");
        Files.writeString(run.file("run.json"), "{\"format\":\"oddlens.run/1\"}");
        assertThatThrownBy(run::readRecord)
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("'spec'");
        Files.delete(run.file("run.json"));
        Files.createDirectory(run.file("run.json"));
        assertThat(run.exists()).isFalse();
        assertThatThrownBy(run::readRecord)
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("run.json is no ordinary file");
    }

    @Test
    void refusesEventsThatWouldFillTheMemory() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(temp.resolve("events.jsonl").toFile(), "rw")) {
            sparse.setLength(513L << 20);
        }
        assertThatThrownBy(() -> new RunFolder(temp).readEvents())
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("has 513 MB")
                .hasMessageContaining("at most 512 MB");
    }

    @ParameterizedTest
    @EnumSource(RunEnd.class)
    void hasAStateForEveryEnd(RunEnd end) throws IOException {
        RunFolder run = new RunFolder(temp);
        append(run, STARTED, ended(end));

        assertThat(run.state().name()).isEqualTo(end.name());
    }

    @Test
    void hasNoEventsBeforeItBegins() throws IOException {
        RunFolder run = new RunFolder(temp);
        run.mendEvents();

        assertThat(run.readEvents()).isEmpty();
        assertThat(run.readEnd()).isEmpty();
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void notesInItsLogThatATornLineWasDropped() throws IOException {
        RunFolder run = new RunFolder(temp);
        append(run, PHASE);
        run.log("before");
        Files.writeString(run.file("events.jsonl"), "{\"type\":", StandardOpenOption.APPEND);
        run.mendEvents();

        assertThat(Files.readAllLines(temp.resolve("log.txt")))
                .containsExactly("before", "a torn line at the end of events.jsonl was dropped");
    }

    /** A link in its place is not looked through: what it leads to may be a record that cannot be read just now. */
    @Test
    void removesNothingOnceThereIsARecord() throws IOException {
        RunFolder run = new RunFolder(temp);
        append(run, PHASE);
        Files.createSymbolicLink(run.file("run.json"), temp.resolve("nowhere"));
        run.removeUnlessBegun();

        assertThat(run.readEvents()).containsExactly(PHASE);
    }

    @Test
    void mendsEventsOfWhichNotEvenTheFirstIsWhole() throws IOException {
        RunFolder run = new RunFolder(temp);
        Files.writeString(run.file("events.jsonl"), "{\"type\":");
        run.mendEvents();
        append(run, PHASE);

        assertThat(run.readEvents()).containsExactly(PHASE);
    }

    @Test
    void mayHaveAnEndAndNothingElse() throws IOException {
        RunFolder run = new RunFolder(temp);
        append(run, ended(RunEnd.FAILED));

        assertThat(run.readEnd()).contains(ended(RunEnd.FAILED));
    }
}
