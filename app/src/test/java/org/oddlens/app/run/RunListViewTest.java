package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Theme;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunLock;
import org.testfx.api.FxRobot;

/** The list of runs as it is seen and worked by keyboard. */
class RunListViewTest {

    @TempDir
    Path folder;

    private final FxScreen screen = new FxScreen();
    private final Queue<Runnable> worker = new ArrayDeque<>();
    private final List<String> opened = new ArrayList<>();

    @AfterEach
    void close() {
        screen.close();
        assertThat(screen.cssWarnings()).isEmpty();
    }

    private RunList runs() {
        return screen.call(
                () -> new RunList(new OddlensHome(folder), DetectorRegistry.installed(), worker::add, Runnable::run));
    }

    private RunListView show(RunList runs) {
        return screen.show(Theme.LIGHT, 340, 240, () -> new RunListView(runs, item -> opened.add(item.id())));
    }

    private void read(RunList runs) {
        screen.run(() -> {
            runs.refresh();
            worker.remove().run();
        });
        screen.settle();
    }

    private String words(RunListView view) {
        return screen.call(() -> view.lookupAll(".label").stream()
                .filter(Node::isVisible)
                .map(node -> ((Labeled) node).getText())
                .collect(Collectors.joining("\n")));
    }

    @Test
    void saysThatItLooksInsteadOfThatThereIsNothing() {
        RunListView view = show(runs());
        screen.settle();

        assertThat(words(view)).isEqualTo("Looking for runs…");
    }

    /** A run that has just begun has a name, a state and a sign like any other. */
    @Test
    void namesARunThatTrains() throws IOException {
        RunFolder begun = RunListTest.record(folder, 1);
        RunList runs = runs();
        RunListView view = show(runs);
        RunLock training = begun.lock();
        read(runs);
        screen.save("run-list-light");
        training.close();

        assertThat(words(view))
                .contains("MemAE")
                .contains("moons.csv · 30.01. 14:22 · Training")
                .contains("AUROC ★ –");
        Node icon = screen.call(() -> view.lookup(".ikonli-font-icon"));
        assertThat(screen.seen(icon).colours(40))
                .as("a round sign has a soft edge, the box of a missing letter has none")
                .isGreaterThan(15);
    }

    @Test
    void scrollsToTheRunThatIsShown() throws IOException {
        for (int minute = 1; minute <= 9; minute++) {
            RunListTest.record(folder, minute);
        }
        RunList runs = runs();
        RunListView view = show(runs);
        read(runs);
        RunItem oldest = screen.call(() -> runs.items().get(8));

        screen.run(() -> view.showSelected(oldest.id()));
        screen.settle();

        assertThat(screen.call(() -> view.lookupAll(".list-cell").stream()
                        .filter(Node::isVisible)
                        .anyMatch(cell -> ((ListCell<?>) cell).getItem() == oldest)))
                .isTrue();
    }

    @Test
    void anArrowKeyShowsTheRunItMarks() throws IOException {
        RunListTest.record(folder, 1);
        RunListTest.record(folder, 2);
        RunList runs = runs();
        RunListView view = show(runs);
        read(runs);
        screen.run(() -> {
            view.requestFocus();
            view.getSelectionModel().select(0);
        });

        new FxRobot().push(KeyCode.DOWN);

        assertThat(opened).containsExactly(runs.items().get(1).id());
    }
}
