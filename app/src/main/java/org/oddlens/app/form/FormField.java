package org.oddlens.app.form;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;

/**
 * One line of a form: label with unit, editor, a mark and a reset arrow while the value is changed, and a message below
 * while it is wrong. Knows nothing about where the value comes from.
 */
public final class FormField extends VBox {

    private static final PseudoClass CHANGED = PseudoClass.getPseudoClass("changed");
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("danger"); // AtlantaFX draws the red frame

    private final Control editor;
    private final Region mark = new Region();
    private final Button reset = new Button("", new FontIcon("mdmz-replay"));
    private final Label message = new Label();
    private final BooleanProperty changed = new SimpleBooleanProperty(this, "changed");
    private final String help;

    /**
     * @param id     node id of the editor; the message gets {@code id-message}, the arrow {@code id-reset}
     * @param label  name of the value
     * @param unit   unit of the value, empty for none
     * @param help   one or two sentences, shown as tooltip and spoken
     * @param editor where the value is typed or chosen
     */
    public FormField(String id, String label, String unit, String help, Control editor) {
        this.editor = editor;
        this.help = help;
        getStyleClass().add("od-field");
        Label name = new Label(label);
        name.getStyleClass().add("od-field-label");
        name.setLabelFor(editor);
        name.setWrapText(true);
        name.setTooltip(tooltip(help));
        VBox words = new VBox(name);
        if (!unit.isEmpty()) {
            Label unitLabel = new Label(unit);
            unitLabel.getStyleClass().add("od-field-unit");
            unitLabel.setWrapText(true);
            words.getChildren().add(unitLabel);
        }
        words.setAlignment(Pos.CENTER_LEFT);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMinWidth(80);
        editor.setId(id);
        editor.setAccessibleText(unit.isEmpty() ? label : label + ", " + unit);
        editor.setAccessibleHelp(help);
        editor.setTooltip(tooltip(help));
        mark.getStyleClass().add("od-field-mark");
        reset.setId(id + "-reset");
        reset.getStyleClass().addAll("od-field-reset", "flat");
        message.setId(id + "-message");
        message.getStyleClass().add("od-problem");
        message.setWrapText(true);
        HBox line = new HBox(8, mark, words, editor, reset);
        line.setAlignment(Pos.CENTER_LEFT);
        getChildren().setAll(line, message);
        changed.addListener((o, was, is) -> showChanged(is));
        showChanged(false);
        setProblem("");
    }

    /** Whether the value differs from what the reset arrow goes back to. */
    public BooleanProperty changedProperty() {
        return changed;
    }

    /**
     * Says what the arrow does and does it.
     *
     * @param target text of the value that comes back
     */
    public void onReset(String target, Runnable action) {
        String words = "Reset to " + (target.isEmpty() ? "empty" : target);
        reset.setTooltip(tooltip(words));
        reset.setAccessibleText(words);
        reset.setOnAction(e -> {
            action.run();
            editor.requestFocus();
        });
    }

    /** What is wrong with the value, empty when nothing is. */
    public void setProblem(String sentence) {
        boolean wrong = !sentence.isEmpty();
        message.setText(sentence);
        message.setVisible(wrong);
        message.setManaged(wrong);
        editor.pseudoClassStateChanged(ERROR, wrong);
        editor.setAccessibleHelp(wrong ? sentence + " " + help : help);
    }

    /** The sentence shown below, empty when nothing is wrong. */
    public String problem() {
        return message.getText();
    }

    /** Shows or hides the whole line, leaving no gap. */
    public void setShown(boolean on) {
        setVisible(on);
        setManaged(on);
    }

    private void showChanged(boolean on) {
        pseudoClassStateChanged(CHANGED, on);
        mark.setOpacity(on ? 1 : 0);
        reset.setVisible(on); // keeps its room, so that lines do not jump
    }

    private static Tooltip tooltip(String text) {
        Tooltip tooltip = new Tooltip(text);
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(320);
        tooltip.setShowDelay(Duration.millis(400));
        return tooltip;
    }
}
