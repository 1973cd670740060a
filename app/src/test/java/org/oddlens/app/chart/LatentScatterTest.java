package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javafx.geometry.Bounds;
import javafx.geometry.VerticalDirection;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.FxWatchdog;
import org.oddlens.app.fx.Theme;
import org.oddlens.app.fx.UiThread;
import org.testfx.api.FxRobot;

/** Draws the scatter in both themes and works it with the keyboard. */
class LatentScatterTest {

    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final FxScreen screen = new FxScreen();
    private final FxRobot robot = new FxRobot();

    @AfterEach
    void close() {
        screen.close();
        worker.shutdownNow();
        assertThat(screen.cssWarnings()).isEmpty();
    }

    private LatentScatter show(Theme theme, ScatterFrame frame, double width, double height) {
        LatentScatter scatter = screen.show(theme, width, height, () -> new LatentScatter(worker, UiThread.soon()));
        screen.run(() -> scatter.setFrame(frame));
        screen.until(
                "painted", () -> !scatter.isEmpty() && !scatter.busyProperty().get());
        return scatter;
    }

    private static String name(Theme theme, String what) {
        return "scatter-" + what + "-" + theme.name().toLowerCase(Locale.ROOT);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void drawsLabelsAndMemory(Theme theme) {
        ScatterFrame frame = Samples.moons(1200, 60, true).withAnatomy(List.of(Samples.memory()));
        LatentScatter scatter = show(theme, frame, 760, 560);
        screen.run(() -> scatter.setSpaces(List.of(
                new ScatterSpace("Latent code before memory", frame), new ScatterSpace("after memory", frame))));
        screen.until("painted", () -> !scatter.busyProperty().get());
        screen.save(name(theme, "labels"));
        assertThat(screen.call(scatter::summary)).contains("1,200 rows").contains("60 anomalies");
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void drawsScoresOfAUnlabelledSample(Theme theme) {
        LatentScatter scatter = show(theme, Samples.moons(10_000, 300, false).sampledFrom(250_000, 0), 760, 560);
        screen.run(() -> scatter.colourByProperty().set(ColourBy.SCORE));
        screen.until("painted", () -> !scatter.busyProperty().get());
        screen.save(name(theme, "scores"));
        assertThat(screen.call(scatter::caption)).isEqualTo("Showing 10,000 of 250,000 (4 %)");
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void drawsSpritesWithASelection(Theme theme) {
        LatentScatter scatter = show(theme, Samples.moons(60_000, 812, true), 560, 440);
        int[] some = new int[400];
        Arrays.setAll(some, i -> 600 + i);
        screen.run(() -> scatter.selectionProperty().set(RowSelection.of(some)));
        screen.until("painted", () -> !scatter.busyProperty().get());
        screen.save(name(theme, "selection"));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void drawsAMillionRowsAsDensity(Theme theme) {
        LatentScatter scatter = show(theme, Samples.moons(1_000_000, 812, true), 760, 560);
        assertThat(screen.call(() -> scatter.densityProperty().get())).isTrue();
        screen.save(name(theme, "density"));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void drawsAStripForOneDimension(Theme theme) {
        ScatterFrame moons = Samples.moons(3000, 150, true);
        float[] heights = new float[moons.size()];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = (float) Math.log10(moons.score()[i]);
        }
        show(theme, ScatterFrame.strip(moons.x(), heights, moons.label(), moons.score(), moons.rowIds()), 760, 440);
        screen.save(name(theme, "strip"));
    }

    @Test
    void drawsOnePointEqualPointsAndNothing() {
        show(
                Theme.LIGHT,
                ScatterFrame.of(new float[] {3}, new float[] {4}, new byte[1], new double[0], new int[1]),
                420,
                320);
        screen.save("scatter-one-point-light");
        float[] same = new float[50];
        Arrays.fill(same, 0.25f);
        double[] equalScores = new double[50];
        Arrays.fill(equalScores, 0.25);
        LatentScatter equal =
                show(Theme.DARK, ScatterFrame.of(same, same, new byte[50], equalScores, new int[50]), 420, 320);
        screen.run(() -> equal.colourByProperty().set(ColourBy.SCORE));
        screen.save("scatter-all-equal-dark");
        float[] broken = {Float.NaN, 1, 2, Float.POSITIVE_INFINITY};
        LatentScatter holes = show(
                Theme.LIGHT,
                ScatterFrame.of(
                        broken,
                        new float[] {1, 2, 3, 4},
                        new byte[4],
                        new double[] {Double.NaN, 1, 2, Double.POSITIVE_INFINITY},
                        new int[4]),
                420,
                320);
        screen.save("scatter-nan-light");
        assertThat(screen.call(holes::caption)).isEqualTo("Showing all 4 rows; 2 not drawn (not a number)");
        LatentScatter empty = screen.show(Theme.LIGHT, 420, 320, () -> new LatentScatter(worker, UiThread.soon()));
        screen.run(() -> empty.showEmpty(
                "Train a detector to see its latent space. Until then, here is the PCA of your data.",
                "Train AE",
                () -> {}));
        screen.save("scatter-empty-light");
    }

    @Test
    void walksAndSelectsByKeyboard() {
        LatentScatter scatter = show(Theme.LIGHT, Samples.moons(400, 20, true), 560, 440);
        screen.run(() -> scatter.plot().requestFocus());
        robot.push(KeyCode.RIGHT).push(KeyCode.RIGHT);
        int row = screen.call(() -> scatter.hoveredRowProperty().get());
        assertThat(row).isNotNegative();
        assertThat(screen.call(scatter::summary)).startsWith("Row " + row);
        robot.push(KeyCode.ENTER);
        assertThat(screen.call(() -> scatter.selectionProperty().get().toArray()))
                .containsExactly(row);
        screen.save("scatter-keyboard-light");
        robot.push(KeyCode.C);
        assertThat(screen.call(() -> scatter.colourByProperty().get())).isEqualTo(ColourBy.SCORE);
        robot.push(KeyCode.ESCAPE);
        assertThat(screen.call(() -> scatter.selectionProperty().get().isEmpty()))
                .isTrue();
    }

    @Test
    void selectsByRectangleAndPansByDragging() {
        LatentScatter scatter = show(Theme.LIGHT, Samples.moons(400, 20, true), 560, 440);
        Bounds plot =
                screen.call(() -> scatter.plot().localToScreen(scatter.plot().getLayoutBounds()));
        screen.run(() -> scatter.use(ScatterMouse.Tool.RECTANGLE));
        robot.drag(plot.getMinX() + 90, plot.getMinY() + 40, MouseButton.PRIMARY)
                .dropTo(plot.getMaxX() - 90, plot.getMaxY() - 80);
        screen.until("selected", () -> scatter.selectionProperty().get().size() > 50);
        screen.save("scatter-rectangle-light");
        screen.run(() -> scatter.use(ScatterMouse.Tool.PAN));
        robot.drag(plot.getMinX() + 120, plot.getMinY() + 120, MouseButton.PRIMARY)
                .dropTo(plot.getMinX() + 200, plot.getMinY() + 160);
        robot.moveTo(plot.getMinX() + 200, plot.getMinY() + 160).scroll(5, VerticalDirection.UP);
        screen.until("painted", () -> !scatter.busyProperty().get());
        screen.save("scatter-panned-light");
        assertThat(screen.call(() -> scatter.selectionProperty().get().size())).isGreaterThan(50);
    }

    @Test
    void keepsTheUiThreadFreeWhileTenThousandCodesMove() {
        LatentScatter scatter = show(Theme.LIGHT, Samples.moons(10_000, 300, true), 760, 560);
        ScatterFrame[] epochs = new ScatterFrame[6];
        Arrays.setAll(epochs, i -> Samples.moons(10_000 - i, 300, true));
        screen.settle();
        try (FxWatchdog dog = new FxWatchdog()) {
            for (int k = 0; k < 40; k++) {
                ScatterFrame frame = epochs[k % epochs.length];
                screen.run(() -> scatter.setFrame(frame));
                screen.until("pulse", () -> true);
            }
            assertThat(dog.complaints()).isEmpty();
        }
    }

    @Test
    void paintsFastEnough() {
        int[] pixels = new int[800 * 600];
        PreparedFrame sprites = PreparedFrame.of(Samples.moons(200_000, 800, true));
        PreparedFrame dense = PreparedFrame.of(Samples.moons(1_000_000, 800, true));
        double spriteMillis = millisPerPaint(sprites, false, pixels);
        double denseMillis = millisPerPaint(dense, true, pixels);
        System.getLogger("scatter")
                .log(
                        System.Logger.Level.INFO,
                        "200,000 sprites {0} ms, 1,000,000 rows as density {1} ms",
                        spriteMillis,
                        denseMillis);
        assertThat(spriteMillis).isLessThan(200); // targets are 33 and 100 ms; loose, for loaded machines
        assertThat(denseMillis).isLessThan(400);
    }

    private static double millisPerPaint(PreparedFrame frame, boolean density, int[] pixels) {
        ScatterRaster.Ink ink =
                new ScatterRaster.Ink(-1, 0, 0, 0x0072B2, 0xD55E00, 0x8A8A8A, Viridis.table(0, 1), Viridis.table(0, 1));
        Projection view = Projection.fit(frame.box(), 800, 600, true);
        ScatterRaster.Job job = new ScatterRaster.Job(view, 1, ColourBy.LABEL, density, new java.util.BitSet(), ink);
        double best = Double.POSITIVE_INFINITY;
        for (int k = 0; k < 12; k++) {
            long start = System.nanoTime();
            ScatterRaster.paint(frame, job, pixels, 800, 600);
            best = Math.min(best, (System.nanoTime() - start) / 1e6);
        }
        return best;
    }
}
