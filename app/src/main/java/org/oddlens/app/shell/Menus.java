package org.oddlens.app.shell;

import java.nio.file.Path;
import javafx.scene.control.Alert;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.sample.Sample;

/** The menu bar. An ellipsis means that a dialogue follows. */
final class Menus {

    private static final String KEYS =
            """
            Ctrl+I          import data
            Ctrl+N          new run with these data
            Ctrl+Enter      train
            Space           pause or continue (in a chart)
            .               one epoch (in a chart)
            Ctrl+.          stop and keep
            Ctrl+1 … 3      welcome, data, run
            Ctrl+Shift+L    log
            Ctrl+Shift+D    light or dark
            F1              these keys

            In the latent view: arrow keys walk from row to row, Enter selects,
            + and − zoom, 0 fits, C changes colours, D shows density, O shows memory items.
            In the curves: L switches the log axis. In the histogram: arrow keys move the threshold.""";

    private final ShellViewModel model;
    private final MainWindow window;

    Menus(ShellViewModel model, MainWindow window) {
        this.model = model;
        this.window = window;
    }

    MenuBar bar() {
        MenuBar bar = new MenuBar(file(), run(), view(), help());
        bar.setUseSystemMenuBar(true);
        bar.setId("menu-bar");
        return bar;
    }

    private Menu file() {
        Menu samples = new Menu("Samples");
        for (Sample sample : model.samples()) {
            samples.getItems().add(item(sample.title(), null, () -> model.openSample(sample.id())));
        }
        Menu recent = new Menu("Recent");
        fillRecent(recent);
        model.settingsProperty().addListener((property, before, now) -> fillRecent(recent));
        Menu menu = new Menu("File");
        menu.setId("menu-file");
        MenuItem open = item("Import data…", "Shortcut+I", window::chooseFile);
        open.setId("menu-import");
        menu.getItems()
                .addAll(
                        open,
                        samples,
                        recent,
                        new SeparatorMenuItem(),
                        item("New run", "Shortcut+N", () -> model.pageProperty().set(ShellViewModel.Page.DATA)),
                        new SeparatorMenuItem(),
                        item("Quit", "Shortcut+Q", () -> window.scene()
                                .getWindow()
                                .fireEvent(new javafx.stage.WindowEvent(
                                        window.scene().getWindow(), javafx.stage.WindowEvent.WINDOW_CLOSE_REQUEST))));
        return menu;
    }

    private void fillRecent(Menu recent) {
        recent.getItems().clear();
        for (String file : model.settingsProperty().get().recent()) {
            recent.getItems().add(item(file, null, () -> model.open(Path.of(file))));
        }
        recent.setDisable(recent.getItems().isEmpty());
    }

    private Menu run() {
        Menu menu = new Menu("Run");
        MenuItem discard = item("Discard", null, () -> window.run(RunViewModel::discard));
        menu.getItems()
                .addAll(
                        item("Train", "Shortcut+Enter", window::startTraining),
                        item("Pause or continue", null, () -> window.run(RunViewModel::pauseOrProceed)),
                        item("Step one epoch", null, () -> window.run(RunViewModel::stepEpoch)),
                        item("Stop and keep", "Shortcut+PERIOD", () -> window.run(RunViewModel::stopAndKeep)),
                        new SeparatorMenuItem(),
                        discard);
        return menu;
    }

    private Menu view() {
        Menu menu = new Menu("View");
        CheckMenuItem dark = new CheckMenuItem("Dark theme");
        dark.setId("menu-dark");
        dark.setAccelerator(KeyCombination.valueOf("Shortcut+Shift+D"));
        dark.setSelected(model.settingsProperty().get().dark());
        dark.setOnAction(event -> model.useDark(dark.isSelected()));
        menu.getItems()
                .addAll(
                        item("Welcome", "Shortcut+1", () -> model.pageProperty().set(ShellViewModel.Page.WELCOME)),
                        item("Data", "Shortcut+2", () -> model.pageProperty().set(ShellViewModel.Page.DATA)),
                        item("Run", "Shortcut+3", () -> model.pageProperty().set(ShellViewModel.Page.RUN)),
                        new SeparatorMenuItem(),
                        dark,
                        item("Log", "Shortcut+Shift+L", window::showLog));
        return menu;
    }

    private Menu help() {
        Menu menu = new Menu("Help");
        menu.getItems()
                .addAll(
                        item("Keyboard", "F1", () -> tell("Keyboard", KEYS)),
                        item(
                                "About",
                                null,
                                () -> tell(
                                        "About Oddlens",
                                        "Oddlens, a workbench for deep unsupervised anomaly detection.\n"
                                                + "Apache License 2.0. Third-party licences: THIRD-PARTY.md.")));
        return menu;
    }

    private void tell(String title, String text) {
        Alert alert = new Alert(Alert.AlertType.INFORMATION);
        alert.initOwner(window.scene().getWindow());
        alert.setTitle(title);
        alert.setHeaderText(title);
        javafx.scene.control.Label label = new javafx.scene.control.Label(text);
        label.getStyleClass().add("od-number");
        alert.getDialogPane().setContent(label);
        alert.show();
    }

    private static MenuItem item(String text, String key, Runnable action) {
        MenuItem item = new MenuItem(text);
        if (key != null) {
            item.setAccelerator(KeyCombination.valueOf(key));
        }
        item.setOnAction(event -> action.run());
        return item;
    }
}
