package org.oddlens.app.dataset;

import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import org.controlsfx.control.CheckComboBox;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.study.DataInspection;

/** Which array or column of the file plays which role; what is chosen here is read again at once. */
final class RolesBar extends FlowPane {

    private static final String NO_LABEL = "no label";
    private static final String LAST_COLUMN = "last column";
    private static final int MEASURED = 20;
    private static final String NONE = "none";

    private final DataViewModel model;
    private final Button swap = new Button("Swap normal and anomaly");
    private final ComboBox<String> features = new ComboBox<>();
    private final ComboBox<String> label = new ComboBox<>();
    private final ComboBox<String> id = new ComboBox<>();
    private final ComboBox<String> time = new ComboBox<>();
    private final CheckComboBox<String> context = new CheckComboBox<>();
    private boolean showing;

    RolesBar(DataViewModel model) {
        super(12, 4);
        this.model = model;
        setAlignment(Pos.CENTER_LEFT);
        swap.setId("swap-labels");
        swap.setDisable(true);
        swap.getStyleClass().addAll(Styles.SMALL);
        swap.setAccessibleText("Swap normal and anomaly labels");
        swap.setTooltip(new Tooltip("Use when anomalies and normal rows are mixed up"));
        swap.setMinWidth(Region.USE_PREF_SIZE);
        swap.setOnAction(event -> model.swapLabels());
        box(features, "features-array", "Array that holds the rows");
        box(label, "label-array", "Array that holds the label");
        box(id, "id-column", "Column that names the rows; no feature");
        box(time, "time-column", "Column that tells the time of the rows; no feature");
        features.setOnAction(event -> chooseMain());
        label.setOnAction(event -> chooseMain());
        id.setOnAction(event -> chooseSide());
        time.setOnAction(event -> chooseSide());
        context.setId("context-columns");
        context.setAccessibleText("Columns to judge a row by; no features");
        context.setTitle(NONE);
        context.setMaxWidth(200);
        context.skinProperty()
                .addListener(made -> context.getChildrenUnmodifiable().forEach(RolesBar::measureFewRows));
        context.getCheckModel().getCheckedItems().addListener((ListChangeListener<String>) change -> {
            context.setTitle(title());
            chooseSide();
        });
        getChildren()
                .addAll(
                        part("Rows from", features),
                        part("Label from", label),
                        swap,
                        part("Row id", id),
                        part("Time", time),
                        part("Context", context));
    }

    private static void box(ComboBox<String> box, String id, String accessible) {
        box.setId(id);
        box.setAccessibleText(accessible);
        box.setMaxWidth(200);
        measureFewRows(box);
    }

    /** Else a box makes a cell for each of thousands of columns to find out how wide it would like to be. */
    private static void measureFewRows(Node box) {
        box.getProperties().put("comboBoxRowsToMeasureWidth", MEASURED);
    }

    private static HBox part(String word, Region field) {
        Label name = new Label(word);
        name.setLabelFor(field);
        name.setMinWidth(Region.USE_PREF_SIZE);
        HBox part = new HBox(6, name, field);
        part.setAlignment(Pos.CENTER_LEFT);
        return part;
    }

    /** While a file is read nothing can be turned round. */
    void reading() {
        swap.setDisable(true);
    }

    void show(DataInspection found) {
        showing = true;
        try {
            boolean chosen = found.data() != null;
            Roles roles = chosen ? found.data().roles() : null;
            fill(features, usable(found), chosen ? roles.features() : null);
            List<String> labels = new ArrayList<>(List.of(NO_LABEL, LAST_COLUMN));
            labels.addAll(model.labelCandidates());
            String none = chosen && roles.labelColumn() ? LAST_COLUMN : NO_LABEL;
            fill(label, labels, !chosen ? null : roles.label() == null ? none : roles.label());
            swap.setDisable(!model.canSwap());
            showSides(found.sides(), roles);
        } finally {
            showing = false;
        }
    }

    /** A box that gets other items loses its value, and shows it again only when it changes. */
    private static void fill(ComboBox<String> box, List<String> items, String value) {
        if (!box.getItems().equals(items)) {
            box.setValue(null);
            box.getItems().setAll(items);
        }
        box.setValue(value);
    }

    private static List<String> usable(DataInspection found) {
        return found.arrays().stream()
                .filter(array -> array.reason() == null || array.reason().isEmpty())
                .map(DataInspection.Array::name)
                .toList();
    }

    private void showSides(List<String> names, Roles roles) {
        List<String> choices = new ArrayList<>(List.of(NONE));
        choices.addAll(names);
        fill(id, choices, roles == null || roles.id() == null ? NONE : roles.id());
        fill(time, choices, roles == null || roles.time() == null ? NONE : roles.time());
        id.setDisable(names.isEmpty());
        time.setDisable(names.isEmpty());
        if (!context.getItems().equals(names)) { // an open list keeps its place
            context.getItems().setAll(names);
        }
        context.setDisable(names.isEmpty());
        List<String> wanted = roles == null ? List.of() : roles.context();
        for (String name : names) {
            boolean now = context.getCheckModel().isChecked(name);
            if (now != wanted.contains(name)) {
                if (now) {
                    context.getCheckModel().clearCheck(name);
                } else {
                    context.getCheckModel().check(name);
                }
            }
        }
        context.setTitle(title());
    }

    private String title() {
        List<String> chosen = context.getCheckModel().getCheckedItems();
        return chosen.isEmpty() ? NONE : chosen.size() == 1 ? chosen.get(0) : chosen.size() + " columns";
    }

    private void chooseMain() {
        if (showing || features.getValue() == null || label.getValue() == null) {
            return;
        }
        String rows = features.getValue();
        model.useMain(
                switch (label.getValue()) {
                    case NO_LABEL -> Roles.unlabelled(rows);
                    case LAST_COLUMN -> Roles.lastColumn(rows, List.of(), List.of());
                    default -> Roles.labelled(rows, label.getValue(), List.of(), List.of());
                });
    }

    private void chooseSide() {
        if (!showing) {
            model.useSide(
                    column(id),
                    column(time),
                    new ArrayList<>(context.getCheckModel().getCheckedItems()));
        }
    }

    private static String column(ComboBox<String> box) {
        return box.getValue() == null || box.getValue().equals(NONE) ? null : box.getValue();
    }
}
