package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.run.RunSpec;

/** The list of runs while they are read, and when others make some. */
class RunListTest {

    private static final String NOW = "2026-01-30T14:22:33Z";

    @TempDir
    Path folder;

    private final Queue<Runnable> worker = new ArrayDeque<>();
    private final List<Integer> looks = new ArrayList<>();

    private RunList list() {
        return new RunList(new OddlensHome(folder), DetectorRegistry.installed(), worker::add, Runnable::run);
    }

    private RunFolderWatch watch() {
        return new RunFolderWatch(new OddlensHome(folder), () -> looks.add(1));
    }

    private RunFolder record(int number) throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("runs/20260130-14223%d-memae-0000".formatted(number)));
        RunSpec spec = new RunSpec(
                DataSpec.of("/data/moons.csv"),
                ProtocolSpec.of(ProtocolSpec.TRANSDUCTIVE),
                "none",
                "memae",
                "default",
                Map.of(),
                "percentile:95",
                1,
                "cpu",
                "compiled",
                1);
        run.writeRecord(new RunRecord(
                RunRecord.FORMAT, run.id(), NOW, spec, new MachineKind("p", "s", "j", "b", Map.of()), DeviceUse.cpu()));
        run.append(new RunEvent.Phase(NOW, "training"));
        return run;
    }

    private static void age(RunFolder run) throws IOException {
        Files.setLastModifiedTime(run.file(RunFolder.EVENTS), FileTime.fromMillis(1_700_000_000_000L));
    }

    @Test
    void doesNotSayThatThereAreNoRunsBeforeItHasLooked() throws IOException {
        record(1);
        record(2);
        RunList runs = list();
        List<String> said = new ArrayList<>();
        runs.placeholderProperty().addListener((property, before, now) -> said.add(now));
        assertThat(runs.placeholderProperty().get()).isEqualTo("Looking for runs…");

        runs.refresh();
        worker.remove().run();

        assertThat(said).first().isEqualTo("Loading 2 runs…");
        assertThat(runs.items()).extracting(RunItem::data).containsExactly("moons.csv", "moons.csv");
    }

    @Test
    void saysThatThereAreNoRunsOnceItHasLooked() {
        RunList runs = list();
        runs.refresh();
        worker.remove().run();

        assertThat(runs.placeholderProperty().get()).startsWith("No runs yet.");
    }

    @Test
    void readsTheFolderOnceForManyWishes() {
        RunList runs = list();
        runs.refresh();
        runs.refresh();

        assertThat(worker).hasSize(1);
    }

    @Test
    void leavesTheListAloneWhenNothingIsNew() throws IOException {
        record(1);
        RunList runs = list();
        runs.refresh();
        worker.remove().run();
        runs.items().addListener((ListChangeListener<RunItem>) change -> looks.add(1));

        runs.refresh();
        worker.remove().run();

        assertThat(looks).isEmpty();
    }

    @Test
    void seesARunThatTheCommandLineBegins() throws IOException {
        record(1);
        try (RunFolderWatch watch = watch()) {
            watch.look();
            watch.look();
            assertThat(looks).as("nothing is new").isEmpty();

            record(2);
            watch.look();

            assertThat(looks).hasSize(1);
        }
    }

    @Test
    void seesThatARunHasEndedButNotEachOfItsEpochs() throws IOException {
        RunFolder run = record(1);
        try (RunFolderWatch watch = watch()) {
            watch.look();
            run.append(new RunEvent.Epoch(NOW, 1, 1, Map.of(), null, 1e-3, 0.1, null, false));
            watch.look();
            assertThat(looks).as("an epoch").isEmpty();

            run.append(new RunEvent.Ended(NOW, RunEnd.DISCARDED, 1, "Discarded.", Map.of()));
            age(run);
            watch.look();

            assertThat(looks).hasSize(1);
        }
    }

    @Test
    void seesThatARunIsGone() throws IOException {
        RunFolder run = record(1);
        try (RunFolderWatch watch = watch()) {
            watch.look();
            Files.delete(run.file(RunFolder.EVENTS));
            Files.delete(run.file(RunFolder.RECORD));
            watch.look();

            assertThat(looks).hasSize(1);
        }
    }
}
