package org.oddlens.app;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.image.Image;
import org.oddlens.app.fx.UiThread;
import org.oddlens.app.settings.SettingsFile;
import org.oddlens.app.shell.MainWindow;
import org.oddlens.app.shell.ProcessDesk;
import org.oddlens.app.shell.ShellViewModel;
import org.oddlens.app.shell.Threads;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.process.EngineClient;
import org.oddlens.engine.process.EngineCommand;
import org.oddlens.engine.run.OddlensHome;

/**
 * Draws the main window without showing it and without an engine: JavaFX's natives, style sheets, icons and fonts work
 * here.
 */
final class OffScreenWindow {
    /** A window of one flat colour has one; text with soft edges brings dozens. */
    private static final int FEWEST_COLOURS = 50;

    private OffScreenWindow() {}

    /** Starts JavaFX, draws, and returns what was seen. */
    static String render() throws Exception {
        CompletableFuture<Image> drawn = new CompletableFuture<>();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Platform.startup(() -> {
                try {
                    drawn.complete(draw(new OddlensHome(folder.path())));
                } catch (RuntimeException e) {
                    drawn.completeExceptionally(e);
                }
            });
            Image image = drawn.get(60, TimeUnit.SECONDS);
            return "JavaFX " + System.getProperty("javafx.version") + " drew the main window, "
                    + (int) image.getWidth() + " x " + (int) image.getHeight() + " pixels in " + colours(image)
                    + " colours";
        }
    }

    private static Image draw(OddlensHome home) {
        EngineCommand never = EngineCommand.ofThisProgram(Launcher.class.getName(), 1);
        ShellViewModel model = new ShellViewModel(
                home,
                DetectorRegistry.installed(),
                listener -> new ProcessDesk(new EngineClient(never, home.log().resolve("engine.txt"), listener)),
                new SettingsFile(home),
                new Threads(Runnable::run, Runnable::run, UiThread.soon(), UiThread.paced()));
        try {
            return new MainWindow(model, owner -> Optional.empty(), Runnable::run, UiThread.soon())
                    .scene()
                    .snapshot(null);
        } finally {
            model.close();
        }
    }

    private static int colours(Image image) throws IOException {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getPixelReader().getArgb(x, y));
            }
        }
        if (colours.size() < FEWEST_COLOURS) {
            throw new IOException("the picture of the window is blank: " + colours.size() + " colours");
        }
        return colours.size();
    }
}
