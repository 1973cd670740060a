package org.oddlens.app.shell;

import atlantafx.base.theme.Styles;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.oddlens.app.run.RunViewModel;

/** The line at the foot of the window: how the run stands, a way back to the one that trains, and what the engine does. */
final class StatusLine extends HBox {

    private final Label status = new Label();
    private final Button back = new Button("Show the run that trains", new FontIcon("mdmz-visibility"));
    private final ProgressBar progress = new ProgressBar(0);

    StatusLine(ShellViewModel model) {
        status.setId("status");
        status.setMaxWidth(Double.MAX_VALUE);
        status.setMinWidth(0);
        HBox.setHgrow(status, Priority.ALWAYS);
        progress.setPrefWidth(160);
        progress.setAccessibleText("Progress of the training");
        Label engine = new Label();
        engine.setId("engine-state");
        engine.setMinWidth(Region.USE_PREF_SIZE);
        engine.textProperty().bind(model.engineStatus().textProperty());
        back.setId("show-live");
        back.setMinWidth(Region.USE_PREF_SIZE);
        back.getStyleClass().add(Styles.SMALL);
        back.setOnAction(event -> model.showLive());
        getStyleClass().add("od-status-bar");
        getChildren().addAll(status, back, progress, engine);
    }

    /**
     * Tells how a run stands.
     *
     * @param run    the one that trains, or else the one shown; null: none
     * @param unseen whether it trains while another one is shown
     */
    void show(RunViewModel run, boolean unseen) {
        boolean live = run != null && run.controllable();
        status.setText(run == null ? "Ready" : run.status());
        status.setAccessibleText(status.getText());
        back.setVisible(unseen);
        back.setManaged(unseen);
        progress.setVisible(live);
        if (live && run.startedProperty().get() != null) {
            progress.setProgress((double) run.epochProperty().get()
                    / run.startedProperty().get().epochs());
        }
    }
}
