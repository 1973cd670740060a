package org.oddlens.app.shell;

import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/** A sentence across the window that needs the user's eye; takes no room while there is none. */
final class BannerBar extends HBox {

    /**
     * @param sentence shown while it is not empty
     * @param showLog  brings the log of the run shown to the front
     */
    BannerBar(StringProperty sentence, Runnable showLog) {
        super(12);
        setId("banner");
        getStyleClass().add("od-banner");
        setAlignment(Pos.CENTER_LEFT);
        Label text = new Label();
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        text.textProperty().bind(sentence);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button log = new Button("Show log");
        log.setMinWidth(Region.USE_PREF_SIZE);
        log.setOnAction(event -> showLog.run());
        Button close = new Button("Close");
        close.setId("banner-close");
        close.setMinWidth(Region.USE_PREF_SIZE);
        close.setOnAction(event -> sentence.set(""));
        getChildren().addAll(new FontIcon("mdal-info"), text, log, close);
        visibleProperty().bind(sentence.isNotEmpty());
        managedProperty().bind(visibleProperty());
    }
}
