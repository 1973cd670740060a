package org.oddlens.app.shell;

import java.nio.file.Path;
import javafx.scene.control.Alert;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuBar;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCombination;
import org.oddlens.app.device.DeviceWindow;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.sample.Sample;

/** The menu bar. An ellipsis means that a dialogue follows. */
final class Menus {

    private final ShellViewModel model;
    private final MainWindow window;

    Menus(ShellViewModel model, MainWindow window) {
        this.model = model;
        this.window = window;
    }

    MenuBar bar() {
        MenuBar bar = new MenuBar(file(), run(), view(), tools(), help());
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
                        item("Close window", "Shortcut+W", window::close),
                        item("Quit", "Shortcut+Q", window::close));
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
                        item("Resume the run shown", null, model::resume),
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
                        item("Find a setting", "Shortcut+F", window::findSetting),
                        dark,
                        item("Log", "Shortcut+Shift+L", window::showLog));
        return menu;
    }

    private Menu tools() {
        Menu menu = new Menu("Tools");
        menu.setId("menu-tools");
        DeviceWindow gpu = new DeviceWindow(model.devices());
        MenuItem item = item(
                "GPU…",
                null,
                () -> gpu.show(window.scene().getWindow(), window.scene().getStylesheets()));
        item.setId("menu-gpu");
        menu.getItems().add(item);
        return menu;
    }

    private Menu help() {
        Menu menu = new Menu("Help");
        menu.getItems()
                .addAll(
                        item(
                                "Keyboard",
                                "F1",
                                () -> KeyboardPage.show(
                                        window.scene().getWindow(),
                                        window.scene().getStylesheets())),
                        item("About the detector", "Shortcut+F1", window::showCard),
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
