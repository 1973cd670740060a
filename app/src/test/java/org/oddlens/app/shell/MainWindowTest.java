package org.oddlens.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.geometry.Rectangle2D;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.SnapshotParameters;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.TextField;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.app.fx.FxWatchdog;
import org.oddlens.app.run.RunViewModel;
import org.testfx.api.FxRobot;

/** The window with a real engine: every page in both themes can be reached, named, hit and left by keyboard. */
class MainWindowTest {

    private static final int ENGINE_SECONDS = 60;
    private static final double LEAST_TARGET = 24;
    private static final int AROUND = 4;
    /** A line along one side of the smallest target. */
    private static final int LEAST_MARK = 24;

    private static final int A_SHADE = 60;

    @TempDir
    Path home;

    private OpenWindow open;

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void isAccessibleOnEveryPageInBothThemes() {
        open = new OpenWindow(home, 1280, 800);
        List<String> faults = new ArrayList<>(walkBoth("welcome"));
        open.screen.firstLayout(() -> open.model.openSample("two-moons-12d"));
        open.screen.until(
                "picture",
                ENGINE_SECONDS,
                () -> open.model.data().pictureProperty().get() != null);
        open.screen.settle();
        faults.addAll(walkBoth("data"));
        open.screen.firstLayout(() -> open.model.pageProperty().set(ShellViewModel.Page.RUN));
        faults.addAll(walkBoth("run before training"));
        open.screen.firstLayout(() -> begin("6"));
        awaitResult();
        faults.addAll(walkBoth("run finished"));
        assertThat(faults).isEmpty();
        assertThat(open.screen.cssWarnings()).isEmpty();
    }

    @Test
    void keepsTheUiThreadFreeFromFileToResult() {
        open = new OpenWindow(home, 1440, 900);
        open.screen.firstLayout(() -> open.model.pageProperty().set(ShellViewModel.Page.RUN));
        open.screen.settle();
        open.screen.firstLayout(() -> open.model.openSample("two-moons-12d"));
        open.screen.until(
                "picture",
                ENGINE_SECONDS,
                () -> open.model.data().pictureProperty().get() != null);
        open.screen.settle();
        open.screen.firstLayout(() -> begin("3"));
        awaitResult();
        FxWatchdog dog = new FxWatchdog();
        open.screen.run(() -> begin("40"));
        awaitResult();
        dog.stop();
        System.out.println("UI thread while a run trains: " + dog.complaints().size() + " complaints");
        assertThat(dog.complaints()).isEmpty();
    }

    private void begin(String epochs) {
        ((TextField) open.window.scene().lookup("#epochs")).setText(epochs);
        open.model.train();
    }

    private void awaitResult() {
        RunViewModel run = open.run();
        open.screen.until("result", ENGINE_SECONDS, () -> run.scoredProperty().get() != null);
        open.screen.settle();
    }

    private List<String> walkBoth(String page) {
        List<String> faults = new ArrayList<>();
        for (boolean dark : new boolean[] {false, true}) {
            open.use(dark);
            faults.addAll(open.screen.call(() -> walk(page)));
        }
        faults.addAll(tabRound(page));
        return faults;
    }

    private List<String> walk(String page) {
        List<String> faults = new ArrayList<>();
        Set<Node> labelled = new LinkedHashSet<>();
        List<Node> all = new ArrayList<>();
        collect(open.window.scene().getRoot(), all);
        for (Node node : all) {
            if (node instanceof Label label && label.getLabelFor() != null) {
                labelled.add(label.getLabelFor());
            }
        }
        for (Node node : all) {
            if (!node.isFocusTraversable() || node instanceof ScrollBar) {
                continue;
            }
            boolean named = node.getAccessibleText() != null
                            && !node.getAccessibleText().isBlank()
                    || labelled.contains(node)
                    || node instanceof Labeled words
                            && words.getText() != null
                            && !words.getText().isBlank();
            if (!named) {
                faults.add(page + ": no name for " + node);
            }
            Bounds size = node.getLayoutBounds();
            boolean target = node instanceof ButtonBase || node instanceof Control;
            if (target && (size.getWidth() < LEAST_TARGET - 0.5 || size.getHeight() < LEAST_TARGET - 0.5)) {
                faults.add(
                        page + ": smaller than 24 x 24 px: " + node + " " + size.getWidth() + " x " + size.getHeight());
            }
        }
        return faults;
    }

    private static void collect(Node node, List<Node> all) {
        if (!node.isVisible()) {
            return;
        }
        all.add(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, all));
        }
    }

    /** Tab must come round again, so nothing holds the focus, and whatever has it must look different from before. */
    private List<String> tabRound(String page) {
        FxRobot robot = new FxRobot();
        List<String> faults = new ArrayList<>();
        open.screen.run(() -> open.window.scene().lookup("#tool-import").requestFocus());
        Node first = open.screen.call(() -> open.window.scene().getFocusOwner());
        Node before = first;
        int[] focused = null;
        for (int steps = 0; steps < 150; steps++) {
            robot.push(KeyCode.TAB);
            Node left = before;
            Node now = open.screen.call(() -> open.window.scene().getFocusOwner());
            if (focused != null && changed(focused, open.screen.call(() -> around(left))) < LEAST_MARK) {
                faults.add(page + ": Tab makes no mark on " + left);
            }
            if (now == first) {
                return faults;
            }
            if (now == before) {
                return List.of(page + ": the focus is held by " + now);
            }
            focused = open.screen.call(() -> around(now));
            before = now;
        }
        return List.of(page + ": Tab does not come round; it ended on " + before);
    }

    /** What is seen of a node and of the few pixels around it. */
    private int[] around(Node node) {
        Parent root = open.window.scene().getRoot();
        root.applyCss();
        root.layout();
        Bounds place = node.localToScene(node.getLayoutBounds());
        SnapshotParameters part = new SnapshotParameters();
        part.setViewport(new Rectangle2D(
                Math.floor(place.getMinX()) - AROUND,
                Math.floor(place.getMinY()) - AROUND,
                Math.ceil(place.getWidth()) + 2 * AROUND,
                Math.ceil(place.getHeight()) + 2 * AROUND));
        WritableImage seen = root.snapshot(part, null);
        int width = (int) seen.getWidth();
        int height = (int) seen.getHeight();
        int[] pixels = new int[width * height];
        seen.getPixelReader().getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
        return pixels;
    }

    /** Pixels that differ by more than a shade. */
    private static int changed(int[] before, int[] now) {
        int changed = 0;
        for (int i = 0; i < Math.min(before.length, now.length); i++) {
            int difference = 0;
            for (int shift = 0; shift < 24; shift += 8) {
                difference += Math.abs((before[i] >> shift & 0xff) - (now[i] >> shift & 0xff));
            }
            changed += difference > A_SHADE ? 1 : 0;
        }
        return changed;
    }
}
