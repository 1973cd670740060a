package org.oddlens.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.app.run.FakeHandle;
import org.oddlens.app.run.RunItem;
import org.oddlens.app.run.RunList;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.app.settings.SettingsFile;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.process.DeviceChoice;
import org.oddlens.engine.process.EngineClient;
import org.oddlens.engine.process.EngineGoneException;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.run.RunSpec;

/** The window's state with an engine that only remembers what it was asked. */
class ShellViewModelTest {

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CompletableFuture<JsonNode> inspection = new CompletableFuture<>();
    private EngineClient.StateListener engine;
    private Consumer<RunEvent> resumed;
    private FakeHandle resumedRun;
    private ShellViewModel model;

    private final class Desk implements EngineDesk {
        @Override
        public void warmUp() {
            asked.add("warm up");
        }

        @Override
        public RunHandle submit(RunSpec spec, Path run, Consumer<RunEvent> listener) {
            throw new IllegalStateException("no run is expected");
        }

        @Override
        public RunHandle resume(Path run, Consumer<RunEvent> listener) {
            asked.add("resume " + run.getFileName());
            resumed = listener;
            resumedRun = new FakeHandle(run);
            return resumedRun;
        }

        @Override
        public void pace(double epochsPerSecond) {
            asked.add("pace " + epochsPerSecond);
        }

        @Override
        public CompletionStage<JsonNode> inspect(DataSpec data) {
            asked.add("inspect " + data.file());
            return inspection;
        }

        @Override
        public CompletionStage<JsonNode> picture(DataSpec data, String method, long seed) {
            return new CompletableFuture<>();
        }

        @Override
        public CompletionStage<JsonNode> contributions(Path run, int row) {
            return new CompletableFuture<>();
        }

        @Override
        public void use(DeviceChoice.Chosen device) {
            asked.add("use " + device.use().used());
        }

        @Override
        public long pid() {
            return -1;
        }

        @Override
        public void close() {
            asked.add("close");
        }
    }

    @BeforeEach
    void make() {
        OddlensHome home = new OddlensHome(folder);
        model = new ShellViewModel(
                home,
                DetectorRegistry.installed(),
                listener -> {
                    engine = listener;
                    return new Desk();
                },
                new SettingsFile(home),
                new Threads(Runnable::run, Runnable::run, Runnable::run, Runnable::run));
    }

    @Test
    void startsTheEngineAndSaysHowItStands() {
        model.start();
        assertThat(asked).containsExactly("warm up");
        engine.changed(EngineClient.State.READY, "CPU");
        assertThat(model.engineStatus().textProperty().get()).isEqualTo("Engine ready – CPU");
        engine.changed(EngineClient.State.GONE, "The engine has ended.");
        assertThat(model.bannerProperty().get())
                .startsWith("The engine has ended.")
                .contains("window is unaffected");
    }

    @Test
    void opensAFileOnTheDataPageAndSaysThatItIsBeingRead() {
        model.open(Path.of("moons.csv"));
        assertThat(model.pageProperty().get()).isEqualTo(ShellViewModel.Page.DATA);
        assertThat(asked).containsExactly("inspect moons.csv");
        assertThat(model.setup().obstacleProperty().get()).isEqualTo("The data file is being read…");
        inspection.completeExceptionally(new IllegalStateException("moons.csv is empty."));
        assertThat(model.data().problemProperty().get()).isEqualTo("moons.csv is empty.");
        assertThat(model.setup().obstacleProperty().get()).isEqualTo("Open a data file first.");
    }

    @Test
    void trainsNothingWhileSomethingStandsInTheWay() {
        model.train();
        model.swapLabels();
        assertThat(asked).isEmpty();
        assertThat(model.runProperty().get()).isNull();
    }

    /** Whatever this machine has: a wish that cannot be granted is answered with the reason. */
    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void movesTheEngineToTheCardIfItWorksAndSaysWhyIfNot() throws InterruptedException {
        model.devices().wishedProperty().set(true);
        assertThat(new SettingsFile(new OddlensHome(folder)).load().card()).isTrue();
        assertThat(asked).as("nothing is known yet").isEmpty();

        model.devices().test();
        while (asked.isEmpty()) {
            Thread.sleep(10);
        }
        boolean works = model.devices().reportProperty().get().cardWorks();
        assertThat(asked).containsExactly(works ? "use cuda" : "use cpu");
        assertThat(model.bannerProperty().get())
                .isEqualTo(works ? "" : model.devices().reportProperty().get().sentence());

        model.devices().wishedProperty().set(false);
        assertThat(asked).last().isEqualTo("use cpu");
        assertThat(model.bannerProperty().get()).isEmpty();
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void startsSamplesAtThirtyEpochsASecondUntilAPaceIsChosen() throws Exception {
        model.openSample(model.samples().get(0).id());
        while (model.pageProperty().get() != ShellViewModel.Page.DATA) {
            Thread.sleep(5);
        }
        assertThat(model.paceProperty().get()).isEqualTo(Pace.THIRTY);
        assertThat(asked).contains("pace 30.0");
        model.open(Path.of("own.csv"));
        assertThat(model.paceProperty().get())
                .as("own data go as fast as they can")
                .isEqualTo(Pace.FULL);
        model.choosePace(Pace.THREE);
        assertThat(asked).last().isEqualTo("pace 3.0");
        model.open(Path.of("own.csv"));
        assertThat(model.paceProperty().get()).as("what was chosen stays").isEqualTo(Pace.THREE);
        assertThat(new SettingsFile(new OddlensHome(folder)).load().pace()).isEqualTo("THREE");
    }

    private static final String NOW = "2026-01-30T14:22:33Z";

    private static RunEvent.Epoch epoch(int number) {
        return new RunEvent.Epoch(NOW, number, 4, Map.of("reconstruction", 0.5), null, 1e-3, 0.1, null, false);
    }

    /** A recorded run of three epochs, with or without an end, opened. */
    private RunFolder recorded(RunEvent... last) throws IOException {
        RunFolder run = record("20260130-142233-autoencoder-0001", last);
        model.runs().refresh();
        model.openRun(model.runs().items().get(0));
        return run;
    }

    private RunFolder record(String id, RunEvent... last) throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("runs").resolve(id));
        RunSpec spec = new RunSpec(
                DataSpec.of("moons.csv"),
                ProtocolSpec.of(ProtocolSpec.TRANSDUCTIVE).withSplitSeed(7),
                "z-score",
                "autoencoder",
                "default",
                Map.of("epochs", 9, "hidden", List.of(6, 3)),
                "mean-sd:3",
                7,
                "cpu",
                "compiled",
                1);
        run.writeRecord(new RunRecord(
                RunRecord.FORMAT, run.id(), NOW, spec, new MachineKind("p", "s", "j", "b", Map.of()), DeviceUse.cpu()));
        run.append(new RunEvent.Phase(NOW, "training"));
        run.append(new RunEvent.Started(NOW, Map.of("train", 9), 4, "4 → 2 → 4", 22, 9, 5, List.of("reconstruction")));
        for (int number = 1; number <= 3; number++) {
            run.append(epoch(number));
        }
        for (RunEvent event : last) {
            run.append(event);
        }
        return run;
    }

    @Test
    void goesOnWithAnInterruptedRun() throws IOException {
        recorded();
        assertThat(model.runProperty().get().messageProperty().get())
                .isEqualTo("This run was interrupted at epoch 3 of 9.");
        model.resume();
        RunViewModel run = model.runProperty().get();

        assertThat(asked).containsExactly("resume 20260130-142233-autoencoder-0001");
        assertThat(run.controllable()).isTrue();
        assertThat(run.epochs()).hasSize(3);
        model.resume();
        assertThat(asked).as("not twice").hasSize(1);

        resumed.accept(new RunEvent.Resumed(NOW, 3, 2));
        resumed.accept(epoch(3));
        resumed.accept(epoch(4));
        assertThat(run.epochs()).extracting(RunEvent.Epoch::epoch).containsExactly(1, 2, 3, 4);
        assertThat(run.seams()).containsExactly(3);
        assertThat(run.log()).anyMatch(line -> line.endsWith("Resumed in epoch 3 after 2 of its steps"));
    }

    @Test
    void goesOnWithARunThatWasStoppedButNotWithOneThatIsComplete() throws IOException {
        recorded(new RunEvent.Ended(NOW, RunEnd.STOPPED, 3, "Stopped by the user.", Map.of()));
        assertThat(model.runProperty().get().resumable()).isTrue();
        model.resume();
        assertThat(model.runProperty().get().controllable()).isTrue();
        resumed.accept(new RunEvent.Resumed(NOW, 4, 0));
        resumed.accept(new RunEvent.Ended(NOW, RunEnd.COMPLETED, 9, "All 9 epochs done.", Map.of()));

        assertThat(model.runProperty().get().resumable()).isFalse();
        model.resume();
        assertThat(asked).hasSize(1);
    }

    @Test
    void keepsTheThemeAndClosesTheEngine() {
        model.useDark(true);
        assertThat(new SettingsFile(new OddlensHome(folder)).load().dark()).isTrue();
        model.close();
        assertThat(asked).containsExactly("close");
    }

    /** The run that trains is not lost from sight while another is looked at. */
    @Test
    void looksAtAnOldRunWhileOneTrainsAndComesBack() throws IOException {
        record("20260101-000000-autoencoder-0000", new RunEvent.Ended(NOW, RunEnd.COMPLETED, 3, "Done.", Map.of()));
        recorded();
        model.resume();
        RunViewModel live = model.runProperty().get();
        RunItem old = model.runs().items().get(1);

        model.openRun(old);

        assertThat(model.runProperty().get().id()).isEqualTo("20260101-000000-autoencoder-0000");
        assertThat(model.training()).isTrue();
        assertThat(model.bannerProperty().get()).isEmpty();

        model.showLive();
        assertThat(model.runProperty().get()).isSameAs(live);
        model.openRun(old);
        model.openRun(model.runs().items().get(0));
        assertThat(model.runProperty().get()).as("its item in the list").isSameAs(live);
    }

    @Test
    void trainsNoSecondRunWhileOneTrainsUnseen() throws IOException {
        record("20260101-000000-autoencoder-0000", new RunEvent.Ended(NOW, RunEnd.STOPPED, 3, "Stopped.", Map.of()));
        recorded();
        model.resume();
        model.openRun(model.runs().items().get(1));

        model.resume();

        assertThat(asked).containsExactly("resume 20260130-142233-autoencoder-0001");
    }

    @Test
    void loadsTheSettingsOfARunIntoTheForm() throws IOException {
        recorded(new RunEvent.Ended(NOW, RunEnd.COMPLETED, 3, "Done.", Map.of()));

        model.loadSettings();

        assertThat(model.setup().detectorProperty().get().descriptor().id()).isEqualTo("autoencoder");
        assertThat(model.setup().loadedProperty().get().texts())
                .containsEntry("epochs", "9")
                .containsEntry("hidden", "6,3");
        assertThat(model.setup().scalerProperty().get()).isEqualTo("z-score");
        assertThat(model.setup().thresholdProperty().get()).isEqualTo("mean-sd:3");
        assertThat(model.setup().seedProperty().get()).isEqualTo("7");
        assertThat(asked).as("its data are opened").containsExactly("inspect moons.csv");
    }

    @Test
    void keepsTheRunsOwnSettingsWithWhatIsShown() throws IOException {
        RunFolder run = recorded(new RunEvent.Ended(NOW, RunEnd.COMPLETED, 3, "Done.", Map.of()));

        assertThat(model.shownRun().spec().scaler()).isEqualTo("z-score");
        assertThat(model.shownRun().folder()).isEqualTo(run.path());
    }

    /** A long list of runs to read must not keep the codes of the run that trains from being seen. */
    @Test
    void readsThePicturesOfARunThoughTheFilesAreBusy() throws IOException {
        List<Runnable> files = new ArrayList<>();
        List<Runnable> snapshots = new ArrayList<>();
        RunFolder run = record("20260130-142233-autoencoder-0001");
        OddlensHome home = new OddlensHome(folder);
        RunModels models = new RunModels(
                DetectorRegistry.installed(),
                new Desk(),
                new Threads(files::add, snapshots::add, Runnable::run, Runnable::run));
        RunViewModel shown = models.of(run, run.readRecord().spec()).run();
        new RunList(home, DetectorRegistry.installed(), files::add, Runnable::run).refresh();

        shown.publish(new RunEvent.Epoch(NOW, 1, 4, Map.of(), null, 1e-3, 0.1, null, true));

        assertThat(files).as("the list").hasSize(1);
        assertThat(snapshots).as("the picture").hasSize(1);
    }

    @Test
    void tellsTheDeathOfTheEngineOnceWhetherTheRunOrTheEngineIsHeardFirst() throws IOException {
        recorded();
        model.resume();

        resumedRun.end.completeExceptionally(new EngineGoneException("The engine process ended unexpectedly."));
        engine.changed(EngineClient.State.GONE, "The engine process ended unexpectedly.");

        assertThat(model.runProperty().get().messageProperty().get()).contains("ended unexpectedly");
        assertThat(model.bannerProperty().get())
                .as("the page of the run says it")
                .isEmpty();
    }

    @Test
    void tellsInTheBannerWhatHappenedToARunThatIsNotShown() throws IOException {
        record("20260101-000000-autoencoder-0000", new RunEvent.Ended(NOW, RunEnd.COMPLETED, 3, "Done.", Map.of()));
        recorded();
        model.resume();
        model.openRun(model.runs().items().get(1));

        engine.changed(EngineClient.State.GONE, "The engine process ended unexpectedly.");
        resumedRun.end.completeExceptionally(new EngineGoneException("The engine process ended unexpectedly."));

        assertThat(model.bannerProperty().get())
                .startsWith("Autoencoder on moons.csv, seed 7: The engine process ended unexpectedly.")
                .contains("recorded up to epoch");
    }
}
