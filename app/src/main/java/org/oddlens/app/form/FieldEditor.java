package org.oddlens.app.form;

import atlantafx.base.controls.ToggleSwitch;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Control;
import javafx.scene.control.TextField;
import org.oddlens.engine.param.Domain;
import org.oddlens.engine.param.Hyperparameter;

/**
 * The control for a domain, and the text that stands in it.
 *
 * @param control typed into or chosen from
 * @param text    in the spelling of the domain; follows the control and leads it
 */
record FieldEditor(Control control, StringProperty text) {

    private static final double WIDTH = 112;

    static FieldEditor of(Hyperparameter<?> hyperparameter) {
        FieldEditor editor;
        if (hyperparameter.domain() instanceof Domain.Switch) {
            editor = toggle();
        } else if (hyperparameter.domain() instanceof Domain.Choice choice) {
            editor = choice(choice);
        } else {
            editor = typed(hyperparameter.domain());
        }
        editor.text().set(hyperparameter.defaultText());
        return editor;
    }

    private static FieldEditor toggle() {
        ToggleSwitch control = new ToggleSwitch();
        StringProperty text = new SimpleStringProperty("false");
        control.selectedProperty().addListener((o, was, is) -> text.set(is.toString()));
        text.addListener((o, was, is) -> control.setSelected(new Domain.Switch().parse(is)));
        return new FieldEditor(control, text);
    }

    private static FieldEditor choice(Domain.Choice domain) {
        ChoiceBox<String> control = new ChoiceBox<>();
        control.getItems().setAll(domain.options());
        control.setPrefWidth(WIDTH);
        control.setMaxWidth(WIDTH);
        StringProperty text = new SimpleStringProperty();
        text.bindBidirectional(control.valueProperty());
        return new FieldEditor(control, text);
    }

    private static FieldEditor typed(Domain<?> domain) {
        TextField control = new TextField();
        control.setPrefWidth(WIDTH);
        control.setMinWidth(WIDTH);
        boolean words = domain instanceof Domain.LayerWidths;
        control.setAlignment(words ? Pos.CENTER_LEFT : Pos.CENTER_RIGHT);
        return new FieldEditor(control, control.textProperty());
    }
}
