package org.oddlens.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import javafx.application.Application;
import javafx.scene.image.Image;
import javafx.stage.Stage;
import org.oddlens.app.fx.UiThread;
import org.oddlens.app.settings.SettingsFile;
import org.oddlens.app.shell.FileDialogue;
import org.oddlens.app.shell.IdleCollection;
import org.oddlens.app.shell.MainWindow;
import org.oddlens.app.shell.ProcessDesk;
import org.oddlens.app.shell.ShellViewModel;
import org.oddlens.app.shell.Threads;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.process.EngineClient;
import org.oddlens.engine.process.EngineCommand;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.ui.UiResources;

/** The window; the one place where its objects are wired. */
public final class OddlensApplication extends Application {

    private static final double AFTER_OPENING_MILLIS = 300;

    /** A file that is let go is followed by another one; Java looks for what is free once that has been drawn. */
    private static final double BEFORE_COLLECTING_MILLIS = 2_000;

    private final ExecutorService worker = Executors.newSingleThreadExecutor(daemon("files"));
    private final ExecutorService snapshots = Executors.newSingleThreadExecutor(daemon("snapshots"));
    private final ExecutorService painter = Executors.newSingleThreadExecutor(daemon("painter"));
    private ShellViewModel model;

    private static ThreadFactory daemon(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public void start(Stage stage) {
        OddlensHome home = OddlensHome.of(System.getenv());
        EngineCommand command = EngineCommand.ofThisProgram(Launcher.class.getName(), 1);
        model = new ShellViewModel(
                home,
                DetectorRegistry.installed(),
                listener -> new ProcessDesk(new EngineClient(command, home.log().resolve("engine.txt"), listener)),
                new SettingsFile(home),
                new Threads(worker, snapshots, UiThread.soon(), UiThread.paced()));
        MainWindow window = new MainWindow(model, new FileDialogue(), painter, UiThread.soon());
        UiResources.icons().forEach(icon -> stage.getIcons().add(new Image(icon)));
        stage.setTitle("Oddlens");
        stage.setScene(window.scene());
        new OpeningSize(1440, 900).show(stage);
        model.start();
        window.buildPages(UiThread.afterMillis(AFTER_OPENING_MILLIS));
        IdleCollection memory = new IdleCollection(
                model::training, UiThread.afterMillis(BEFORE_COLLECTING_MILLIS), () -> worker.execute(System::gc));
        memory.watch(model.data().inspectionProperty());
        memory.watch(model.runProperty());
        List<String> files = getParameters().getUnnamed();
        if (!files.isEmpty()) {
            model.open(Path.of(files.get(0)));
        }
    }

    /** Runs after the last window has closed; a run that still trains is stopped and kept. */
    @Override
    public void stop() {
        model.close();
        worker.shutdown();
        snapshots.shutdownNow();
        painter.shutdownNow();
    }
}
