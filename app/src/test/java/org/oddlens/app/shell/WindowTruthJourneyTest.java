package org.oddlens.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.app.chart.RowSelection;
import org.oddlens.app.dataset.DataViewModel;
import org.oddlens.app.run.RowItem;
import org.oddlens.app.run.RunViewModel;

/** Pictures of what the window says of runs and data, in two sizes and both themes, with a real engine. */
@Tag("journey")
class WindowTruthJourneyTest {

    private static final Path HOME = Path.of("target/journey-truth");
    private static final int ENGINE_SECONDS = 90;

    private OpenWindow open;
    private String size;

    private void begin(int width, int height) throws IOException {
        if (Files.exists(HOME)) {
            try (Stream<Path> files = Files.walk(HOME)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        open = new OpenWindow(HOME, width, height);
        size = Integer.toString(width);
    }

    @AfterEach
    void close() {
        open.close(); // fails with the watchdog's complaints
        assertThat(open.screen.cssWarnings()).isEmpty();
    }

    private void save(String fault, String what) {
        open.saveBoth(fault + "-" + what + "-" + size);
    }

    private void openData(Path file) {
        DataViewModel data = open.model.data();
        open.screen.firstLayout(() -> open.model.open(file));
        open.screen.until(
                "an answer",
                ENGINE_SECONDS,
                () -> data.phaseProperty().get() == DataViewModel.Phase.FAILED
                        || data.phaseProperty().get() == DataViewModel.Phase.SHOWN
                                && data.pictureProperty().get() != null);
        open.screen.settle();
    }

    private RunViewModel train(String detector, String epochs, Consumer<Void> before) {
        open.screen.firstLayout(() -> open.model
                .setup()
                .detectorProperty()
                .set(open.model.setup().detectors().stream()
                        .filter(known -> known.descriptor().id().equals(detector))
                        .findFirst()
                        .orElseThrow()));
        if (epochs != null) {
            open.screen.settle(); // the form of the detector is laid out first
            open.screen.run(() -> ((TextField) open.window.scene().lookup("#epochs")).setText(epochs));
        }
        before.accept(null);
        open.screen.firstLayout(open.model::train);
        return open.run();
    }

    private RunViewModel finish(String detector, String epochs) {
        RunViewModel run = train(detector, epochs, nothing -> {});
        open.screen.until("result", ENGINE_SECONDS, () -> run.scoredProperty().get() != null);
        open.screen.settle();
        return run;
    }

    @ParameterizedTest
    @CsvSource({"1280,800", "1920,1080"})
    void tellsTheTruthAboutRuns(int width, int height) throws IOException {
        begin(width, height);
        openData(TestData.twoMoons(HOME));
        save("w27", "columns-of-the-data");
        finish("lof", null);
        save("w24", "a-detector-solved-in-one-step");
        finish("alad", "40");
        save("w2", "seven-terms-leave-room");
        finish("duad", "100");
        save("w3", "gaps-are-no-nan");
        finish("dagmm", "60");
        open.screen.run(() -> open.window.runPage().curves().ownScalesProperty().set(true));
        save("w26", "each-term-on-its-own-scale");
        open.screen.run(() -> open.window.runPage().curves().ownScalesProperty().set(false));
        RunViewModel memory = train("memae", "3000", nothing -> {});
        open.screen.until(
                "pictures",
                ENGINE_SECONDS,
                () -> memory.kept().epochs().size() >= 3
                        && memory.kept().shownProperty().get() != null);
        open.screen.run(open.window::startTraining);
        save("w11", "train-while-training");
        save("w5", "newest-codes-while-training");
        open.screen.until(
                "listed", ENGINE_SECONDS, () -> open.model.runs().items().size() == 5);
        open.screen.firstLayout(
                () -> open.model.openRun(open.model.runs().items().get(4)));
        open.screen.until(
                "the old run",
                ENGINE_SECONDS,
                () -> open.model.runProperty().get() != memory
                        && open.model.runProperty().get().scoredProperty().get() != null);
        open.screen.firstLayout(() -> ((TabPane) open.window.scene().lookup("#run-tables"))
                .getSelectionModel()
                .select(1));
        save("w13", "an-old-run-while-one-trains");
        open.screen.firstLayout(open.model::showLive);
        open.screen.run(memory::stopAndKeep);
        open.screen.until(
                "result", ENGINE_SECONDS, () -> memory.scoredProperty().get() != null);
        open.screen.firstLayout(() -> ((TabPane) open.window.scene().lookup("#run-tables"))
                .getSelectionModel()
                .select(0));
        RowItem first =
                open.screen.call(() -> memory.scoredProperty().get().ranked().get(0));
        open.screen.run(() -> open.window.runPage().latent().selectionProperty().set(RowSelection.of(first.row())));
        open.screen.until(
                "contributions",
                ENGINE_SECONDS,
                () -> memory.explanation().foundProperty().get() != null);
        save("w10", "last-snapshot-after-stop");
    }

    @ParameterizedTest
    @CsvSource({"1280,800", "1920,1080"})
    void tellsTheTruthAboutDataAndTheEngine(int width, int height) throws IOException {
        begin(width, height);
        Path python = TestData.shared("formats/pickled_object.npz").orElse(HOME.resolve("missing.npz"));
        openData(python);
        save("w16", "python-as-it-is-written");
        openData(TestData.twoMoons(HOME));
        RunViewModel run = train("memae", "5000", nothing -> {});
        open.screen.until("training", ENGINE_SECONDS, () -> run.epochProperty().get() >= 3);
        ProcessHandle.of(open.model.enginePid()).orElseThrow().destroyForcibly();
        open.screen.until("interrupted", 5, () -> run.phaseProperty().get() == RunViewModel.Phase.INTERRUPTED);
        open.screen.settle();
        save("w28", "the-death-of-the-engine-is-told-once");
    }
}
