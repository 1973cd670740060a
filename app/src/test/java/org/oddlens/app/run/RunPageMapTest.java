package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.chart.UnitMapChart;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Theme;
import org.oddlens.app.fx.UiThread;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.study.RunSnapshot;
import org.oddlens.engine.study.UnitMap;

/** The run page of a detector with a map of units, and of one without. */
class RunPageMapTest {

    private static final int ROWS = 600;
    private static final int SIDE = 9;
    private static final String NOW = "2026-01-30T14:22:33Z";

    private final ExecutorService painter = Executors.newSingleThreadExecutor();
    private final FxScreen screen = new FxScreen();

    @AfterEach
    void close() {
        screen.close();
        painter.shutdownNow();
        assertThat(screen.cssWarnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void standsBesideTheLatentSpaceOfARunThatHasOne(Theme theme) {
        RunPage page = screen.show(
                theme, 1400, 860, () -> new RunPage(new LatentScatter(painter, UiThread.soon()), new NoWishes()));
        assertThat(screen.call(() -> page.lookup("#unit-map"))).isNull();

        show(page, "som-dagmm", List.of(map()));
        UnitMapChart chart = screen.call(() -> (UnitMapChart) page.lookup("#unit-map"));
        assertThat(screen.call(chart::caption)).startsWith("Map units: 81, ");
        screen.save("run-page-map-" + theme.name().toLowerCase(java.util.Locale.ROOT));

        show(page, "dagmm", List.of());
        assertThat(screen.call(() -> page.lookup("#unit-map"))).isNull();
    }

    private void show(RunPage page, String detector, List<UnitMap> maps) {
        RunViewModel run = screen.call(() -> new RunViewModel(
                "r", "Detector on data", new Once(maps), row -> new CompletableFuture<>(), UiThread.paced()));
        screen.run(() -> page.show(
                new ShownRun(run, DetectorRegistry.installed().get(detector).descriptor(), null, null)));
        run.publish(
                new RunEvent.Epoch(NOW, 1, 1, java.util.Map.of("reconstruction", 1.0), null, 1e-3, 0.1, null, true));
        screen.until("picture", () -> run.kept().shownProperty().get() != null);
        screen.settle();
    }

    /** One snapshot. */
    private record Once(List<UnitMap> maps) implements SnapshotSource {
        @Override
        public void snapshot(int epoch, Consumer<SnapshotPicture> taker) {
            taker.accept(SnapshotPicture.of(rows(epoch, maps), ROWS, 0, Double.NaN));
        }

        @Override
        public void result(Consumer<Result> taker) {
            taker.accept(new Result(null, null, List.of()));
        }
    }

    private static RunSnapshot rows(int epoch, List<UnitMap> maps) {
        Random random = new Random(7);
        float[] x = new float[ROWS];
        float[] y = new float[ROWS];
        double[] scores = new double[ROWS];
        byte[] labels = new byte[ROWS];
        int[] rows = new int[ROWS];
        String[] ids = new String[ROWS];
        for (int i = 0; i < ROWS; i++) {
            x[i] = (float) random.nextGaussian();
            y[i] = (float) random.nextGaussian();
            scores[i] = x[i] * x[i] + y[i] * y[i];
            labels[i] = -1;
            rows[i] = i;
            ids[i] = Integer.toString(i);
        }
        return new RunSnapshot(
                epoch,
                rows,
                ids,
                labels,
                scores,
                List.of(new RunSnapshot.Space("mixture-space", "Map, code", 2, x, y, "a", "b", List.of())),
                maps,
                null);
    }

    private static UnitMap map() {
        Random random = new Random(5);
        float[] scores = new float[SIDE * SIDE];
        int[] hits = new int[scores.length];
        for (int u = 0; u < hits.length; u++) {
            hits[u] = Math.max(0, random.nextInt(20) - 3);
            scores[u] = hits[u] == 0 ? 0 : (float) (Math.hypot(u / SIDE - 4, u % SIDE - 5) - 3 + random.nextDouble());
        }
        return UnitMap.of("Map units", SIDE, SIDE, scores, hits);
    }
}
