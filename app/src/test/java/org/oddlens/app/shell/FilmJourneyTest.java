package org.oddlens.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javafx.beans.value.ChangeListener;
import javafx.scene.control.TextField;
import javafx.scene.layout.Region;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.chart.ScatterFrame;
import org.oddlens.app.dataset.DataViewModel;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Seen;
import org.oddlens.app.fx.Theme;
import org.oddlens.app.fx.UiThread;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.app.run.SnapshotPicture;

/**
 * A training filmed: Two moons at 30 epochs a second in a real window with a real engine. Counts the states painted and puts
 * ten of them, drawn again on the same axes, into {@code target/screenshots/two-moons-training.png}.
 */
class FilmJourneyTest {

    private static final Path HOME = Path.of("target/journey-film");
    private static final int ENGINE_SECONDS = 90;
    private static final int[] WANTED = {0, 1, 3, 6, 10, 20, 35, 50, 75, 100};
    private static final int COLUMNS = 5;
    private static final int TILE = 250;
    private static final int TITLE = 30;
    private static final int ENOUGH = 10;

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
    }

    @Test
    @Tag("journey")
    void filmsTwoMoons() throws IOException {
        DataViewModel data = open.model.data();
        open.screen.firstLayout(() -> open.model.openSample("two-moons-12d"));
        open.screen.until(
                "the sample", ENGINE_SECONDS, () -> data.pictureProperty().get() != null);
        assertThat(open.screen.call(() -> open.model.paceProperty().get())).isEqualTo(Pace.THIRTY);
        open.screen.settle();
        warmUp();
        Map<Integer, SnapshotPicture> painted = new TreeMap<>();
        film(train("memae", "100"), painted);
        assertThat(painted.size()).isGreaterThanOrEqualTo(WANTED.length);
        compose(wanted(painted));
    }

    /** A frame recorder; time on the wall, so the machine must be quiet. */
    @Test
    @Tag("measurement")
    void paintsTenNewStatesASecond() {
        DataViewModel data = open.model.data();
        open.screen.firstLayout(() -> open.model.openSample("two-moons-12d"));
        open.screen.until(
                "the sample", ENGINE_SECONDS, () -> data.pictureProperty().get() != null);
        open.screen.run(() -> open.model.setup().protocolProperty().set("transductive")); // all 2,010 rows
        open.screen.settle();
        warmUp();
        film(train("memae", "100"));
        film(train("memae", "100"));
        assertThat(film(train("memae", "100"))).isGreaterThanOrEqualTo(ENOUGH);
    }

    /** Of the states painted those nearest to the epochs wanted, each once. */
    private static List<SnapshotPicture> wanted(Map<Integer, SnapshotPicture> painted) {
        Set<Integer> chosen = new TreeSet<>();
        for (int epoch : WANTED) {
            painted.keySet().stream()
                    .filter(known -> !chosen.contains(known))
                    .min(Comparator.comparingInt(known -> Math.abs(known - epoch)))
                    .ifPresent(chosen::add);
        }
        System.out.println("epochs on the film: " + chosen);
        return chosen.stream().map(painted::get).toList();
    }

    /** The page is laid out for the first time, and its code has run hot. */
    private void warmUp() {
        RunViewModel run = train("memae", "60");
        open.screen.until(
                "the result", ENGINE_SECONDS, () -> run.scoredProperty().get() != null);
        open.screen.settle();
    }

    private RunViewModel train(String detector, String epochs) {
        open.screen.firstLayout(() -> open.model
                .setup()
                .detectorProperty()
                .set(open.model.setup().detectors().stream()
                        .filter(known -> known.descriptor().id().equals(detector))
                        .findFirst()
                        .orElseThrow()));
        open.screen.settle();
        open.screen.run(() -> ((TextField) open.window.scene().lookup("#epochs")).setText(epochs));
        open.screen.firstLayout(open.model::train);
        return open.run();
    }

    private double film(RunViewModel run) {
        return film(run, new TreeMap<>());
    }

    /** Collects the states painted while a run trains, by epoch, and tells how many a second there were. */
    private double film(RunViewModel run, Map<Integer, SnapshotPicture> painted) {
        List<Long> times = new ArrayList<>();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long used = open.screen.call(threads::getCurrentThreadCpuTime);
        Duration process = cpu(ProcessHandle.current().pid());
        Duration engine = cpu(open.model.enginePid());
        ChangeListener<Boolean> recorder = (property, before, busy) -> {
            SnapshotPicture shown = run.kept().shownProperty().get();
            if (busy && shown != null && painted.putIfAbsent(shown.epoch(), shown) == null) {
                times.add(System.nanoTime());
            }
        };
        open.screen.run(() -> open.window.runPage().latent().busyProperty().addListener(recorder));
        while (open.screen.call(() -> run.scoredProperty().get() == null)) {
            pause();
        }
        open.screen.until(
                "the last picture",
                ENGINE_SECONDS,
                () -> run.kept().shownProperty().get().epoch() == run.kept().newest());
        double seconds = (times.get(times.size() - 1) - times.get(0)) / 1e9;
        System.out.printf(
                "%d epochs of %,d rows, %d of them recorded, %d states painted in %.1f s: %.1f a second; processor time for each: UI thread "
                        + "%.0f ms, window %.0f ms, engine %.0f ms%n",
                run.epochs().size() - 1,
                painted.get(0) == null ? 0 : painted.get(0).ranked().size(),
                run.kept().epochs().size() - 1,
                painted.size(),
                seconds,
                (painted.size() - 1) / seconds,
                (open.screen.call(threads::getCurrentThreadCpuTime) - used) / 1e6 / painted.size(),
                (double) cpu(ProcessHandle.current().pid()).minus(process).toMillis() / painted.size(),
                (double) cpu(open.model.enginePid()).minus(engine).toMillis() / painted.size());
        open.screen.run(() -> open.window.runPage().latent().busyProperty().removeListener(recorder));
        return (painted.size() - 1) / seconds;
    }

    private static Duration cpu(long pid) {
        return ProcessHandle.of(pid).orElseThrow().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    /** Draws the states again, all on the same axes, and writes them side by side. */
    private static void compose(List<SnapshotPicture> states) throws IOException {
        int rows = states.size() / COLUMNS;
        BufferedImage strip = new BufferedImage(COLUMNS * TILE, rows * (TILE + TITLE), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = strip.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, strip.getWidth(), strip.getHeight());
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        ExecutorService painter = Executors.newSingleThreadExecutor();
        FxScreen screen = new FxScreen();
        LatentScatter view =
                screen.show(Theme.LIGHT, TILE + 60, TILE + 260, () -> new LatentScatter(painter, UiThread.soon()));
        try {
            screen.run(
                    () -> { // whatever the legend says meanwhile
                        Region surface = (Region) view.lookup(".od-scatter-surface");
                        surface.setMinSize(TILE, TILE);
                        surface.setMaxSize(TILE, TILE);
                    });
            draw(screen, view, all(states));
            screen.run(() -> view.axesLockedProperty().set(true));
            for (int i = 0; i < states.size(); i++) {
                draw(screen, view, frame(states.get(i)));
                Seen seen = screen.seen(screen.call(() -> view.lookup(".od-scatter-surface")));
                int left = i % COLUMNS * TILE;
                int top = i / COLUMNS * (TILE + TITLE);
                BufferedImage tile = new BufferedImage(seen.width(), seen.height(), BufferedImage.TYPE_INT_RGB);
                tile.setRGB(0, 0, seen.width(), seen.height(), seen.argb(), 0, seen.width());
                pen.drawImage(tile, left, top + TITLE, null);
                pen.setColor(Color.DARK_GRAY);
                pen.drawString("Epoch " + states.get(i).epoch(), left + 60, top + 22);
            }
        } finally {
            screen.close();
            painter.shutdown();
        }
        pen.dispose();
        Path file = Path.of("target/screenshots/two-moons-training.png");
        Files.createDirectories(file.getParent());
        ImageIO.write(strip, "png", file.toFile());
        assertThat(Files.size(file)).isLessThan(300_000);
    }

    private static void draw(FxScreen screen, LatentScatter view, ScatterFrame frame) {
        screen.run(() -> view.setFrame(frame));
        screen.settle();
        screen.until("painted", () -> !view.busyProperty().get());
    }

    private static ScatterFrame frame(SnapshotPicture state) {
        return state.spaces().get(0).frame();
    }

    /** Rows and memory items of all states at once: what the axes have to hold. */
    private static ScatterFrame all(List<SnapshotPicture> states) {
        List<float[]> x = new ArrayList<>();
        List<float[]> y = new ArrayList<>();
        for (SnapshotPicture state : states) {
            x.add(frame(state).x());
            y.add(frame(state).y());
            frame(state).anatomy().forEach(layer -> {
                x.add(layer.x());
                y.add(layer.y());
            });
        }
        int count = x.stream().mapToInt(part -> part.length).sum();
        return ScatterFrame.of(joined(x, count), joined(y, count), new byte[count], new double[0], new int[count]);
    }

    private static float[] joined(List<float[]> parts, int count) {
        FloatBuffer whole = FloatBuffer.allocate(count);
        parts.forEach(whole::put);
        return whole.array();
    }
}
