package org.oddlens.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.app.settings.SettingsFile;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.process.DeviceChoice;
import org.oddlens.engine.process.EngineClient;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunSpec;

/** The window's state with an engine that only remembers what it was asked. */
class ShellViewModelTest {

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CompletableFuture<JsonNode> inspection = new CompletableFuture<>();
    private EngineClient.StateListener engine;
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
                Runnable::run,
                Runnable::run,
                Runnable::run);
    }

    @Test
    void startsTheEngineAndSaysHowItStands() {
        model.start();
        assertThat(asked).containsExactly("warm up");
        engine.changed(EngineClient.State.READY, "CPU");
        assertThat(model.engineTextProperty().get()).isEqualTo("Engine ready – CPU");
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
    void keepsTheThemeAndClosesTheEngine() {
        model.useDark(true);
        assertThat(new SettingsFile(new OddlensHome(folder)).load().dark()).isTrue();
        model.close();
        assertThat(asked).containsExactly("close");
    }
}
