package org.oddlens.app.run;

import atlantafx.base.theme.Styles;
import java.util.LinkedHashMap;
import java.util.Map;
import javafx.geometry.Insets;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.RunPlan;
import org.oddlens.ui.UiResources;

/**
 * What the run shown was made with: data, protocol and every hyperparameter, the changed ones marked; the command that makes
 * it again; and a way to take it all over into the form.
 */
final class SettingsPane extends VBox {

    private final GridPane table = new GridPane(12, 4);
    private final TextArea command = new TextArea();
    private final Button load = new Button("Load into form");
    private final Button copy = new Button("Copy command");

    /** @param loadIntoForm takes the settings of the run shown over into the form */
    SettingsPane(Runnable loadIntoForm) {
        super(8);
        setId("run-settings");
        load.setId("load-settings");
        load.setTooltip(new Tooltip("Detector, hyperparameters, evaluation and data of this run, for the next one"));
        load.setOnAction(event -> loadIntoForm.run());
        copy.setId("copy-command");
        copy.setOnAction(event -> copyCommand());
        for (Button button : new Button[] {load, copy}) {
            button.setMinWidth(Region.USE_PREF_SIZE);
            button.getStyleClass().add(Styles.SMALL);
        }
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(90);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        table.getColumnConstraints().addAll(names, values);
        Label word = new Label(UiResources.message("form.commandLine"));
        word.getStyleClass().add("od-caption");
        word.setLabelFor(command);
        FlowPane actions = new FlowPane(8, 4, load, copy);
        VBox content = new VBox(8, actions, table, word, command);
        content.setPadding(new Insets(4, 8, 0, 0));
        ScrollPane scroll = new ScrollPane(content);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setAccessibleText("Settings of the run shown");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        command.setId("run-command");
        command.setEditable(false);
        command.setWrapText(true);
        command.setPrefRowCount(2);
        command.setMinHeight(52);
        command.getStyleClass().add("od-code");
        command.setAccessibleText(UiResources.message("form.commandLine"));
        getChildren().add(scroll);
        setMinHeight(0);
        show(null);
    }

    /** Tells the settings of a run; null, or without a specification: nothing is known. */
    void show(ShownRun shown) {
        boolean known = shown != null && shown.spec() != null;
        table.getChildren().clear();
        load.setDisable(!known);
        copy.setDisable(!known);
        command.setText("");
        if (!known) {
            return;
        }
        RunViewModel run = shown.run();
        DetectorDescriptor detector = shown.detector();
        RunSpec spec = shown.spec();
        common(run, detector, spec).forEach((name, value) -> row(name, value, false));
        for (Hyperparameter<?> declared : detector.hyperparameters()) {
            Object value = spec.hyperparameters().get(declared.key());
            if (value != null) {
                String text = LiveChanges.normal(declared, RunPlan.text(value));
                boolean changed = !text.equals(LiveChanges.normal(declared, declared.defaultText()));
                row(
                        declared.label(),
                        changed ? text + "  (default " + orEmpty(declared.defaultText()) + ")" : text,
                        changed);
            }
        }
        for (RunEvent.Change change : run.changes().made()) {
            row("From epoch " + change.epoch(), change.key() + " " + change.from() + " → " + change.to(), true);
        }
        command.setText(command(shown));
    }

    private static String orEmpty(String text) {
        return text.isEmpty() ? "empty" : text;
    }

    private static Map<String, String> common(RunViewModel run, DetectorDescriptor detector, RunSpec spec) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("Detector", detector.name());
        rows.put("Preset", spec.preset());
        rows.put("Data", spec.data().file());
        if (spec.data().roles() != null) {
            rows.put("Roles", roles(spec.data().roles()));
        }
        if (spec.data().missing() != null) {
            rows.put("Missing values", spec.data().missing().id());
        }
        if (spec.protocol() != null) {
            rows.put("Protocol", protocol(spec.protocol()));
        }
        rows.put("Scaler", spec.scaler());
        rows.put("Threshold", spec.threshold());
        rows.put("Seed", Long.toString(spec.seed()));
        rows.put("Computed on", spec.device() + ", " + spec.executor());
        rows.put("Run", run.id());
        rows.values().removeIf(value -> value == null);
        return rows;
    }

    private static String roles(Roles roles) {
        StringBuilder text = new StringBuilder("rows from ").append(roles.features());
        if (roles.labelColumn()) {
            text.append(", label in the last column");
        } else if (roles.label() != null) {
            text.append(", label from ").append(roles.label());
        } else {
            text.append(", no label");
        }
        if (!roles.anomalyValues().isEmpty()) {
            text.append(" (anomaly: ")
                    .append(String.join(", ", roles.anomalyValues()))
                    .append(")");
        }
        return text.toString();
    }

    private static String protocol(ProtocolSpec protocol) {
        if (!protocol.normalClasses().isEmpty()) {
            return protocol.id() + ", normal: " + String.join(", ", protocol.normalClasses());
        }
        return protocol.anomalousClass() == null
                ? protocol.id()
                : protocol.id() + ", anomalous: " + protocol.anomalousClass();
    }

    /** The record holds everything but what was changed while it trained; a rerun repeats that, too. */
    private static String command(ShownRun shown) {
        return shown.run().changes().made().isEmpty() && shown.spec().changes().isEmpty()
                ? "./oddlens train --spec "
                        + quoted(shown.folder().resolve(RunFolder.RECORD).toString())
                : "./oddlens rerun " + quoted(shown.folder().toString());
    }

    private static String quoted(String text) {
        return text.matches("[\\w./:+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    private void row(String name, String value, boolean changed) {
        Label word = new Label(name);
        word.getStyleClass().add("od-caption");
        word.setWrapText(true);
        Label text = new Label(value);
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        if (changed) {
            text.getStyleClass().add("od-key");
        }
        table.addRow(table.getRowCount(), word, text);
    }

    private void copyCommand() {
        ClipboardContent content = new ClipboardContent();
        content.putString(command.getText());
        Clipboard.getSystemClipboard().setContent(content);
    }
}
