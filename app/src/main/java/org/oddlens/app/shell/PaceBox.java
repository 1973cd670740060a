package org.oddlens.app.shell;

import javafx.scene.control.ComboBox;
import javafx.scene.control.Tooltip;
import javafx.util.StringConverter;

/** The choice of a {@link Pace} in the tool bar; it holds for the run that trains at once. */
final class PaceBox extends ComboBox<Pace> {

    PaceBox(ShellViewModel model) {
        setId("tool-pace");
        setAccessibleText("Pace: epochs a second at most");
        setTooltip(new Tooltip(
                "How fast a training may go, so that one can watch it. The result is the same at every pace."));
        getItems().setAll(Pace.values());
        setConverter(new StringConverter<>() {
            @Override
            public String toString(Pace pace) {
                return pace == null ? "" : pace.words();
            }

            @Override
            public Pace fromString(String text) {
                throw new UnsupportedOperationException("a pace is chosen, never typed");
            }
        });
        setValue(model.paceProperty().get());
        model.paceProperty().addListener((property, before, now) -> setValue(now));
        setOnAction(event -> {
            if (getValue() != model.paceProperty().get()) {
                model.choosePace(getValue());
            }
        });
    }
}
