package org.oddlens.app.shell;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.oddlens.app.run.RunViewModel;

/** Single keys that act when a chart has the focus, never in a text field or on a button; and F6 between regions. */
final class Shortcuts {

    private final ShellViewModel model;
    private final MainWindow window;

    Shortcuts(ShellViewModel model, MainWindow window) {
        this.model = model;
        this.window = window;
    }

    void attachTo(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.isConsumed()) {
                return;
            }
            if (event.getCode() == KeyCode.F6) {
                nextRegion(scene, event.isShiftDown() ? -1 : 1);
                event.consume();
            } else if (inChart(scene.getFocusOwner()) && !event.isShortcutDown() && inChart(event.getCode())) {
                event.consume();
            }
        });
    }

    private static boolean inChart(Node focused) {
        return focused != null
                && !(focused instanceof TextInputControl)
                && focused.getStyleClass().contains("od-plot");
    }

    private boolean inChart(KeyCode key) {
        switch (key) {
            case SPACE -> window.run(RunViewModel::pauseOrProceed);
            case PERIOD -> window.run(RunViewModel::stepEpoch);
            case COMMA -> window.runPage().stepShownEpoch(-1);
            case SEMICOLON -> window.runPage().stepShownEpoch(1);
            default -> {
                return false;
            }
        }
        return model.runProperty().get() != null;
    }

    /** Moves the focus to the first control of the next visible region, round and round. */
    private void nextRegion(Scene scene, int direction) {
        List<Node> regions = window.regions().stream()
                .filter(node -> node.isVisible() && node.getScene() != null)
                .toList();
        int at = -1;
        for (int i = 0; i < regions.size(); i++) {
            for (Node node = scene.getFocusOwner(); node != null; node = node.getParent()) {
                at = node == regions.get(i) ? i : at;
            }
        }
        int next = at < 0 ? 0 : Math.floorMod(at + direction, regions.size());
        Node first = firstFocusable(regions.get(next));
        if (first != null) {
            first.requestFocus();
        }
    }

    private static Node firstFocusable(Node node) {
        if (!node.isVisible() || node.isDisabled()) {
            return null;
        }
        if (node.isFocusTraversable()) {
            return node;
        }
        if (node instanceof Parent parent) {
            for (Node child : parent.getChildrenUnmodifiable()) {
                Node found = firstFocusable(child);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}
