package org.oddlens.app.fx;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;

/**
 * One window for tests that draw: shows a node in a theme, waits, and writes what is seen as PNG.
 *
 * <p>From the first rest after a layout on, the watchdog looks at the UI thread in every test; what it has to complain of
 * fails the test when the window closes. Not judged, because it happens once and every program of this toolkit pays it:
 * the first layout of a page and a change of the style sheet (a new scene, {@link #use}, {@link #firstLayout}), until
 * {@link #settle}; and the taking of pictures, which is the test's own work.
 */
public final class FxScreen implements AutoCloseable {

    private static final Logger CSS_LOG = Logger.getLogger("javafx.css");

    private final List<String> cssWarnings = Collections.synchronizedList(new ArrayList<>());
    private final Handler cssHandler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            cssWarnings.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private final List<String> complaints = new ArrayList<>();
    private Stage stage;
    private FxWatchdog watchdog;

    /** Opens the window; starts the toolkit when no test did so before. */
    public FxScreen() {
        CountDownLatch started = new CountDownLatch(1);
        try {
            Platform.startup(started::countDown);
        } catch (IllegalStateException alreadyRunning) {
            started.countDown();
        }
        await(started);
        Platform.setImplicitExit(false);
        CSS_LOG.addHandler(cssHandler);
        call(() -> {
            stage = new Stage();
            return null;
        });
    }

    /** Shows a node, which is made on the UI thread, inside a panel as in the program. */
    public <T extends Parent> T show(Theme theme, double width, double height, Supplier<T> maker) {
        stopWatching();
        return call(() -> {
            T node = maker.get();
            StackPane panel = new StackPane(node);
            panel.getStyleClass().add("od-panel");
            StackPane page = new StackPane(panel);
            page.getStyleClass().add("od-page");
            Scene scene = new Scene(page, width, height);
            theme.applyTo(scene);
            stage.setScene(scene);
            stage.show();
            return node;
        });
    }

    /** Shows a scene that brings its own theme, in a window of that size. */
    public void show(double width, double height, Supplier<Scene> maker) {
        stopWatching();
        run(() -> {
            stage.setScene(maker.get());
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(width);
            stage.setHeight(height);
            stage.show();
        });
    }

    /** Puts the other theme on the scene shown. */
    public void use(Theme theme) {
        stopWatching();
        run(() -> theme.applyTo(stage.getScene()));
    }

    /** Runs a task that brings a page or a style for the first time; not judged until {@link #settle}. */
    public void firstLayout(Runnable task) {
        stopWatching();
        run(task);
    }

    /** Runs a task on the UI thread and waits for it. */
    public void run(Runnable task) {
        call(() -> {
            task.run();
            return null;
        });
    }

    /** Runs a task on the UI thread and gives back its result. */
    public <T> T call(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable failure) {
                result.completeExceptionally(failure);
            }
        });
        try {
            return result.get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure.getCause() == null ? failure : failure.getCause());
        }
    }

    /** Waits until a condition has held in three looks in a row, with pulses between them. */
    public void until(String what, Callable<Boolean> condition) {
        until(what, 10, condition);
    }

    /** Likewise, with a longer patience. */
    public void until(String what, int seconds, Callable<Boolean> condition) {
        int held = 0;
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            held = call(condition) ? held + 1 : 0;
            if (held == 3) {
                return;
            }
            pause(17);
        }
        throw new AssertionError("Not within " + seconds + " s: " + what);
    }

    /** Lets a few pulses pass, so that style sheets and layout are applied. */
    public void settle() {
        until("pulses", () -> true);
        pause(60);
        until("pulses", () -> true);
        if (watchdog == null) {
            watchdog = new FxWatchdog();
        }
    }

    private void stopWatching() {
        if (watchdog != null) {
            watchdog.stop();
            complaints.addAll(watchdog.complaints());
            watchdog = null;
        }
    }

    /** Writes the scene to {@code target/screenshots}. */
    public void save(String name) {
        settle();
        stopWatching(); // taking the picture is the test's own work
        Seen seen = seen(call(() -> stage.getScene().snapshot(null)));
        BufferedImage picture = new BufferedImage(seen.width(), seen.height(), BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, seen.width(), seen.height(), seen.argb(), 0, seen.width());
        Path folder = Path.of("target/screenshots");
        try {
            Files.createDirectories(folder);
            ImageIO.write(picture, "png", folder.resolve(name + ".png").toFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What a node looks like now. */
    public Seen seen(Node node) {
        settle();
        stopWatching(); // taking the picture is the test's own work
        return seen(call(() -> node.snapshot(null, null)));
    }

    private static Seen seen(WritableImage picture) {
        int width = (int) picture.getWidth();
        int height = (int) picture.getHeight();
        int[] pixels = new int[width * height];
        picture.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return new Seen(width, height, pixels);
    }

    /** The scene on show. */
    public Scene scene() {
        return call(stage::getScene);
    }

    /** What the style sheet reader complained about so far. */
    public List<String> cssWarnings() {
        return List.copyOf(cssWarnings);
    }

    @Override
    public void close() {
        stopWatching();
        run(() -> {
            stage.setScene(null);
            stage.close();
        });
        CSS_LOG.removeHandler(cssHandler);
        if (!complaints.isEmpty()) {
            String all = String.join(System.lineSeparator(), complaints);
            complaints.clear(); // a test may close twice
            throw new AssertionError(all);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("JavaFX did not start within 20 s");
            }
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
