package org.oddlens.app.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kordamp.ikonli.javafx.FontIcon;
import org.oddlens.app.Launcher;
import org.oddlens.app.chart.RowSelection;
import org.oddlens.app.run.RowItem;
import org.oddlens.app.run.RunItem;
import org.oddlens.app.run.RunViewModel;

/** Pictures of what the window says of labels, thresholds, constant features and old runs, with a real engine. */
@Tag("journey")
class RunTruthJourneyTest {

    private static final Path HOME = Path.of("target/journey-runs");
    private static final int PIXELS = 16;

    @TempDir
    Path folder;

    private JourneyWindow window;

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void tellsTheTruthAboutLabelsThresholdsAndConstantFeatures() throws IOException {
        window = new JourneyWindow(HOME, 1920, 1080);
        window.openSample("bars-8x8");
        window.finish("autoencoder", "5");
        assertThat(window.text("#verdict"))
                .startsWith("Finished after 5 epochs")
                .doesNotContain("swapped");
        window.saveEverySize("w17-right-labels-are-not-doubted");

        window.openData(TestData.shared("adbench/23_mammography.npz").orElseGet(() -> TestData.twoMoons(HOME)));
        window.screen.run(() -> window.model.choosePace(Pace.THREE)); // slow enough to be held in mid-run
        RunViewModel live = window.train("autoencoder", "30");
        window.screen.until(
                "scores",
                JourneyWindow.ENGINE_SECONDS,
                () -> live.epochProperty().get() >= 3);
        window.screen.run(live::pauseOrProceed);
        window.screen.until("held", () -> live.phaseProperty().get() == RunViewModel.Phase.PAUSED);
        window.screen.settle();
        window.saveEverySize("w18-threshold-while-it-trains");
        window.screen.run(() -> window.model.choosePace(Pace.FULL));
        window.screen.run(live::pauseOrProceed);
        window.awaitResult(live);
        double toldLast = window.screen.call(
                () -> live.epochs().get(live.epochs().size() - 1).threshold());
        assertThat(threshold())
                .as("1,000 training rows tell it live; a sample rich in anomalies was 70 times too high")
                .isCloseTo(toldLast, Percentage.withPercentage(20));
        window.saveEverySize("w18-the-same-threshold-at-its-end");

        window.openData(withAPixelThatIsDarkInTraining());
        window.screen.run(() -> window.model.setup().chosenClassProperty().set("0"));
        RunViewModel classes = window.finish("autoencoder", "5");
        RowItem first =
                window.screen.call(() -> classes.scoredProperty().get().ranked().get(0));
        assertThat(first.score()).isCloseTo(0, within(100.0)); // 253² / 16 = 4,000 in the pixel's own units
        window.screen.run(
                () -> window.open.window.runPage().latent().selectionProperty().set(RowSelection.of(first.row())));
        window.screen.until(
                "contributions",
                JourneyWindow.ENGINE_SECONDS,
                () -> classes.explanation().foundProperty().get() != null);
        window.saveEverySize("w23-a-constant-pixel-does-not-explode");
        assertThat(window.screen.call(() -> String.join(" ", classes.log()))).contains("p16");
        window.showTable(2);
        window.saveEverySize("w23-the-log-names-constant-features");
    }

    @Test
    void tellsTheTruthAboutRecordedRuns() throws IOException, InterruptedException {
        JourneyWindow.emptied(HOME);
        Path data = TestData.twoMoons(HOME);
        trainByCommandLine(data, "autoencoder", "--epochs", "7");
        CountDownLatch files = new CountDownLatch(1);
        window = new JourneyWindow(HOME, 1920, 1080, files);
        assertThat(window.text("#run-list-placeholder")).isEqualTo("Looking for runs…");
        window.saveEverySize("w20-looking-for-runs");
        files.countDown();
        awaitRuns(1);

        trainByCommandLine(data, "lof"); // elsewhere, while the window is open
        awaitRuns(2);
        assertThat(window.screen.call(this::namesInTheList)).containsExactly("LOF", "Autoencoder");
        window.saveEverySize("w20-runs-of-the-command-line-appear");

        window.openData(data);
        window.choose("dagmm");
        RunItem old = window.screen.call(() -> window.model.runs().items().get(1));
        window.screen.firstLayout(() -> window.model.openRun(old));
        window.screen.until(
                "the old run",
                JourneyWindow.ENGINE_SECONDS,
                () -> window.model.runProperty().get() != null
                        && window.open.window.runPage().isVisible()
                        && window.model.runProperty().get().scoredProperty().get() != null);
        window.showTable(1);
        window.screen.settle();
        assertThat(window.screen.call(() -> settings("#run-settings .label")))
                .contains("Autoencoder", "7  (default 100)");
        assertThat(window.screen.call(
                        () -> ((TextArea) window.open.window.scene().lookup("#run-settings .text-area")).getText()))
                .as("the command that makes the run shown again, not the form's")
                .contains(old.id());
        window.saveEverySize("w12-settings-of-an-old-run");
        window.screen.firstLayout(window.model::loadSettings);
        window.screen.settle();
        assertThat(window.screen.call(() -> window.model
                        .setup()
                        .detectorProperty()
                        .get()
                        .descriptor()
                        .id()))
                .isEqualTo("autoencoder");
        assertThat(window.screen.call(() -> window.model.setup().spec().hyperparameters()))
                .containsEntry("epochs", 7);
        window.saveEverySize("w12-loaded-into-the-form");
    }

    private double threshold() {
        return window.screen.call(() ->
                window.open.window.runPage().histogram().thresholdProperty().get());
    }

    private void awaitRuns(int runs) {
        window.screen.until(
                runs + " runs",
                JourneyWindow.ENGINE_SECONDS,
                () -> window.model.runs().items().size() == runs
                        && window.model.runs().items().stream()
                                .allMatch(run -> run.state() == RunViewModel.Phase.COMPLETED));
        window.screen.settle();
    }

    /** Names of the runs on show; each has an icon that its font knows. */
    private List<String> namesInTheList() {
        return window.open.window.scene().getRoot().lookupAll("#run-list .list-cell").stream()
                .filter(cell -> cell.lookup(".od-panel-title") != null)
                .map(cell -> {
                    assertThat(((FontIcon) cell.lookup(".ikonli-font-icon")).getIconCode())
                            .isNotNull();
                    return ((Label) cell.lookup(".od-panel-title")).getText();
                })
                .toList();
    }

    private List<String> settings(String which) {
        return window.open.window.scene().getRoot().lookupAll(which).stream()
                .filter(Node::isVisible)
                .filter(Label.class::isInstance)
                .map(node -> ((Label) node).getText())
                .toList();
    }

    private void trainByCommandLine(Path data, String... words) throws IOException, InterruptedException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder command = new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "train",
                "--detector",
                words[0],
                "--data",
                data.toAbsolutePath().toString());
        command.command().addAll(List.of(words).subList(1, words.length));
        command.environment().put("ODDLENS_HOME", HOME.toAbsolutePath().toString());
        Path said = folder.resolve("said.txt");
        Process process =
                command.redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    }

    /** Three classes of small images; the last pixel is 0 in all rows of the class that is trained on. */
    private Path withAPixelThatIsDarkInTraining() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int pixel = 1; pixel <= PIXELS; pixel++) {
            text.append('p').append(pixel).append(',');
        }
        text.append("class\n");
        Random random = new Random(3);
        for (int row = 0; row < 600; row++) {
            int digit = row % 3;
            for (int pixel = 1; pixel < PIXELS; pixel++) {
                text.append(String.format(
                                Locale.ENGLISH,
                                "%.0f",
                                120 + 30 * Math.sin(pixel + digit) + 10 * random.nextGaussian()))
                        .append(',');
            }
            text.append(digit > 0 && row % 20 == 4 ? 253 : 0)
                    .append(',')
                    .append(digit)
                    .append('\n');
        }
        return Files.writeString(folder.resolve("pixels.csv"), text);
    }
}
