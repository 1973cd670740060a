package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.chart.RowSelection;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Theme;
import org.oddlens.app.fx.UiThread;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.engine.study.RunSnapshot;

/** What the run page says of runs: live ones, ended ones, and those of detectors that are solved in one step. */
class RunPageTest {

    private static final String NOW = "2026-01-30T14:22:33Z";
    private static final int ROWS = 200;
    /** Lies between two scores far below their 95th percentile. */
    private static final double OF_THE_RUN = 0.4375;

    private final ExecutorService painter = Executors.newSingleThreadExecutor();
    private final FxScreen screen = new FxScreen();
    private RunPage page;

    @BeforeEach
    void show() {
        page = screen.show(
                Theme.LIGHT, 1200, 800, () -> new RunPage(new LatentScatter(painter, UiThread.soon()), new NoWishes()));
    }

    @AfterEach
    void close() {
        screen.close();
        painter.shutdownNow();
        assertThat(screen.cssWarnings()).isEmpty();
    }

    /** Rows 0 to {@code drawn} − 1 of {@code ROWS}; the score of a row is its number. */
    private static RunSnapshot rows(int epoch, int drawn) {
        Random random = new Random(7);
        float[] x = new float[drawn];
        float[] y = new float[drawn];
        double[] scores = new double[drawn];
        byte[] labels = new byte[drawn];
        int[] rows = new int[drawn];
        String[] ids = new String[drawn];
        for (int i = 0; i < drawn; i++) {
            x[i] = (float) random.nextGaussian();
            y[i] = (float) random.nextGaussian();
            scores[i] = i / (double) ROWS;
            labels[i] = (byte) (i % 20 == 0 ? 1 : 0);
            rows[i] = i;
            ids[i] = "r" + i;
        }
        return new RunSnapshot(
                epoch,
                rows,
                ids,
                labels,
                scores,
                List.of(new RunSnapshot.Space("code", "Code", 2, x, y, "code 1", "code 2", List.of())),
                List.of(),
                null);
    }

    /** Tracks the first 150 of 200 rows. */
    private final class Source implements SnapshotSource {

        private final RunMetrics metrics;

        Source(RunMetrics metrics) {
            this.metrics = metrics;
        }

        @Override
        public void snapshot(int epoch, Consumer<SnapshotPicture> taker) {
            taker.accept(SnapshotPicture.of(rows(epoch, 150), ROWS, ROWS / 20, Double.NaN));
        }

        @Override
        public void result(Consumer<Result> taker) {
            taker.accept(new Result(
                    metrics, SnapshotPicture.of(rows(9, ROWS), ROWS, ROWS / 20, Double.NaN), List.of(0, 1, 9)));
        }
    }

    private static RunMetrics metrics(String detector) {
        return new RunMetrics(
                RunMetrics.FORMAT,
                detector,
                "default",
                "normal-split",
                "min-max",
                42,
                "completed",
                1,
                12,
                Map.of("test", ROWS, "anomalies", 10),
                new RunMetrics.ThresholdUsed("percentile:95", OF_THE_RUN, false, "training rows"),
                Map.of("auroc", .98, "auprc", .5),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of("untrained", Map.of("auroc", .5), "mean_distance", Map.of("auroc", .7)),
                Map.of("train", 3.21),
                Map.of());
    }

    private RunViewModel run(String detector) {
        RunSpec spec = new RunSpec(
                DataSpec.of("/data/moons.mat"),
                ProtocolSpec.of(ProtocolSpec.NORMAL_SPLIT),
                "robust",
                detector,
                "default",
                Map.of("neighbours", 33, "hidden", List.of(10, 4)),
                "percentile:95",
                77,
                "cpu",
                "compiled",
                1);
        RunViewModel run = screen.call(() -> new RunViewModel(
                "r",
                detector + " on moons",
                new Source(metrics(detector)),
                row -> new CompletableFuture<>(),
                UiThread.soon(),
                UiThread.paced()));
        screen.run(() -> page.show(new ShownRun(
                run, DetectorRegistry.installed().get(detector).descriptor(), spec, Path.of("/runs/my run"))));
        run.publish(new RunEvent.Phase(NOW, "training"));
        run.publish(new RunEvent.Started(
                NOW,
                Map.of("train", 90),
                12,
                detector.equals("lof") ? "12" : "12 → 2 → 12",
                detector.equals("lof") ? 0 : 738,
                detector.equals("lof") ? 1 : 9,
                150,
                List.of("reconstruction")));
        return run;
    }

    private void epoch(RunViewModel run, int number, Double threshold) {
        run.publish(new RunEvent.Epoch(
                NOW, number, number, Map.of("reconstruction", 1.0 / number), null, 1e-3, 0.1, null, true, threshold));
        screen.until(
                "epoch " + number,
                () -> run.kept().shownProperty().get() != null
                        && run.kept().shownProperty().get().epoch() == number);
    }

    private void end(RunViewModel run) {
        run.publish(new RunEvent.Ended(NOW, RunEnd.COMPLETED, 9, "All done.", Map.of()));
        screen.until("ended", () -> run.scoredProperty().get() != null);
        screen.settle();
    }

    private double line() {
        return screen.call(() -> page.histogram().thresholdProperty().get());
    }

    private void awaitLine(double score) {
        screen.until(
                "the line at " + score,
                () -> page.histogram().thresholdProperty().get() == score);
    }

    private String verdict() {
        return screen.call(() -> ((Label) page.lookup("#verdict")).getText());
    }

    private String words() {
        List<String> words = screen.call(() -> page.lookupAll(".label").stream()
                .filter(RunPageTest::seen)
                .map(node -> ((Labeled) node).getText())
                .collect(Collectors.toCollection(ArrayList::new)));
        return String.join("\n", words);
    }

    private static boolean seen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** Scores 0, 0.005, …, 0.995: from 0.4375 up are 112 of 200, and the 95th percentile would be 0.945. */
    @Test
    void theLineStandsAtTheThresholdOfTheRunAfterItsEnd() {
        RunViewModel run = run("memae");
        epoch(run, 1, null);

        end(run);

        assertThat(line()).isEqualTo(OF_THE_RUN);
        assertThat(screen.call(() -> page.histogram().caption())).isEqualTo("112 of 200 rows at or above 0.4375");
        assertThat(verdict()).contains("112 of 200 rows at or above 0.4375");
    }

    @Test
    void theLiveLineIsThatOfTheTrainingRowsAtTheEpochShown() {
        RunViewModel run = run("memae");
        epoch(run, 1, 0.25);
        awaitLine(0.25);

        epoch(run, 2, 0.125);

        awaitLine(0.125);
    }

    @Test
    void aLiveLineThatNobodyKnowsIsNotDrawn() {
        RunViewModel run = run("memae");
        epoch(run, 1, null);
        screen.settle();

        assertThat(line()).isNaN();
        assertThat(screen.call(() -> page.histogram().caption())).contains("no threshold set");
    }

    @Test
    void theUsersThresholdEndsWithTheRun() {
        RunViewModel first = run("memae");
        epoch(first, 1, 0.25);
        end(first);
        screen.run(() -> page.histogram().thresholdProperty().set(0.9));
        assertThat(verdict()).contains("20 of 200 rows at or above 0.9");

        RunViewModel second = run("memae");
        epoch(second, 1, 0.25);
        awaitLine(0.25);
        end(second);

        assertThat(line()).isEqualTo(OF_THE_RUN);
    }

    @Test
    void theUsersThresholdStaysWhileTheRunGoesOn() {
        RunViewModel run = run("memae");
        epoch(run, 1, 0.25);
        awaitLine(0.25);
        screen.run(() -> page.histogram().thresholdProperty().set(0.9));

        epoch(run, 2, 0.125);
        end(run);

        assertThat(line()).isCloseTo(0.9, within(1e-12));
    }

    @Test
    void marksTheRowsOfTheTableThatReachTheThreshold() {
        RunViewModel run = run("memae");
        epoch(run, 1, null);
        end(run);
        screen.run(() -> page.histogram().thresholdProperty().set(0.985));
        screen.settle();

        assertThat(screen.call(() -> page.lookupAll("#rows-table .table-row-cell").stream()
                        .filter(row -> row.isVisible()
                                && row.getPseudoClassStates().contains(PseudoClass.getPseudoClass("flagged")))
                        .count()))
                .as("0.985, 0.99 and 0.995")
                .isEqualTo(3);
    }

    @Test
    void aRowThatIsNotTrackedIsSaidToHaveNoPlaceInThePicture() {
        RunViewModel run = run("memae");
        epoch(run, 1, null);
        end(run);

        screen.run(() -> page.latent().selectionProperty().set(RowSelection.of(199)));
        assertThat(words()).contains("Not among the 150 tracked rows, so it has no place in the picture.");
        assertThat(screen.call(() -> page.latent().caption()))
                .endsWith("; the row selected is not among the 150 tracked rows, so it has no place in the picture");

        screen.run(() -> page.latent().selectionProperty().set(RowSelection.of(7)));
        assertThat(words()).doesNotContain("Not among");

        screen.run(() -> page.latent()
                .selectionProperty()
                .set(RowSelection.of(IntStream.range(140, 200).toArray())));
        assertThat(screen.call(() -> page.latent().caption())).contains("60 selected, 50 of them not among the 150");
    }

    @Test
    void aDetectorSolvedInOneStepHasNoCurvesNoSliderAndNothingUntrained() {
        RunViewModel run = run("lof");
        run.publish(new RunEvent.Epoch(NOW, 0, 0, Map.of(), null, null, 0, 0.5, true));
        screen.until("epoch 0", () -> run.kept().shownProperty().get() != null);
        screen.settle();
        assertThat(words())
                .contains("It is being solved…")
                .doesNotContain("Epoch of")
                .doesNotContain("rows at or above");

        end(run);

        assertThat(words())
                .contains("PCA of the inputs")
                .contains("LOF is solved in one step, so there is no curve. Time: 3.2 s.")
                .contains("Neighbours\n33")
                .contains("Solved in 3.2 s")
                .contains("Mean distance ★")
                .doesNotContain("Latent space")
                .doesNotContain("Untrained")
                .doesNotContain("Curves");
        assertThat(screen.call(() -> page.lookupAll("#epoch-slider").stream().anyMatch(RunPageTest::seen)))
                .isFalse();
        screen.save("run-page-solved-light");
    }

    @Test
    void aNetworkAfterASolvedDetectorHasItsCurvesAgain() {
        end(run("lof"));
        RunViewModel run = run("memae");
        epoch(run, 1, null);
        end(run);

        assertThat(words())
                .contains("Latent space")
                .contains("Curves")
                .contains("Untrained ★")
                .doesNotContain("How it");
    }

    @Test
    void tellsTheSettingsOfTheRunShownAndTheCommandThatMakesItAgain() {
        RunViewModel run = run("lof");
        end(run);
        String told = screen.call(() -> page.lookupAll("#run-tables .tab").size()) == 3 ? settings() : "";

        assertThat(told)
                .contains("/data/moons.mat")
                .contains("robust")
                .contains("77")
                .contains("33  (default 20)");
        assertThat(screen.call(() -> ((javafx.scene.control.TextInputControl) page.lookup("#run-command")).getText()))
                .isEqualTo("./oddlens train --spec '/runs/my run/run.json'");
    }

    private String settings() {
        screen.run(() -> ((javafx.scene.control.TabPane) page.lookup("#run-tables"))
                .getSelectionModel()
                .select(1));
        screen.settle();
        return words();
    }

    @Test
    void showsTheRowsOfTheRun() {
        end(run("memae"));

        assertThat(screen.call(() ->
                        ((TableView<?>) page.lookup("#rows-table")).getItems().size()))
                .isEqualTo(ROWS);
    }

    /** The page in a window of 1280 × 800 with a banner; ALAD has most terms of all, and its values can be changed live. */
    @Test
    void nothingLiesOverTheCurvesWhileARunTrains() {
        screen.show(Theme.LIGHT, 930, 650, () -> {
            page = new RunPage(new LatentScatter(painter, UiThread.soon()), new NoWishes());
            return page;
        });
        RunViewModel run = run("alad");
        screen.run(() -> run.follow(new FakeHandle(Path.of("r"))));
        run.publish(new RunEvent.Phase(NOW, "loading")); // a handle is there before the first word of its run
        run.publish(new RunEvent.Phase(NOW, "training"));
        Map<String, Double> terms = new LinkedHashMap<>();
        DetectorRegistry.installed().get("alad").descriptor().lossTerms().forEach(term -> terms.put(term.id(), 0.5));
        for (int epoch = 0; epoch < 30; epoch++) {
            run.publish(
                    new RunEvent.Epoch(NOW, epoch, epoch, epoch == 0 ? Map.of() : terms, null, 1e-3, 0.1, 0.9, false));
        }
        screen.until("epochs", () -> run.epochs().size() == 30);
        screen.save("run-page-alad-training-light");

        double changeFrom =
                screen.call(() -> page.lookup("#live-change").localToScene(0, 0).getY());
        List<Double> ends = screen.call(() -> page.curves().getChildren().stream()
                .filter(Node::isVisible)
                .map(part -> part.localToScene(part.getLayoutBounds()).getMaxY())
                .toList());
        assertThat(screen.call(() -> page.lookup("#live-change").isVisible())).isTrue();
        assertThat(ends).allSatisfy(end -> assertThat(end).isLessThanOrEqualTo(changeFrom + 0.5));
        assertThat(screen.call(() -> page.curves().plot().getHeight())).isGreaterThan(90);
    }
}
