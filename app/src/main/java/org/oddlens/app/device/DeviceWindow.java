package org.oddlens.app.device;

import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import javafx.stage.Window;

/** Tools → GPU: the page in a window of its own beside the main one. */
public final class DeviceWindow {

    private static final double WIDTH = 680;
    private static final double HEIGHT = 480;

    private final DeviceViewModel model;
    private Stage stage;

    public DeviceWindow(DeviceViewModel model) {
        this.model = model;
    }

    /**
     * Shows it, or brings it to the front, and tests if that was not done yet.
     *
     * @param styles style sheets of the owner's scene
     */
    public void show(Window owner, List<String> styles) {
        if (stage == null) {
            stage = new Stage();
            stage.initOwner(owner);
            stage.setTitle("GPU");
            stage.setScene(scene());
        }
        stage.getScene().getStylesheets().setAll(styles);
        stage.show();
        stage.toFront();
        if (model.reportProperty().get() == null) {
            model.test();
        }
    }

    private Scene scene() {
        StackPane page = new StackPane(new DevicePage(model));
        page.getStyleClass().add("od-page");
        ScrollPane scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        Scene scene = new Scene(scroll, WIDTH, HEIGHT);
        scene.addEventHandler(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ESCAPE) {
                stage.close();
            }
        });
        return scene;
    }
}
