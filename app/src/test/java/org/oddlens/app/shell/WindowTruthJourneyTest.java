package org.oddlens.app.shell;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.app.chart.RowSelection;
import org.oddlens.app.run.RowItem;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.app.run.SnapshotPicture;

/** Pictures of what the window says of runs and data, in two sizes and both themes, with a real engine. */
@Tag("journey")
class WindowTruthJourneyTest {

    private static final Path HOME = Path.of("target/journey-truth");
    private static final int ENGINE_SECONDS = JourneyWindow.ENGINE_SECONDS;

    private JourneyWindow window;
    private OpenWindow open;
    private String size;

    private void begin(int width, int height) {
        window = new JourneyWindow(HOME, width, height);
        open = window.open;
        size = Integer.toString(width);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private void save(String fault, String what) {
        open.saveBoth(fault + "-" + what + "-" + size);
    }

    @ParameterizedTest
    @CsvSource({"1280,800", "1920,1080"})
    void tellsTheTruthAboutRuns(int width, int height) {
        begin(width, height);
        window.openData(TestData.twoMoons(HOME));
        save("w27", "columns-of-the-data");
        window.finish("lof", null);
        save("w24", "a-detector-solved-in-one-step");
        window.finish("alad", "40");
        save("w2", "seven-terms-leave-room");
        window.finish("duad", "100");
        save("w3", "gaps-are-no-nan");
        window.finish("dagmm", "60");
        open.screen.run(() -> open.window.runPage().curves().ownScalesProperty().set(true));
        save("w26", "each-term-on-its-own-scale");
        open.screen.run(() -> open.window.runPage().curves().ownScalesProperty().set(false));
        RunViewModel memory = window.train("memae", "3000");
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
        window.showTable(1);
        save("w13", "an-old-run-while-one-trains");
        open.screen.firstLayout(open.model::showLive);
        open.screen.run(memory::stopAndKeep);
        open.screen.until(
                "result", ENGINE_SECONDS, () -> memory.scoredProperty().get() != null);
        window.showTable(0);
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
    void tellsTheTruthAboutDataAndTheEngine(int width, int height) {
        begin(width, height);
        Path python = TestData.shared("formats/pickled_object.npz").orElse(HOME.resolve("missing.npz"));
        window.openData(python);
        save("w16", "python-as-it-is-written");
        window.openData(TestData.twoMoons(HOME));
        RunViewModel run = window.train("memae", "5000");
        open.screen.until("training", ENGINE_SECONDS, () -> run.epochProperty().get() >= 3);
        ProcessHandle.of(open.model.enginePid()).orElseThrow().destroyForcibly();
        open.screen.until("interrupted", 5, () -> run.phaseProperty().get() == RunViewModel.Phase.INTERRUPTED);
        open.screen.settle();
        save("w28", "the-death-of-the-engine-is-told-once");
    }

    @ParameterizedTest
    @CsvSource({"1280,800", "1920,1080"})
    void tellsTheTruthAboutManyRows(int width, int height) {
        Optional<Path> many = TestData.shared("adbench/16_http.npz");
        assumeThat(many).isPresent();
        begin(width, height);
        window.openData(many.get());
        save("w27", "columns-of-many-rows");
        RunViewModel run = window.finish("autoencoder", "1");
        save("w21", "large-counts-beside-their-title");
        SnapshotPicture shown =
                open.screen.call(() -> run.kept().shownProperty().get());
        RowSelection tracked = RowSelection.of(shown.spaces().get(0).frame().rowIds());
        RowItem unseen = open.screen.call(() -> run.scoredProperty().get().ranked().stream()
                .filter(row -> !tracked.contains(row.row()))
                .findFirst()
                .orElseThrow());
        open.screen.run(() -> open.window.runPage().latent().selectionProperty().set(RowSelection.of(unseen.row())));
        open.screen.until(
                "contributions",
                ENGINE_SECONDS,
                () -> run.explanation().foundProperty().get() != null);
        save("w8", "a-row-that-is-not-tracked");
    }
}
