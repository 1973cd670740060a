package org.oddlens.app.shell;

import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.oddlens.app.run.RunViewModel;

/** Single keys that act when a chart has the focus; never in a text field, never on a button. */
final class Shortcuts {

    private final ShellViewModel model;
    private final MainWindow window;

    Shortcuts(ShellViewModel model, MainWindow window) {
        this.model = model;
        this.window = window;
    }

    void attachTo(Scene scene) {
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            Node focused = scene.getFocusOwner();
            boolean inChart = focused != null && focused.getStyleClass().contains("od-plot");
            if (event.isConsumed() || focused instanceof TextInputControl || !inChart || event.isShortcutDown()) {
                return;
            }
            if (event.getCode() == KeyCode.SPACE && model.training()) {
                window.run(RunViewModel::pauseOrProceed);
                event.consume();
            } else if (event.getCode() == KeyCode.PERIOD && model.training()) {
                window.run(RunViewModel::stepEpoch);
                event.consume();
            }
        });
    }
}
