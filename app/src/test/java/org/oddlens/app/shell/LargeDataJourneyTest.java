package org.oddlens.app.shell;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import javafx.animation.AnimationTimer;
import javafx.event.Event;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.chart.ScatterFrame;
import org.oddlens.app.dataset.DataViewModel;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Theme;
import org.oddlens.app.fx.UiThread;
import org.oddlens.app.run.RunViewModel;

/**
 * What large data cost a window: prints the numbers of docs/performance.md and judges none of them, because they depend on the
 * machine. Started by docs/evidence/large-window.sh, which names the folder of the data; else only the density is tried.
 */
@Tag("measurement")
class LargeDataJourneyTest {

    private static final int ROWS = 619_326;
    private static final int SECONDS = 4;
    private static final int PATIENCE = 240;
    private static final Path HOME = Path.of("target/journey-large");

    @Test
    void opensLargeFilesAndSmallOnesAfterwards() throws IOException {
        Path folder = Path.of(System.getProperty("oddlens.large", "missing"));
        assumeThat(folder.resolve("large-10.npz")).exists();
        try (OpenWindow open = new OpenWindow(Files.createDirectories(HOME), 1440, 900)) {
            open.screen.run(() -> new IdleCollection(
                            open.model::training, UiThread.afterMillis(2_000), () -> new Thread(System::gc).start())
                    .watch(open.model.data().inspectionProperty()));
            rest(Long.getLong("oddlens.idle", 0));
            tell(open, "empty window", 0);
            Path small = TestData.twoMoons(HOME);
            for (String name : List.of("large-10.npz", "large-119.npz")) {
                open(open, folder.resolve(name));
                open(open, small);
            }
            open(open, folder.resolve("large-10.npz"));
            scrollTheTable(open);
        }
    }

    private static void open(OpenWindow open, Path file) {
        DataViewModel data = open.model.data();
        long begun = System.nanoTime();
        Duration window = cpu(ProcessHandle.current().pid());
        Duration engine = cpu(open.model.enginePid());
        open.screen.firstLayout(() -> open.model.open(file));
        open.screen.until(
                "the data",
                PATIENCE,
                () -> data.phaseProperty().get() == DataViewModel.Phase.SHOWN
                        && data.pictureProperty().get() != null);
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                "LARGE %-22s processor time until drawn: window %.1f s, engine %.1f s%n",
                file.getFileName(),
                cpu(ProcessHandle.current().pid()).minus(window).toMillis() / 1e3,
                cpu(open.model.enginePid()).minus(engine).toMillis() / 1e3);
        rest(6_000);
        tell(open, file.getFileName().toString(), seconds);
    }

    private static void tell(OpenWindow open, String what, double seconds) {
        System.out.printf(
                "LARGE %-22s open and drawn after %5.1f s; resident: window %5d MB, engine %5d MB%n",
                what, seconds, resident(ProcessHandle.current().pid()), resident(open.model.enginePid()));
    }

    private static Duration cpu(long pid) {
        return ProcessHandle.of(pid).orElseThrow().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static long resident(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst()
                    .orElse(-1);
        } catch (IOException noSuchProcess) {
            return -1;
        }
    }

    private static void scrollTheTable(OpenWindow open) {
        open.screen.firstLayout(() -> open.model
                .setup()
                .detectorProperty()
                .set(open.model.setup().detectors().stream()
                        .filter(known -> known.descriptor().id().equals("autoencoder"))
                        .findFirst()
                        .orElseThrow()));
        open.screen.settle();
        open.screen.run(() -> ((TextField) open.window.scene().lookup("#epochs")).setText("1"));
        open.screen.firstLayout(open.model::train);
        open.screen.until("the run", PATIENCE, () -> open.model.runProperty().get() != null);
        RunViewModel run = open.run();
        open.screen.until("the result", PATIENCE, () -> run.scoredProperty().get() != null);
        rest(6_000);
        tell(open, "run of 1 epoch", 0);
        TableView<?> table = (TableView<?>) open.window.scene().lookup("#rows-table");
        measure(open.screen, "table of " + table.getItems().size(), step -> table.scrollTo(step * 7), new int[1]);
    }

    @Test
    void movesSixHundredThousandRowsAsDensity() {
        Random random = new Random(1);
        float[] x = new float[ROWS];
        float[] y = new float[ROWS];
        double[] score = new double[ROWS];
        byte[] label = new byte[ROWS];
        int[] ids = new int[ROWS];
        for (int i = 0; i < ROWS; i++) {
            x[i] = (float) random.nextGaussian();
            y[i] = (float) random.nextGaussian();
            score[i] = x[i] * x[i] + y[i] * y[i];
            label[i] = (byte) (score[i] > 5.7 ? 1 : 0);
            ids[i] = i;
        }
        ExecutorService painter = Executors.newSingleThreadExecutor();
        FxScreen screen = new FxScreen();
        LatentScatter scatter = screen.show(Theme.LIGHT, 1000, 700, () -> new LatentScatter(painter, UiThread.soon()));
        screen.run(() -> scatter.setFrame(ScatterFrame.of(x, y, label, score, ids)));
        screen.settle();
        screen.until(
                "painted",
                60,
                () -> scatter.densityProperty().get() && !scatter.busyProperty().get());
        Node surface = screen.call(() -> scatter.lookup(".od-scatter-surface"));
        int[] painted = new int[1];
        screen.run(() -> scatter.busyProperty().addListener((property, before, busy) -> painted[0] += busy ? 0 : 1));
        screen.run(() -> mouse(surface, MouseEvent.MOUSE_PRESSED, 400, 300));
        IntConsumer pan = step -> mouse(
                surface, MouseEvent.MOUSE_DRAGGED, 400 + 100 * Math.sin(step / 20.0), 300 + 60 * Math.cos(step / 20.0));
        measure(screen, "pan (warm-up)", pan, painted);
        measure(screen, "pan of " + ROWS, pan, painted);
        screen.run(() -> mouse(surface, MouseEvent.MOUSE_RELEASED, 400, 300));
        measure(screen, "wheel over " + ROWS, step -> wheel(surface, step / 30 % 2 == 0 ? 40 : -40), painted);
        screen.close();
        painter.shutdown();
    }

    private static void mouse(Node node, javafx.event.EventType<MouseEvent> type, double x, double y) {
        Point2D at = node.localToScene(x, y);
        Event.fireEvent(
                node,
                new MouseEvent(
                        type,
                        at.getX(),
                        at.getY(),
                        at.getX(),
                        at.getY(),
                        MouseButton.PRIMARY,
                        1,
                        false,
                        false,
                        false,
                        false,
                        true,
                        false,
                        false,
                        false,
                        false,
                        true,
                        null));
    }

    private static void wheel(Node node, double delta) {
        Point2D at = node.localToScene(400, 300);
        Event.fireEvent(
                node,
                new ScrollEvent(
                        ScrollEvent.SCROLL,
                        at.getX(),
                        at.getY(),
                        at.getX(),
                        at.getY(),
                        false,
                        false,
                        false,
                        false,
                        false,
                        false,
                        0,
                        delta,
                        0,
                        delta,
                        ScrollEvent.HorizontalTextScrollUnits.NONE,
                        0,
                        ScrollEvent.VerticalTextScrollUnits.NONE,
                        0,
                        0,
                        null));
    }

    /** Does a step in each pulse of some seconds; tells pulses and pictures a second, and the longest use of the UI thread. */
    private static void measure(FxScreen screen, String what, IntConsumer action, int[] painted) {
        List<Long> used = new ArrayList<>();
        AnimationTimer clock = new AnimationTimer() {
            @Override
            public void handle(long now) {
                used.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
                action.accept(used.size());
            }
        };
        int before = painted[0];
        long begun = System.nanoTime();
        screen.run(clock::start);
        rest(SECONDS * 1_000);
        screen.run(clock::stop);
        double seconds = (System.nanoTime() - begun) / 1e9;
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < used.size(); i++) {
            gaps.add(used.get(i) - used.get(i - 1));
        }
        Collections.sort(gaps);
        System.out.printf(
                "LARGE %-22s %5.1f pulses and %5.1f new pictures a second; processor time of the UI thread for a pulse: "
                        + "median %.1f ms, longest %.0f ms%n",
                what,
                used.size() / seconds,
                (painted[0] - before) / seconds,
                gaps.get(gaps.size() / 2) / 1e6,
                gaps.get(gaps.size() - 1) / 1e6);
    }

    private static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
