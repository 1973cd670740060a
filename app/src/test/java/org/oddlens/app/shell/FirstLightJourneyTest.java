package org.oddlens.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oddlens.app.dataset.DataViewModel;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.app.run.SnapshotPicture;
import org.testfx.api.FxRobot;

/** The main job in a real window with a real engine process, by mouse and keyboard. */
@Tag("journey")
class FirstLightJourneyTest {

    private static final Path HOME = Path.of("target/journey-home");
    private static final int ENGINE_SECONDS = 40;

    private final FxRobot robot = new FxRobot();
    private OpenWindow open;

    @BeforeEach
    void startFresh() throws IOException {
        if (Files.exists(HOME)) {
            try (Stream<Path> files = Files.walk(HOME)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        open = new OpenWindow(HOME, 1440, 900);
    }

    @AfterEach
    void close() {
        open.close(); // fails with the watchdog's complaints
        assertThat(open.screen.cssWarnings()).isEmpty();
    }

    @Test
    void importsTrainsWatchesStopsAndFindsTheRunAgain() {
        open.saveBoth("journey-welcome");
        importByMenu(TestData.twoMoons(HOME));
        open.saveBoth("journey-data");
        setUpMemAe("2000");
        trainForTheFirstTime();
        RunViewModel run = open.run();
        open.screen.until(
                "three pictures", ENGINE_SECONDS, () -> run.kept().epochs().size() >= 3);
        watchItMove(run);
        open.saveBoth("journey-training");

        robot.clickOn("#tool-pause");
        open.screen.until("paused", () -> run.phaseProperty().get() == RunViewModel.Phase.PAUSED);
        open.screen.settle();
        int held = open.screen.call(() -> run.epochProperty().get());
        robot.clickOn("#tool-one-epoch");
        open.screen.until("one more epoch", () -> run.epochProperty().get() == held + 1);
        dragTheThreshold();

        robot.clickOn("#tool-stop-and-keep");
        open.screen.until("result", ENGINE_SECONDS, () -> run.scoredProperty().get() != null);
        assertThat(open.screen.call(() -> run.phaseProperty().get())).isEqualTo(RunViewModel.Phase.STOPPED);
        askAboutTheHighestRow(run);
        open.saveBoth("journey-finished");

        int epochs = open.screen.call(() -> run.epochs().size());
        open.close();
        open = new OpenWindow(HOME, 1440, 900);
        open.screen.until("the run is listed", () -> open.model.runs().items().size() == 1);
        open.screen.firstLayout(() -> {}); // of the run page in the new window
        robot.clickOn("#run-list .list-cell");
        open.screen.until(
                "the run is open",
                () -> open.model.runProperty().get() != null
                        && open.model.runProperty().get().scoredProperty().get() != null);
        RunViewModel again = open.run();
        assertThat(open.screen.call(() -> again.epochs().size())).isEqualTo(epochs);
        assertThat(open.screen.call(() -> open.window.runPage().curves().isEmpty()))
                .isFalse();
        open.screen.save("journey-reopened-light");
    }

    @Test
    void survivesTheDeathOfTheEngine() {
        importByMenu(TestData.twoMoons(HOME));
        setUpMemAe("5000");
        trainForTheFirstTime();
        RunViewModel run = open.run();
        open.screen.until("training", ENGINE_SECONDS, () -> run.epochProperty().get() >= 3);
        long killed = System.nanoTime();
        ProcessHandle.of(open.model.enginePid()).orElseThrow().destroyForcibly();
        open.screen.until("interrupted", 3, () -> run.phaseProperty().get() == RunViewModel.Phase.INTERRUPTED);
        System.out.printf("the window said so %d ms after the kill%n", (System.nanoTime() - killed) / 1_000_000);
        assertThat(open.screen.call(() -> run.messageProperty().get())).contains("ended unexpectedly");
        assertThat(open.screen.call(() -> open.model.bannerProperty().get()))
                .as("the run that is shown has told it")
                .isEmpty();
        open.screen.until("listed as interrupted", () -> open.model.runs().items().stream()
                .anyMatch(item -> item.state() == RunViewModel.Phase.INTERRUPTED));
        open.saveBoth("journey-interrupted");
        open.screen.run(() -> field("#epochs").setText("20"));
        robot.clickOn("#train");
        RunViewModel next = open.run();
        assertThat(next).isNotSameAs(run);
        open.screen.until(
                "the next run ends", ENGINE_SECONDS, () -> next.phaseProperty().get() == RunViewModel.Phase.COMPLETED);
    }

    @Test
    void explainsBadFilesInSentences() throws IOException {
        Path nonsense = Files.writeString(HOME.resolve("nonsense.mat"), "this is no matrix\u0000\u0001");
        Path empty = Files.writeString(HOME.resolve("empty.npz"), "");
        List<Path> bad = Stream.concat(
                        Stream.of(nonsense, empty, HOME.resolve("missing.mat")),
                        Stream.of(
                                        "pickled_object.npz",
                                        "rows_mismatch.npz",
                                        "truncated.mat",
                                        "truncated.npz",
                                        "nan_inf.npz",
                                        "not_a_mat.mat")
                                .map(name -> TestData.shared("formats/" + name))
                                .flatMap(Optional::stream))
                .toList();
        for (Path file : bad) {
            open.screen.firstLayout(() -> open.model.open(file));
            DataViewModel data = open.model.data();
            open.screen.until(
                    "an answer about " + file.getFileName(),
                    ENGINE_SECONDS,
                    () -> data.phaseProperty().get() != DataViewModel.Phase.READING
                            && data.phaseProperty().get() != DataViewModel.Phase.EMPTY);
            String said = open.screen.call(() -> data.problemProperty().get());
            String notes = open.screen.call(() -> data.inspectionProperty().get() == null
                    ? ""
                    : String.join(" ", data.inspectionProperty().get().notes())
                            + String.join(" ", data.inspectionProperty().get().roles()));
            System.out.println(file.getFileName() + ": " + said + " | " + notes);
            assertThat(said + notes)
                    .as(file.getFileName().toString())
                    .isNotBlank()
                    .doesNotContain("Exception")
                    .doesNotContain("java.");
            open.screen.save("journey-bad-" + file.getFileName().toString().replace('.', '-'));
        }
    }

    private void importByMenu(Path file) {
        open.willChoose(file);
        open.screen.firstLayout(() -> {}); // of the menu and of the data page
        robot.clickOn("File");
        robot.clickOn("Import data…");
        open.screen.until(
                "data and picture",
                ENGINE_SECONDS,
                () -> open.model.data().pictureProperty().get() != null);
        open.screen.settle();
    }

    private void setUpMemAe(String epochs) {
        robot.clickOn("#detector");
        robot.clickOn("MemAE");
        open.screen.until("MemAE", () -> open.model
                .setup()
                .detectorProperty()
                .get()
                .descriptor()
                .id()
                .equals("memae"));
        assertThat(((ComboBox<?>) open.window.scene().lookup("#detector")).getValue())
                .isNotNull();
        robot.doubleClickOn("#epochs");
        robot.push(KeyCode.CONTROL, KeyCode.A);
        robot.write(epochs).push(KeyCode.TAB);
        open.screen.until("epochs", () -> field("#epochs").getText().equals(epochs));
    }

    /** The first layout of the run page, until the run's first pictures are there. */
    private void trainForTheFirstTime() {
        open.screen.firstLayout(() -> {});
        robot.clickOn("#train");
        RunViewModel run = open.run();
        open.screen.until(
                "the first picture",
                ENGINE_SECONDS,
                () -> run.kept().shownProperty().get() != null);
        open.screen.settle();
    }

    private TextField field(String id) {
        return (TextField) open.window.scene().lookup(id);
    }

    private void watchItMove(RunViewModel run) {
        SnapshotPicture before =
                open.screen.call(() -> run.kept().shownProperty().get());
        int[] latentBefore = pixels("#latent-scatter");
        int[] curvesBefore = pixels("#loss-curves");
        open.screen.until(
                "a later picture",
                ENGINE_SECONDS,
                () -> run.kept().shownProperty().get().epoch() > before.epoch());
        open.screen.settle();
        SnapshotPicture after =
                open.screen.call(() -> run.kept().shownProperty().get());
        assertThat(after.spaces().get(0).frame().x())
                .isNotEqualTo(before.spaces().get(0).frame().x());
        assertThat(Arrays.equals(latentBefore, pixels("#latent-scatter"))).isFalse();
        assertThat(Arrays.equals(curvesBefore, pixels("#loss-curves"))).isFalse();
    }

    private int[] pixels(String id) {
        return open.screen.call(() -> {
            Node node = open.window.scene().lookup(id);
            WritableImage seen = node.snapshot(null, null);
            int width = (int) seen.getWidth();
            int height = (int) seen.getHeight();
            int[] pixels = new int[width * height];
            seen.getPixelReader()
                    .getPixels(
                            0, 0, width, height, javafx.scene.image.PixelFormat.getIntArgbInstance(), pixels, 0, width);
            return pixels;
        });
    }

    private void dragTheThreshold() {
        String before = open.screen.call(() -> open.window.runPage().histogram().caption());
        Point2D grip = open.screen.call(() -> open.window.runPage().histogram().thresholdOnScreen());
        robot.moveTo(grip).press(MouseButton.PRIMARY).moveBy(-40, 0).release(MouseButton.PRIMARY);
        open.screen.settle();
        String after = open.screen.call(() -> open.window.runPage().histogram().caption());
        assertThat(after).isNotEqualTo(before).contains("rows at or above");
    }

    private void askAboutTheHighestRow(RunViewModel run) {
        robot.clickOn("#rows-table .table-row-cell");
        open.screen.until(
                "contributions",
                ENGINE_SECONDS,
                () -> run.explanation().foundProperty().get() != null);
        assertThat(open.screen.call(
                        () -> run.explanation().foundProperty().get().shares()))
                .hasSize(12);
        Label said = open.screen.call(() -> (Label) open.window.scene().lookup("#verdict"));
        assertThat(open.screen.call(said::getText)).startsWith("Stopped by you after");
    }
}
