package org.oddlens.app.run;

import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.run.RunEvent;

/** A line to change a live hyperparameter while the run trains: which one, its value, Apply, and what became of it. */
final class LiveChangeBar extends VBox {

    private final ChoiceBox<Hyperparameter<?>> which = new ChoiceBox<>();
    private final TextField value = new TextField();
    private final Button apply = new Button("Apply");
    private final Label note = new Label();
    private final ChangeListener<Object> onState = (property, before, now) -> showState();
    private final ListChangeListener<RunEvent.Change> onMade = change -> showValue();
    private RunViewModel run;

    LiveChangeBar() {
        super(2);
        setId("live-change");
        Label word = new Label("Change now");
        word.getStyleClass().add("od-caption");
        word.setMinWidth(Region.USE_PREF_SIZE);
        word.setLabelFor(which);
        which.setId("live-change-key");
        which.setAccessibleText("Hyperparameter to change while the run trains");
        which.setMinWidth(90);
        which.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(which, Priority.ALWAYS);
        which.setConverter(new StringConverter<>() {
            @Override
            public String toString(Hyperparameter<?> shown) {
                return shown == null ? "" : shown.label();
            }

            @Override
            public Hyperparameter<?> fromString(String label) {
                return null;
            }
        });
        which.valueProperty().addListener((property, before, now) -> showValue());
        value.setId("live-change-value");
        value.setPrefWidth(96);
        value.setMinWidth(70);
        value.setAlignment(Pos.CENTER_RIGHT);
        value.setOnAction(event -> ask());
        apply.setId("live-change-apply");
        apply.setMinWidth(Region.USE_PREF_SIZE);
        apply.setTooltip(new Tooltip("Acts from the next epoch on; recorded, and repeated by rerun and resume"));
        apply.setOnAction(event -> ask());
        note.setId("live-change-note");
        note.setWrapText(true);
        note.setMinHeight(Region.USE_PREF_SIZE);
        HBox line = new HBox(8, word, which, value, apply);
        line.setAlignment(Pos.CENTER_LEFT);
        line.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(line, note);
        setMinHeight(Region.USE_PREF_SIZE);
        showState();
    }

    /** Changes the values of a run from now on. */
    void follow(RunViewModel shown, DetectorDescriptor detector) {
        if (run != null) {
            run.phaseProperty().removeListener(onState);
            run.changes().noteProperty().removeListener(onState);
            run.changes().made().removeListener(onMade);
        }
        run = shown;
        List<Hyperparameter<?>> live =
                detector.hyperparameters().stream().filter(Hyperparameter::live).toList();
        which.getItems().setAll(live);
        live.stream()
                .filter(candidate -> candidate.key().equals("learning-rate"))
                .findFirst()
                .or(() -> live.stream().findFirst())
                .ifPresent(which::setValue);
        run.phaseProperty().addListener(onState);
        run.changes().noteProperty().addListener(onState);
        run.changes().made().addListener(onMade);
        showValue();
        showState();
    }

    private void ask() {
        if (run != null && which.getValue() != null) {
            run.change(which.getValue(), value.getText());
        }
    }

    private void showValue() {
        Hyperparameter<?> shown = which.getValue();
        if (run != null && shown != null && !value.isFocused()) {
            value.setText(run.changes().inForce(shown));
        }
        if (shown != null) {
            String help = shown.label() + (shown.unit().isEmpty() ? "" : ", " + shown.unit());
            value.setAccessibleText(help);
            value.setTooltip(new Tooltip(shown.help()));
        }
    }

    private void showState() {
        boolean on = run != null && run.changeable() && !which.getItems().isEmpty();
        setVisible(on);
        setManaged(on);
        String sentence = run == null ? "" : run.changes().noteProperty().get();
        note.setText(sentence);
        note.setVisible(!sentence.isEmpty());
        note.setManaged(!sentence.isEmpty());
        boolean refused = run != null && run.changes().refusedProperty().get();
        note.getStyleClass().removeAll("od-problem", "od-caption");
        note.getStyleClass().add(refused ? "od-problem" : "od-caption");
    }
}
