package org.oddlens.app.setup;

import atlantafx.base.theme.Styles;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.javafx.FontIcon;
import org.oddlens.app.chart.NumberText;
import org.oddlens.app.form.HyperparameterForm;
import org.oddlens.engine.data.Scaler;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.study.DataInspection;

/** The panel on the left: detector, evaluation protocol, hyperparameters, shape of the network, Train. */
public final class SetupPane extends VBox {

    /** The obstacle is that nothing has been opened yet: said quietly. */
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");

    /** What a newcomer meets first: the plainest detector, not the first of the alphabet. */
    private static final String FIRST = "autoencoder";

    private final SetupViewModel model;
    private final ComboBox<DetectorProvider> detector = new ComboBox<>();
    private final ComboBox<DataInspection.Protocol> protocol = new ComboBox<>();
    private final Label summary = new Label();
    private final Label shape = new Label();
    private final Label obstacle = new Label();
    private final Button train = new Button("Train", new FontIcon("mdmz-play_arrow"));
    private final VBox formPlace = new VBox();
    private final ComboBox<String> chosenClass = new ComboBox<>();
    private final TitledPane evaluation;
    private final Label protocolRows = new Label();
    private HyperparameterForm form;

    /**
     * @param start begins the run that the model describes
     * @param about shows what the chosen detector is
     */
    public SetupPane(SetupViewModel model, Runnable start, Runnable about) {
        this.model = model;
        setId("setup-pane");
        getStyleClass().addAll("od-panel", "od-setup");
        Label heading = new Label("Detector");
        heading.getStyleClass().add("od-panel-title");
        heading.setLabelFor(detector);
        heading.setMinWidth(Region.USE_PREF_SIZE);
        HBox.setHgrow(detector, Priority.ALWAYS);
        HBox head = new HBox(12, heading, detector, info(about));
        head.setAlignment(Pos.CENTER_LEFT);
        chooseDetector();
        evaluation = evaluation();
        summary.setWrapText(true);
        summary.getStyleClass().add("od-caption");
        summary.setMinHeight(Region.USE_PREF_SIZE);
        shape.setId("network-shape");
        shape.setWrapText(true);
        shape.getStyleClass().add("od-caption");
        shape.setMinHeight(Region.USE_PREF_SIZE);
        shape.textProperty().bind(model.shapeProperty());
        shape.managedProperty().bind(shape.textProperty().isNotEmpty());
        obstacle.setId("obstacle");
        obstacle.setWrapText(true);
        obstacle.getStyleClass().add("od-problem");
        obstacle.setMinHeight(Region.USE_PREF_SIZE);
        obstacle.textProperty().bind(model.obstacleProperty());
        obstacle.managedProperty().bind(obstacle.textProperty().isNotEmpty());
        train.setId("train");
        train.setDefaultButton(false);
        train.getStyleClass().addAll(Styles.ACCENT);
        train.setMaxWidth(Double.MAX_VALUE);
        train.setTooltip(new Tooltip("Train (Ctrl+Enter)"));
        train.setAccessibleText("Train");
        train.setOnAction(event -> start.run());
        VBox.setVgrow(formPlace, Priority.ALWAYS);
        getChildren().addAll(head, summary, formPlace, evaluation, shape, obstacle, train);
        describeEvaluation();
        model.detectorProperty().addListener((property, before, now) -> showForm(now));
        model.dataProperty().addListener((property, before, now) -> showProtocols(now));
        model.protocolProperty().addListener((property, before, now) -> showProtocol(now));
        model.loadedProperty().addListener((property, before, now) -> show(now));
        detector.getItems().stream()
                .filter(provider -> provider.descriptor().id().equals(FIRST))
                .findFirst()
                .ifPresentOrElse(detector.getSelectionModel()::select, detector.getSelectionModel()::selectFirst);
        model.commandProperty().addListener((property, before, now) -> form.setCommandPrefix(now));
        model.problemsProperty().addListener((property, before, now) -> form.showProblems(now));
        model.obstacleProperty()
                .addListener((property, before, now) -> obstacle.pseudoClassStateChanged(
                        WAITING,
                        model.dataProperty().get() == null
                                || model.readingProperty().get()));
        obstacle.pseudoClassStateChanged(WAITING, true);
        setMinWidth(0);
    }

    private static Button info(Runnable about) {
        Button info = new Button("", new FontIcon("mdal-info"));
        info.setId("about-detector");
        info.getStyleClass().addAll(Styles.FLAT, Styles.BUTTON_ICON);
        info.setTooltip(new Tooltip("About this detector: idea, formulas, when it fails (Ctrl+F1)"));
        info.setAccessibleText("About this detector");
        info.setMinWidth(Region.USE_PREF_SIZE);
        info.setOnAction(event -> about.run());
        return info;
    }

    private void chooseDetector() {
        detector.setId("detector");
        detector.setAccessibleText("Detector");
        detector.setMaxWidth(Double.MAX_VALUE);
        detector.getItems().setAll(model.detectors());
        detector.setConverter(new StringConverter<>() {
            @Override
            public String toString(DetectorProvider provider) {
                return provider == null ? "" : provider.descriptor().name();
            }

            @Override
            public DetectorProvider fromString(String text) {
                return null;
            }
        });
        detector.valueProperty()
                .addListener((property, before, now) -> model.detectorProperty().set(now));
    }

    private TitledPane evaluation() {
        protocol.setId("protocol");
        protocol.setAccessibleText("Evaluation protocol");
        protocol.setMaxWidth(Double.MAX_VALUE);
        protocol.setConverter(new StringConverter<>() {
            @Override
            public String toString(DataInspection.Protocol known) {
                return known == null ? "" : known.id();
            }

            @Override
            public DataInspection.Protocol fromString(String text) {
                return null;
            }
        });
        protocol.valueProperty().addListener((property, before, now) -> {
            if (now != null) {
                model.protocolProperty().set(now.id());
                protocolRows.setText(rows(now));
            }
        });
        ComboBox<String> scaler = new ComboBox<>();
        scaler.setId("scaler");
        scaler.setAccessibleText("Scaler");
        scaler.setMaxWidth(Double.MAX_VALUE);
        scaler.getItems().add(SetupViewModel.PRESET_SCALER);
        for (Scaler known : Scaler.values()) {
            scaler.getItems().add(known.id());
        }
        scaler.valueProperty().bindBidirectional(model.scalerProperty());
        ComboBox<String> threshold = new ComboBox<>();
        threshold.setId("threshold");
        threshold.setAccessibleText("Decision threshold");
        threshold.setEditable(true);
        threshold.setMaxWidth(Double.MAX_VALUE);
        threshold.getItems().addAll("percentile:95", "mean-sd:3", "median-mad:3", "known-ratio", "best-f1");
        threshold.valueProperty().bindBidirectional(model.thresholdProperty());
        TextField seed = new TextField();
        seed.setId("seed");
        seed.setAccessibleText("Seed");
        seed.textProperty().bindBidirectional(model.seedProperty());
        chooseClass();
        GridPane grid = new GridPane(8, 6);
        ColumnConstraints words = new ColumnConstraints();
        words.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        fields.setFillWidth(true);
        grid.getColumnConstraints().addAll(words, fields);
        row(grid, 0, "Protocol", protocol);
        protocolRows.getStyleClass().add("od-caption");
        protocolRows.setWrapText(true);
        grid.add(protocolRows, 1, 1);
        row(grid, 2, "Scaler", scaler);
        row(grid, 3, "Threshold", threshold);
        row(grid, 4, "Seed", seed);
        row(grid, 5, "Class", chosenClass);
        TitledPane pane = new TitledPane("Evaluation", grid);
        pane.setId("evaluation");
        pane.getStyleClass().add(Styles.DENSE);
        pane.setAnimated(false);
        pane.setExpanded(false);
        pane.setMinWidth(0);
        pane.setMinHeight(Region.USE_PREF_SIZE);
        return pane;
    }

    /** The label's values to choose from; several are typed, separated by commas. */
    private void chooseClass() {
        chosenClass.setId("chosen-class");
        chosenClass.setAccessibleText("Label value of the chosen class");
        chosenClass.setPromptText("a label value");
        chosenClass.setEditable(true);
        chosenClass.setMaxWidth(Double.MAX_VALUE);
        chosenClass.setCellFactory(list -> new ClassCell(model));
        // The editor's text counts, not the chosen item, so that what is typed counts without Enter.
        chosenClass.getEditor().textProperty().bindBidirectional(model.chosenClassProperty());
        chosenClass.setDisable(true);
        model.protocolProperty().addListener((property, before, now) -> chosenClass.setDisable(!model.needsClass()));
    }

    /** A label value with its rows. */
    private static final class ClassCell extends ListCell<String> {

        private final SetupViewModel model;

        ClassCell(SetupViewModel model) {
            this.model = model;
        }

        @Override
        protected void updateItem(String value, boolean empty) {
            super.updateItem(value, empty);
            setText(empty || value == null ? "" : value + "  (" + NumberText.count(model.rowsOf(value)) + " rows)");
        }
    }

    private String rows(DataInspection.Protocol known) {
        return (model.needsClass() ? "with the first class: " : "") + "train on " + NumberText.count(known.train())
                + ", evaluate " + NumberText.count(known.test()) + " rows"
                + (known.anomalies() > 0 ? ", " + NumberText.count(known.anomalies()) + " anomalies" : "");
    }

    /** The title tells the choice, so that the pane need not be open. */
    private void describeEvaluation() {
        evaluation
                .textProperty()
                .bind(Bindings.createStringBinding(
                        () -> "Evaluation: "
                                + (model.protocolProperty().get() == null
                                        ? "–"
                                        : model.protocolProperty().get())
                                + ", " + model.thresholdProperty().get(),
                        model.protocolProperty(),
                        model.thresholdProperty()));
        evaluation.accessibleTextProperty().bind(evaluation.textProperty());
    }

    /** Opens the evaluation part and puts the cursor on the protocol. */
    public void showEvaluation() {
        evaluation.setExpanded(true);
        protocol.requestFocus();
    }

    /** Puts the cursor into the search field of the form. */
    public void focusSearch() {
        form.focusSearch();
    }

    private static void row(GridPane grid, int row, String word, Region field) {
        Label label = new Label(word);
        label.setLabelFor(field);
        grid.addRow(row, label, field);
    }

    private void showForm(DetectorProvider provider) {
        if (provider == null) {
            return;
        }
        detector.setValue(provider);
        summary.setText(provider.descriptor().summary());
        form = new HyperparameterForm(
                provider.descriptor().hyperparameters(), provider.descriptor().presets());
        form.setId("hyperparameters");
        VBox.setVgrow(form, Priority.ALWAYS);
        model.presetProperty().bind(form.presetProperty());
        model.valuesProperty().bind(form.valuesProperty());
        form.setCommandPrefix(model.commandProperty().get());
        train.disableProperty().unbind();
        train.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.busyProperty().get()
                                || !model.obstacleProperty().get().isEmpty()
                                || !form.validProperty().get(),
                        model.busyProperty(),
                        model.obstacleProperty(),
                        form.validProperty()));
        formPlace.getChildren().setAll(List.of(form));
    }

    private void showProtocols(DataInspection found) {
        protocol.getItems().clear();
        chosenClass.getItems().setAll(model.classes());
        if (found == null || found.data() == null) {
            return;
        }
        protocol.getItems().setAll(found.protocols());
        showProtocol(model.protocolProperty().get());
    }

    private void showProtocol(String id) {
        protocol.getItems().stream()
                .filter(known -> known.id().equals(id))
                .findFirst()
                .ifPresent(protocol::setValue);
    }

    private void show(SetupViewModel.Loaded loaded) {
        model.detectorProperty().get().descriptor().presets().stream()
                .filter(known -> known.id().equals(loaded.preset()))
                .findFirst()
                .ifPresent(known -> form.presetProperty().set(known));
        form.setTexts(loaded.texts());
    }

    /** Whether a run can be started now. */
    public boolean canTrain() {
        return !train.isDisabled();
    }
}
