package org.oddlens.app.shell;

import java.util.List;
import javafx.geometry.Insets;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.stage.Window;

/** Help → Keyboard: every key and what it does. */
final class KeyboardPage {

    private record Key(String keys, String action) {}

    private record Group(String title, List<Key> keys) {}

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "Anywhere",
                    List.of(
                            new Key("Ctrl+I", "import data"),
                            new Key("Ctrl+N", "new run with these data"),
                            new Key("Ctrl+Enter", "train"),
                            new Key("Ctrl+.", "stop and keep"),
                            new Key("Ctrl+1, 2, 3", "welcome, data, run"),
                            new Key("Ctrl+F", "find a setting"),
                            new Key("F6, Shift+F6", "next, previous region"),
                            new Key("Ctrl+Shift+L", "log"),
                            new Key("Ctrl+Shift+D", "light or dark"),
                            new Key("Ctrl+W, Ctrl+Q", "close the window"),
                            new Key("Ctrl+F1", "about the detector: its model card"),
                            new Key("F1", "this page"))),
            new Group(
                    "In a chart",
                    List.of(
                            new Key("Space", "pause or continue"),
                            new Key(".", "one epoch"),
                            new Key(", and ;", "picture of an earlier, later epoch"))),
            new Group(
                    "In the latent view",
                    List.of(
                            new Key("Arrow keys", "walk to the nearest row in that direction"),
                            new Key("Enter", "select that row"),
                            new Key("Esc", "clear the selection"),
                            new Key("P, R, A", "pan, rectangle, lasso"),
                            new Key("+, −, 0", "zoom in, out, fit"),
                            new Key("C", "colour by label or score"),
                            new Key("D", "density on or off"),
                            new Key("O", "the detector's own items on or off: memory items, support vectors"))),
            new Group(
                    "In the curves and the histogram",
                    List.of(
                            new Key("L", "logarithmic axis"),
                            new Key("← and →", "read values; move the threshold"),
                            new Key("Shift+← and →", "move the threshold ten times as far"))),
            new Group("In the rows", List.of(new Key("Ctrl+C", "copy the row with its heading"))));

    private KeyboardPage() {}

    static void show(Window owner, List<String> styles) {
        Alert alert = new Alert(Alert.AlertType.INFORMATION, "", ButtonType.CLOSE);
        alert.initOwner(owner);
        alert.setTitle("Keyboard");
        alert.setHeaderText("Keyboard");
        alert.setGraphic(null);
        alert.setResizable(true);
        ScrollPane scroll = new ScrollPane(table());
        scroll.setFitToWidth(true);
        scroll.setPrefViewportHeight(460);
        scroll.setPrefViewportWidth(480);
        scroll.setAccessibleText("Keys and what they do");
        alert.getDialogPane().getStylesheets().setAll(styles);
        alert.getDialogPane().setContent(scroll);
        alert.show();
    }

    private static Region table() {
        GridPane table = new GridPane(24, 6);
        table.setPadding(new Insets(4, 16, 8, 4));
        int line = 0;
        for (Group group : GROUPS) {
            Label title = new Label(group.title());
            title.getStyleClass().add("od-panel-title");
            title.setPadding(new Insets(line == 0 ? 0 : 10, 0, 2, 0));
            table.add(title, 0, line++, 2, 1);
            for (Key key : group.keys()) {
                Label keys = new Label(key.keys());
                keys.getStyleClass().add("od-key");
                keys.setMinWidth(Region.USE_PREF_SIZE);
                table.addRow(line++, keys, new Label(key.action()));
            }
        }
        return table;
    }
}
