package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.FxWatchdog;
import org.oddlens.app.fx.Theme;
import org.oddlens.app.fx.UiThread;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.study.RunSnapshot;

/** The run page while 10,000 codes move and epochs arrive faster than they can be drawn. */
class RunPageLoadTest {

    private static final int ROWS = 10_000;
    private static final int EPOCHS = 250;
    private static final String NOW = "2026-01-30T14:22:33Z";

    private int rows = ROWS;
    private final ExecutorService painter = Executors.newSingleThreadExecutor();
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final FxScreen screen = new FxScreen();

    @AfterEach
    void close() {
        screen.close();
        painter.shutdownNow();
        reader.shutdownNow();
        assertThat(screen.cssWarnings()).isEmpty();
    }

    /** Codes that turn a little with every epoch. */
    private RunSnapshot codes(int epoch) {
        Random random = new Random(7);
        int count = rows;
        float[] x = new float[count];
        float[] y = new float[count];
        double[] scores = new double[count];
        byte[] labels = new byte[count];
        int[] ids = new int[count];
        for (int i = 0; i < count; i++) {
            double angle = random.nextDouble() * 6.3 + epoch * 0.02;
            double far = 1 + 0.1 * random.nextGaussian();
            x[i] = (float) (far * Math.cos(angle));
            y[i] = (float) (far * Math.sin(angle));
            scores[i] = Math.abs(far - 1) + random.nextDouble() * 0.1;
            labels[i] = (byte) (i % 100 == 0 ? 1 : 0);
            ids[i] = i;
        }
        RunSnapshot.Layer items = new RunSnapshot.Layer(
                "Memory items",
                AnatomyObject.Kind.ITEMS,
                new float[] {0, 1, -1},
                new float[] {1, 0, 0},
                new float[] {.5f, .5f, 0},
                List.of());
        return new RunSnapshot(
                epoch,
                ids,
                Arrays.stream(ids).mapToObj(Integer::toString).toArray(String[]::new),
                labels,
                scores,
                List.of(new RunSnapshot.Space("code", "Latent code", 2, x, y, "code 1", "code 2", List.of(items))),
                List.of(),
                null);
    }

    private final class Codes implements SnapshotSource {
        @Override
        public void snapshot(int epoch, Consumer<SnapshotPicture> taker) {
            reader.execute(() -> taker.accept(SnapshotPicture.of(codes(epoch), rows, rows / 100, Double.NaN)));
        }

        @Override
        public void result(Consumer<Result> taker) {
            taker.accept(new Result(null, null, List.of()));
        }
    }

    private static RunEvent.Epoch epoch(int number) {
        return new RunEvent.Epoch(
                NOW,
                number,
                number,
                number == 0 ? Map.of() : Map.of("reconstruction", 1.0 / number, "entropy", 0.1),
                null,
                1e-3,
                0.02,
                0.9,
                true);
    }

    private RunViewModel run() {
        return screen.call(() -> new RunViewModel(
                "r",
                "MemAE on moons",
                new Codes(),
                row -> new CompletableFuture<>(),
                UiThread.soon(),
                UiThread.paced()));
    }

    private RunPage pageOf(RunViewModel run) {
        RunPage page = screen.show(
                Theme.LIGHT, 1100, 780, () -> new RunPage(new LatentScatter(painter, UiThread.soon()), new NoWishes()));
        screen.run(() -> page.show(
                new ShownRun(run, DetectorRegistry.installed().get("memae").descriptor(), null, null)));
        return page;
    }

    @Test
    void leavesTheUiThreadFreeWhileTenThousandCodesMove() throws InterruptedException {
        RunViewModel run = run();
        RunPage page = pageOf(run);
        run.publish(new RunEvent.Phase(NOW, "training"));
        run.publish(new RunEvent.Started(
                NOW,
                Map.of("train", ROWS),
                12,
                "12 → 2 → 12",
                738,
                EPOCHS,
                ROWS,
                List.of("reconstruction", "entropy")));
        for (int i = 0; i < 5; i++) { // the first layouts and the code's own warm-up are not measured
            run.publish(epoch(i));
            Thread.sleep(300);
        }
        screen.until("first picture", () -> run.kept().shownProperty().get() != null);
        List<Long> frames = Collections.synchronizedList(new ArrayList<>());
        List<Long> used = Collections.synchronizedList(new ArrayList<>());
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        AnimationTimer clock = new AnimationTimer() {
            private long last;

            @Override
            public void handle(long now) {
                if (last > 0) {
                    frames.add(now - last);
                }
                last = now;
            }
        };
        screen.run(clock::start);
        FxWatchdog dog = new FxWatchdog();
        for (int i = 5; i < EPOCHS; i++) {
            run.publish(epoch(i));
            Platform.runLater(() -> used.add(threads.getCurrentThreadCpuTime()));
            Thread.sleep(20);
        }
        dog.stop();
        screen.run(clock::stop);
        screen.until("the last picture", () -> run.kept().shownProperty().get().epoch() == EPOCHS - 1);
        double p99 = millis(steps(used), 0.99);
        double p95 = millis(frames, 0.95);
        System.out.printf(
                "%,d live codes, %d epochs: UI thread used for %.0f ms at a time (p99), frame %.0f ms (p95), %d frames%n",
                ROWS, EPOCHS, p99, p95, frames.size());
        screen.save("run-page-10000-codes");
        assertThat(dog.complaints()).isEmpty();
        assertThat(p99).as("CPU time of the UI thread between two looks").isLessThanOrEqualTo(100);
    }

    /**
     * A frame recorder: how many states of 2,000 codes are painted a second while epochs come 30 times a second. Wall-clock
     * time, so it is no part of the usual tests.
     */
    @Test
    @Tag("measurement")
    void paintsTenNewStatesASecond() throws InterruptedException {
        rows = 2_000;
        RunViewModel run = run();
        RunPage page = pageOf(run);
        run.publish(new RunEvent.Phase(NOW, "training"));
        for (int i = 0; i < 30; i++) { // warm-up
            run.publish(epoch(i));
            Thread.sleep(33);
        }
        AtomicInteger painted = new AtomicInteger();
        screen.run(() -> page.latent().busyProperty().addListener((property, before, now) -> {
            if (!now) {
                painted.incrementAndGet();
            }
        }));
        long start = System.nanoTime();
        for (int i = 30; i < 210; i++) {
            run.publish(epoch(i));
            Thread.sleep(33);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "2,000 live codes at 30 epochs a second: %.1f new states painted a second%n", painted.get() / seconds);
        assertThat(painted.get() / seconds).isGreaterThanOrEqualTo(10);
    }

    @Test
    void saysThatARunEndedBeforeItsFirstEpoch() {
        RunViewModel run = run();
        RunPage page = pageOf(run);
        assertThat(curveWords(page)).contains("Training has started");
        run.publish(new RunEvent.Ended(NOW, RunEnd.FAILED, 0, "No memory.", Map.of()));
        screen.until("failed", () -> run.phaseProperty().get() == RunViewModel.Phase.FAILED);
        assertThat(curveWords(page)).contains("ended before its first epoch").doesNotContain("Training has started");
    }

    private String curveWords(RunPage page) {
        return screen.call(() -> page.curves().lookupAll(".label").stream()
                .filter(Node::isVisible)
                .map(node -> ((Labeled) node).getText())
                .collect(Collectors.joining(" ")));
    }

    private static List<Long> steps(List<Long> times) {
        List<Long> steps = new ArrayList<>();
        for (int i = 1; i < times.size(); i++) {
            steps.add(times.get(i) - times.get(i - 1));
        }
        return steps;
    }

    private static double millis(List<Long> nanos, double share) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size())) / 1e6;
    }
}
