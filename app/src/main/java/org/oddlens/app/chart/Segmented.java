package org.oddlens.app.chart;

import atlantafx.base.theme.Styles;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * A row of joined buttons of which exactly one is down.
 *
 * @param <T> what the buttons stand for
 */
public final class Segmented<T> extends HBox {

    private final ToggleGroup group = new ToggleGroup();
    private final ObjectProperty<T> value = new SimpleObjectProperty<>(this, "value");

    /**
     * @param purpose what is chosen, spoken before the word on the button
     * @param values  at least one; the first is chosen
     * @param word    text of a button, or its tooltip when there are icons
     * @param icon    icon code of a button, or {@code null} for a text button
     */
    public Segmented(String purpose, List<T> values, Function<T, String> word, Function<T, String> icon) {
        setAlignment(Pos.CENTER_LEFT);
        for (int i = 0; i < values.size(); i++) {
            T choice = values.get(i);
            ToggleButton button = new ToggleButton();
            if (icon == null) {
                button.setText(word.apply(choice));
            } else {
                button.setGraphic(new FontIcon(icon.apply(choice)));
                button.setTooltip(new Tooltip(word.apply(choice)));
                button.getStyleClass().add("od-icon-toggle");
            }
            button.setAccessibleText(purpose + ": " + word.apply(choice));
            button.setUserData(choice);
            button.setToggleGroup(group);
            button.setMinWidth(USE_PREF_SIZE);
            if (values.size() > 1) {
                button.getStyleClass()
                        .add(
                                i == 0
                                        ? Styles.LEFT_PILL
                                        : i == values.size() - 1 ? Styles.RIGHT_PILL : Styles.CENTER_PILL);
            }
            getChildren().add(button);
        }
        setMinWidth(USE_PREF_SIZE);
        group.selectedToggleProperty().addListener((o, was, is) -> {
            if (is == null) {
                group.selectToggle(was); // a second press must not leave nothing chosen
            } else {
                @SuppressWarnings("unchecked")
                T chosen = (T) is.getUserData();
                value.set(chosen);
            }
        });
        value.addListener((o, was, is) -> group.getToggles().stream()
                .filter(toggle -> toggle.getUserData().equals(is))
                .findFirst()
                .ifPresent(group::selectToggle));
        value.set(values.get(0));
    }

    /** What is chosen. */
    public ObjectProperty<T> valueProperty() {
        return value;
    }
}
