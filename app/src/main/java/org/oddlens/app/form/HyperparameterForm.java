package org.oddlens.app.form;

import atlantafx.base.theme.Styles;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.StringProperty;
import javafx.geometry.Insets;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.ui.UiResources;

/**
 * A form drawn from the declaration of hyperparameters. The id of each editor is the key of its hyperparameter. A
 * preset is applied only when the user chooses it; what differs from it afterwards is marked and can be reset.
 */
public final class HyperparameterForm extends VBox {

    private final List<Hyperparameter<?>> declared;
    private final Map<String, FieldEditor> editors = new LinkedHashMap<>();
    private final Map<String, FormField> fields = new LinkedHashMap<>();
    private final Map<Hyperparameter.Group, TitledPane> groups = new EnumMap<>(Hyperparameter.Group.class);
    private final Map<String, String> base = new LinkedHashMap<>();
    private final ChoiceBox<Preset> preset = new ChoiceBox<>();
    private final TextField search = new TextField();
    private final Label noMatch = new Label();
    private final TextArea command = new TextArea();
    private final ReadOnlyObjectWrapper<Values> values = new ReadOnlyObjectWrapper<>(this, "values");
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper(this, "valid", true);
    private final ReadOnlyStringWrapper commandLine = new ReadOnlyStringWrapper(this, "commandLine", "");
    private Map<String, String> foreignProblems = Map.of();
    private String commandPrefix = "oddlens train";
    private boolean loading;

    /**
     * @param declared hyperparameters in the order shown
     * @param presets  offered in the drop-down; the first should be {@code default}
     */
    public HyperparameterForm(List<Hyperparameter<?>> declared, List<Preset> presets) {
        this.declared = List.copyOf(declared);
        getStyleClass().add("od-form");
        declared.forEach(this::addField);
        buildHeader(presets);
        VBox sections = new VBox(8);
        for (Hyperparameter.Group group : Hyperparameter.Group.values()) {
            addGroup(group, sections);
        }
        noMatch.getStyleClass().add("od-muted");
        noMatch.setWrapText(true);
        sections.getChildren().add(noMatch);
        sections.setPadding(new Insets(0, 10, 0, 0)); // room for the scroll bar
        ScrollPane scroll = new ScrollPane(sections);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(scroll, buildCommandLine());
        Preset start = presets.isEmpty() ? Preset.defaults("declared defaults") : presets.get(0);
        preset.setValue(start);
        if (presets.isEmpty()) {
            apply(start);
        }
        find("");
    }

    /** The last set of values that was right as a whole; never null. */
    public ReadOnlyObjectProperty<Values> valuesProperty() {
        return values.getReadOnlyProperty();
    }

    /** The last set of values that was right as a whole. */
    public Values values() {
        return values.get();
    }

    /** Whether what stands in the form can be run; false also while {@link #showProblems} shows any. */
    public ReadOnlyBooleanProperty validProperty() {
        return valid.getReadOnlyProperty();
    }

    /** What stands in the editors, right or wrong, by key. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        editors.forEach((key, editor) -> texts.put(key, editor.text().get()));
        return texts;
    }

    /** Puts texts into editors, for example from a run record; keys that are not declared are ignored. */
    public void setTexts(Map<String, String> texts) {
        loading = true;
        texts.forEach((key, text) -> {
            if (editors.containsKey(key)) {
                editors.get(key).text().set(text);
            }
        });
        loading = false;
        check();
    }

    /**
     * Shows what the detector itself refuses, such as a network without width, until the next call.
     *
     * @param problems key to sentence; empty when all is well
     */
    public void showProblems(Map<String, String> problems) {
        foreignProblems = Map.copyOf(problems);
        check();
    }

    /** The preset that marks and reset arrows refer to; setting it fills the form. */
    public ObjectProperty<Preset> presetProperty() {
        return preset.valueProperty();
    }

    /** Puts the cursor into the search field. */
    public void focusSearch() {
        search.requestFocus();
        search.selectAll();
    }

    /** What is searched for: label, key, help or original flag. */
    public StringProperty searchProperty() {
        return search.textProperty();
    }

    /** The beginning of the command line, up to the detector: {@code oddlens train --data X --detector memae}. */
    public void setCommandPrefix(String prefix) {
        commandPrefix = prefix;
        check();
    }

    /** The command that makes the same run: the prefix, the preset and every value that differs from it. */
    public ReadOnlyStringProperty commandLineProperty() {
        return commandLine.getReadOnlyProperty();
    }

    private void addField(Hyperparameter<?> hyperparameter) {
        FieldEditor editor = FieldEditor.of(hyperparameter);
        String flags = hyperparameter.originalFlags().isEmpty()
                ? ""
                : " Originally: " + String.join(", ", hyperparameter.originalFlags()) + ".";
        String help = (hyperparameter.help() + flags).strip();
        editors.put(hyperparameter.key(), editor);
        fields.put(
                hyperparameter.key(),
                new FormField(
                        hyperparameter.key(),
                        hyperparameter.label(),
                        hyperparameter.unit(),
                        help.isEmpty() ? hyperparameter.label() : help,
                        editor.control()));
        base.put(hyperparameter.key(), hyperparameter.defaultText());
        editor.text().addListener((o, was, is) -> {
            if (!loading) {
                check();
            }
        });
    }

    private void buildHeader(List<Preset> presets) {
        preset.getItems().setAll(presets);
        preset.setId("preset");
        preset.setMaxWidth(Double.MAX_VALUE);
        preset.setAccessibleText("Preset");
        preset.setConverter(new StringConverter<>() {
            @Override
            public String toString(Preset shown) {
                return shown == null ? "" : shown.id();
            }

            @Override
            public Preset fromString(String id) {
                return presets.stream()
                        .filter(p -> p.id().equals(id))
                        .findFirst()
                        .orElse(null);
            }
        });
        preset.valueProperty().addListener((o, was, is) -> {
            if (is != null) {
                preset.setTooltip(new Tooltip(is.source()));
                apply(is);
            }
        });
        Label label = new Label(UiResources.message("form.preset"));
        label.setLabelFor(preset);
        label.setMinWidth(USE_PREF_SIZE);
        HBox line = new HBox(8, label, preset);
        line.getStyleClass().add("od-chart-bar");
        HBox.setHgrow(preset, Priority.ALWAYS);
        line.setVisible(!presets.isEmpty());
        line.setManaged(!presets.isEmpty());
        search.setId("hyperparameter-search");
        search.setPromptText(UiResources.message("form.search"));
        search.setAccessibleText(UiResources.message("form.search"));
        search.textProperty().addListener((o, was, is) -> find(is));
        getChildren().addAll(line, search);
    }

    private void addGroup(Hyperparameter.Group group, VBox sections) {
        List<FormField> members = declared.stream()
                .filter(h -> h.group() == group)
                .map(h -> fields.get(h.key()))
                .toList();
        if (members.isEmpty()) {
            return;
        }
        VBox body = new VBox();
        body.getChildren().setAll(members);
        TitledPane pane = new TitledPane(group.title(), body);
        pane.getStyleClass().add(Styles.DENSE);
        pane.setAnimated(false);
        pane.setAccessibleText(group.title());
        groups.put(group, pane);
        sections.getChildren().add(pane);
    }

    private TitledPane buildCommandLine() {
        command.setId("command-line");
        command.setEditable(false);
        command.setWrapText(true);
        command.setPrefRowCount(4);
        command.getStyleClass().add("od-code");
        command.setMinHeight(56);
        command.setAccessibleText(UiResources.message("form.commandLine"));
        command.textProperty().bind(commandLine);
        TitledPane pane = new TitledPane(UiResources.message("form.commandLine"), command);
        pane.setId("command-line-pane");
        pane.getStyleClass().add(Styles.DENSE);
        pane.setAnimated(false);
        pane.setExpanded(false);
        pane.setMinHeight(USE_PREF_SIZE);
        pane.setAccessibleText(UiResources.message("form.commandLine"));
        return pane;
    }

    private void apply(Preset chosen) {
        for (Hyperparameter<?> hyperparameter : declared) {
            base.put(
                    hyperparameter.key(),
                    chosen.values().getOrDefault(hyperparameter.key(), hyperparameter.defaultText()));
        }
        fields.forEach((key, field) ->
                field.onReset(base.get(key), () -> editors.get(key).text().set(base.get(key))));
        setTexts(base);
    }

    /** Parses everything, shows every problem under its field, and publishes the values when there is none. */
    private void check() {
        Map<String, String> problems = new LinkedHashMap<>(foreignProblems);
        try {
            values.set(Values.parse(declared, texts()));
        } catch (InvalidValuesException e) {
            problems.putAll(e.problems());
        }
        StringBuilder line = new StringBuilder(commandPrefix);
        if (preset.getValue() != null && !preset.getValue().id().equals("default")) {
            line.append(" --preset ").append(preset.getValue().id());
        }
        fields.forEach((key, field) -> {
            String text = editors.get(key).text().get();
            boolean changed = !text.strip().equals(base.get(key));
            field.changedProperty().set(changed);
            field.setProblem(problems.getOrDefault(key, ""));
            if (changed) {
                line.append(" --").append(key).append(' ').append(quoted(text.strip()));
            }
        });
        commandLine.set(line.toString());
        valid.set(problems.isEmpty());
        openWhereWrong(problems);
    }

    private void openWhereWrong(Map<String, String> problems) {
        declared.stream()
                .filter(h -> problems.containsKey(h.key()))
                .map(h -> groups.get(h.group()))
                .forEach(pane -> pane.setExpanded(true));
    }

    private void find(String typed) {
        String wanted = plain(typed);
        int shown = 0;
        for (Hyperparameter<?> h : declared) {
            boolean match = wanted.isEmpty()
                    || Stream.concat(Stream.of(h.key(), h.label(), h.help()), h.originalFlags().stream())
                            .anyMatch(text -> plain(text).contains(wanted));
            fields.get(h.key()).setShown(match);
            shown += match ? 1 : 0;
        }
        groups.forEach((group, pane) -> {
            boolean some = declared.stream()
                    .anyMatch(h -> h.group() == group && fields.get(h.key()).isManaged());
            pane.setVisible(some);
            pane.setManaged(some);
            pane.setExpanded(wanted.isEmpty() ? group == Hyperparameter.Group.ESSENTIALS : some);
        });
        noMatch.setText(shown > 0 ? "" : UiResources.message("form.noMatch", typed, declared.size()));
        noMatch.setVisible(shown == 0);
        noMatch.setManaged(shown == 0);
    }

    /** {@code --batch_size}, {@code batchSize} and {@code batch-size} are one spelling to a searcher. */
    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[-_\\s]", "");
    }

    private static String quoted(String text) {
        return text.matches("[\\w.,:/+-]+") ? text : "\"" + text.replace("\"", "\\\"") + "\"";
    }
}
