package org.oddlens.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import org.oddlens.app.dataset.DataViewModel;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.run.RunViewModel;

/** A window with an empty home and a real engine, for journeys that look at many states of it. */
final class JourneyWindow implements AutoCloseable {

    static final int ENGINE_SECONDS = 90;

    private static final int[][] SIZES = {{1920, 1080}, {1280, 800}};

    final OpenWindow open;
    final FxScreen screen;
    final ShellViewModel model;

    /** Opens a window over an empty home. */
    JourneyWindow(Path home, int width, int height) {
        this(emptied(home), width, height, new CountDownLatch(0));
    }

    /** Opens a window over a home as it is; files are not looked at before the latch is open. */
    JourneyWindow(Path home, int width, int height, CountDownLatch files) {
        open = new OpenWindow(home, width, height, files);
        screen = open.screen;
        model = open.model;
    }

    /** The folder, without what was in it. */
    static Path emptied(Path home) {
        if (Files.exists(home)) {
            try (Stream<Path> files = Files.walk(home)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return home;
    }

    /** Opens a file and waits until it is refused, or shown with its picture. */
    void openData(Path file) {
        screen.firstLayout(() -> model.open(file));
        awaitData();
    }

    /** Likewise, a bundled sample. */
    void openSample(String id) {
        screen.firstLayout(() -> model.openSample(id));
        screen.until("the sample", () -> model.data().fileProperty().get().contains(id));
        awaitData();
    }

    private void awaitData() {
        DataViewModel data = model.data();
        screen.until(
                "an answer",
                ENGINE_SECONDS,
                () -> data.phaseProperty().get() == DataViewModel.Phase.FAILED
                        || data.phaseProperty().get() == DataViewModel.Phase.SHOWN
                                && data.pictureProperty().get() != null);
        screen.settle();
    }

    /** Chooses a detector in the form. */
    void choose(String detector) {
        screen.firstLayout(() -> model.setup()
                .detectorProperty()
                .set(model.setup().detectors().stream()
                        .filter(known -> known.descriptor().id().equals(detector))
                        .findFirst()
                        .orElseThrow()));
        screen.settle(); // the form of the detector is laid out first
    }

    /** Starts a run. */
    RunViewModel train(String detector, String epochs) {
        choose(detector);
        if (epochs != null) {
            screen.run(() -> ((TextField) open.window.scene().lookup("#epochs")).setText(epochs));
        }
        assertThat(screen.call(() -> model.setup().obstacleProperty().get())).isEmpty();
        screen.firstLayout(model::train);
        return open.run();
    }

    /** Starts a run and waits for its result. */
    RunViewModel finish(String detector, String epochs) {
        RunViewModel run = train(detector, epochs);
        awaitResult(run);
        return run;
    }

    void awaitResult(RunViewModel run) {
        screen.until("result", ENGINE_SECONDS, () -> run.scoredProperty().get() != null);
        screen.settle();
    }

    /** Brings one of the tables of the run page to the front: rows, settings, log. */
    void showTable(int index) {
        screen.firstLayout(() -> ((TabPane) open.window.scene().lookup("#run-tables"))
                .getSelectionModel()
                .select(index));
    }

    /** The text of a control; the control must be on show. */
    String text(String id) {
        return screen.call(() -> {
            Labeled found = (Labeled) open.window.scene().lookup(id);
            assertThat(onShow(found)).as(id + " on show").isTrue();
            return found.getText();
        });
    }

    /** Whether a node is there and neither it nor what it lies in is hidden. */
    boolean isOnShow(String id) {
        return screen.call(() -> onShow(open.window.scene().lookup(id)));
    }

    private static boolean onShow(Node node) {
        for (Node above = node; above != null; above = above.getParent()) {
            if (!above.isVisible()) {
                return false;
            }
        }
        return node != null;
    }

    /** Saves what is seen in both sizes and both themes, the left column as wide as when opened at that size. */
    void saveEverySize(String name) {
        for (int[] size : SIZES) {
            resize(size);
            open.saveBoth(name + "-" + size[0]);
        }
    }

    /** Likewise, of what lasts for a moment only: brought about before each picture, and ended after it. */
    void saveEverySize(String name, Runnable begin, Runnable end) {
        for (int[] size : SIZES) {
            resize(size);
            for (boolean dark : new boolean[] {true, false}) {
                open.use(dark);
                begin.run();
                screen.save(name + "-" + size[0] + (dark ? "-dark" : "-light"));
                end.run();
            }
        }
    }

    private void resize(int[] size) {
        screen.show(size[0], size[1], open.window::scene);
        screen.settle(); // the column keeps its width in pixels until then
        screen.firstLayout(() -> ((SplitPane) open.window.scene().lookup(".split-pane")).setDividerPositions(0.25));
        screen.settle();
    }

    @Override
    public void close() {
        open.close(); // fails with the watchdog's complaints
        assertThat(open.screen.cssWarnings()).isEmpty();
    }
}
