package org.oddlens.app.shell;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.oddlens.app.Launcher;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.UiThread;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.app.settings.SettingsFile;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.process.EngineClient;
import org.oddlens.engine.process.EngineCommand;
import org.oddlens.engine.run.OddlensHome;

/** The main window with a real engine process, as the program wires it; the file dialogue answers with one file. */
final class OpenWindow implements AutoCloseable {

    final FxScreen screen = new FxScreen();
    final ShellViewModel model;
    final MainWindow window;
    private final ExecutorService worker = Executors.newSingleThreadExecutor();
    private final ExecutorService snapshots = Executors.newSingleThreadExecutor();
    /** Drops what a window that is being closed still wants painted. */
    private final ExecutorService painter = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new ThreadPoolExecutor.DiscardPolicy());

    private Path answer;

    OpenWindow(Path folder, double width, double height) {
        this(folder, width, height, new CountDownLatch(0));
    }

    /** @param files no file is looked at before it is open */
    OpenWindow(Path folder, double width, double height, CountDownLatch files) {
        worker.execute(() -> await(files));
        OddlensHome home = new OddlensHome(folder);
        EngineCommand command = EngineCommand.ofThisProgram(Launcher.class.getName(), 1);
        model = screen.call(() -> new ShellViewModel(
                home,
                DetectorRegistry.installed(),
                listener -> new ProcessDesk(new EngineClient(command, home.log().resolve("engine.txt"), listener)),
                new SettingsFile(home),
                new Threads(worker, snapshots, UiThread.soon(), UiThread.paced())));
        window = screen.call(
                () -> new MainWindow(model, owner -> Optional.ofNullable(answer), painter, UiThread.soon()));
        screen.show(width, height, window::scene);
        screen.run(model::start);
        screen.settle();
        screen.show(width, height, window::scene); // once more: a window manager may have had its own idea
        screen.settle();
    }

    private static void await(CountDownLatch files) {
        try {
            files.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The file that the dialogue will answer with. */
    void willChoose(Path file) {
        answer = file;
    }

    RunViewModel run() {
        return screen.call(() -> model.runProperty().get());
    }

    /** Saves what is seen, in light and in dark. */
    void saveBoth(String name) {
        boolean dark = screen.call(() -> model.settingsProperty().get().dark());
        for (boolean theme : new boolean[] {true, false}) {
            use(theme);
            screen.until(
                    "painted", () -> !window.runPage().latent().busyProperty().get());
            screen.save(name + (theme ? "-dark" : "-light"));
        }
        use(dark);
    }

    /** Puts the dark or the light style on; that is not judged. */
    void use(boolean dark) {
        screen.firstLayout(() -> model.useDark(dark));
        screen.settle();
    }

    @Override
    public void close() {
        try {
            screen.close();
        } finally {
            model.close();
            worker.shutdown();
            snapshots.shutdown();
            painter.shutdownNow();
        }
    }
}
