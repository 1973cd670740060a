package org.oddlens.app.dataset;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.chart.NumberText;
import org.oddlens.app.chart.TableColumns;
import org.oddlens.engine.data.ConstantFeatures;
import org.oddlens.engine.data.MissingPolicy;
import org.oddlens.engine.study.DataInspection;
import org.oddlens.engine.study.DataPicture;

/** The data page: arrays and roles, the label map as a sentence, columns, first rows, and a picture of the data. */
public final class DataPage extends VBox {

    private static final double LEAST_NUMBERS = 64;

    private final DataViewModel model;
    private final Label title = new Label();
    private final Label subtitle = new Label();
    private final Label labelSentence = new Label();
    private final RolesBar roles;
    private final VBox notes = new VBox(2);
    private final HBox problemBar = new HBox(8);
    private final Label problem = new Label();
    private final Button drop = new Button("Drop these rows");
    private final Button impute = new Button("Fill with the median");
    private final Button leaveOut = new Button("Leave out");
    private final Button again = new Button("Try again");
    private final Button cancel = new Button("Cancel");
    private final TableView<DataInspection.Array> arrays = new TableView<>();
    private final TableView<DataInspection.Column> columns = new TableView<>();
    private final PreviewTable preview = new PreviewTable();
    private final Map<String, Function<DataInspection.Column, Double>> statistics = new LinkedHashMap<>();
    private final Map<String, DoubleFunction<String>> alike = new HashMap<>();
    private final Map<String, TableColumn<DataInspection.Column, String>> statisticColumns = new HashMap<>();
    private TableColumn<DataInspection.Array, String> arrayName;
    private TableColumn<DataInspection.Array, String> smallest;
    private TableColumn<DataInspection.Array, String> largest;
    private TableColumn<DataInspection.Column, String> columnName;
    private final LatentScatter picture;
    private final Label pictureNote = new Label();

    public DataPage(DataViewModel model, LatentScatter picture) {
        this.model = model;
        this.picture = picture;
        roles = new RolesBar(model);
        setId("data-page");
        getStyleClass().add("od-page");
        SplitPane body = new SplitPane(tables(), picturePanel());
        body.setDividerPositions(0.6);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(header(), body);
        model.pictureProperty().addListener((property, before, now) -> show(now));
        model.problemProperty().addListener((property, before, now) -> showProblem(now));
        model.phaseProperty().addListener((property, before, now) -> {
            showPhase(now);
        });
        if (model.inspectionProperty().get() != null) { // a page may be built when its data are there already
            show(model.inspectionProperty().get());
            show(model.pictureProperty().get());
        }
        showProblem(model.problemProperty().get());
    }

    private Region header() {
        title.setId("data-title");
        title.getStyleClass().add("od-title");
        subtitle.setId("data-summary");
        subtitle.getStyleClass().add("od-muted");
        drop.setId("drop-missing");
        drop.setOnAction(event -> model.useMissing(MissingPolicy.DROP));
        impute.setId("impute-missing");
        impute.setOnAction(event -> model.useMissing(MissingPolicy.IMPUTE));
        leaveOut.setId("leave-out");
        leaveOut.setOnAction(event -> model.leaveOutEmpty());
        again.setId("read-again");
        again.setOnAction(event -> model.again());
        cancel.setId("cancel-reading");
        cancel.setTooltip(new Tooltip("Keeps what was open before"));
        cancel.setOnAction(event -> model.cancel());
        for (Button button : List.of(drop, impute, leaveOut, again, cancel)) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        labelSentence.setWrapText(true);
        labelSentence.setId("role-sentences");
        showReading(false);
        problem.setWrapText(true);
        problem.getStyleClass().add("od-problem");
        problem.setId("data-problem");
        HBox.setHgrow(problem, Priority.ALWAYS);
        problem.setMaxWidth(Double.MAX_VALUE);
        problemBar.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        problemBar.getChildren().addAll(problem, drop, impute, leaveOut, again);
        VBox header = new VBox(6, new HBox(12, title, subtitle, cancel), labelSentence, roles, problemBar, notes);
        ((HBox) header.getChildren().get(0)).setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        header.getStyleClass().add("od-panel");
        header.setMinHeight(Region.USE_PREF_SIZE);
        return header;
    }

    private Region tables() {
        arrayName = column(arrays, "Array", 120, DataInspection.Array::name);
        column(arrays, "Shape", 110, array -> array.shape().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" × ")));
        column(arrays, "Type", 80, DataInspection.Array::type);
        smallest = number(arrays, "Smallest", 84, array -> number(array.min()));
        largest = number(arrays, "Largest", 84, array -> number(array.max()));
        number(arrays, "Missing", 76, array -> NumberText.count(array.missing()));
        column(arrays, "Note", 220, array -> array.reason() == null ? "" : array.reason());
        columnName = column(columns, "Column", 72, DataInspection.Column::name);
        number(columns, "Missing", 72, row -> NumberText.count(row.missing()));
        statistic("Min", DataInspection.Column::min);
        statistic("Median", DataInspection.Column::median);
        statistic("Mean", DataInspection.Column::mean);
        statistic("Max", DataInspection.Column::max);
        statistic("Sd", DataInspection.Column::sd);
        statistic("Skew", DataInspection.Column::skew);
        arrays.setId("arrays-table");
        columns.setId("columns-table");
        arrays.setAccessibleText("Arrays of the file");
        columns.setAccessibleText("Statistics of the columns");
        arrays.setPlaceholder(new Label("No arrays."));
        columns.setPlaceholder(new Label("Statistics appear when the rows are chosen."));
        TabPane tabs =
                new TabPane(tab("Columns", columns), tab("First rows", preview), tab("Arrays in the file", arrays));
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        tabs.setAccessibleText("Tables of the data page");
        Label constant = new Label(ConstantFeatures.BOUNDED.words() + "; the run's log names them.");
        constant.setId("constant-features");
        constant.setWrapText(true);
        constant.setMinHeight(Region.USE_PREF_SIZE);
        constant.getStyleClass().add("od-caption");
        VBox panel = new VBox(tabs, constant);
        panel.getStyleClass().add("od-panel");
        VBox.setVgrow(tabs, Priority.ALWAYS);
        return panel;
    }

    private Region picturePanel() {
        Label heading = new Label("Picture");
        heading.getStyleClass().add("od-panel-title");
        heading.setMinWidth(Region.USE_PREF_SIZE);
        ComboBox<String> method = new ComboBox<>();
        method.getItems().addAll("pca", "mds");
        method.setConverter(new javafx.util.StringConverter<>() {
            @Override
            public String toString(String value) {
                return "mds".equals(value) ? "MDS (at most 1,500 rows)" : "Principal axes (PCA)";
            }

            @Override
            public String fromString(String text) {
                return text;
            }
        });
        method.valueProperty().bindBidirectional(model.pictureMethodProperty());
        method.setAccessibleText("Method of the picture");
        method.setId("picture-method");
        pictureNote.getStyleClass().add("od-caption");
        pictureNote.setWrapText(true);
        pictureNote.setMinHeight(Region.USE_PREF_SIZE);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        HBox bar = new HBox(8, heading, space, method);
        bar.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        VBox.setVgrow(picture, Priority.ALWAYS);
        VBox panel = new VBox(bar, picture, pictureNote);
        panel.getStyleClass().add("od-panel");
        return panel;
    }

    private static Tab tab(String title, TableView<?> table) {
        table.setFixedCellSize(26);
        return new Tab(title, table);
    }

    private static <T> TableColumn<T, String> number(
            TableView<T> table, String title, double width, Function<T, String> text) {
        TableColumn<T, String> column = TableColumns.numbers(title, width, text);
        table.getColumns().add(column);
        return column;
    }

    private static <T> TableColumn<T, String> column(
            TableView<T> table, String title, double width, Function<T, String> text) {
        TableColumn<T, String> column = TableColumns.text(title, width, text);
        table.getColumns().add(column);
        return column;
    }

    /** A statistic of the columns, its numbers written alike from column to column. */
    private void statistic(String title, Function<DataInspection.Column, Double> value) {
        statisticColumns.put(title, number(columns, title, 76, row -> {
            Double known = value.apply(row);
            return known == null ? "–" : alike.get(title).apply(known);
        }));
        statistics.put(title, value);
        alike.put(title, NumberText::score);
    }

    private static String number(Double value) {
        return value == null ? "–" : NumberText.score(value);
    }

    private void show(DataInspection found) {
        if (found == null) {
            title.setText(name(model.fileProperty().get()));
            subtitle.setText("was not read");
            labelSentence.setText("");
            clear();
            return;
        }
        title.setText(name(found.file()));
        subtitle.setText(summary(found));
        labelSentence.setText(found.roles().stream()
                .filter(sentence -> !sentence.equals(found.problem()))
                .collect(Collectors.joining(" ")));
        notes.getChildren()
                .setAll(found.notes().stream().limit(5).map(DataPage::note).toList());
        if (found.notes().size() > 5) {
            notes.getChildren().add(note("… and " + (found.notes().size() - 5) + " more; the run's log has them all."));
        }
        TableColumns.fit(
                arrayName,
                found.arrays().stream().map(DataInspection.Array::name).toList(),
                90,
                240);
        TableColumns.fit(
                columnName,
                found.columns().stream().map(DataInspection.Column::name).toList(),
                72,
                240);
        statistics.forEach((name, value) -> {
            alike.put(name, NumberText.alike(known(found.columns(), value)));
            TableColumns.fit(statisticColumns.get(name), known(found.columns(), value), alike.get(name), LEAST_NUMBERS);
        });
        TableColumns.fit(smallest, known(found.arrays(), DataInspection.Array::min), NumberText::score, LEAST_NUMBERS);
        TableColumns.fit(largest, known(found.arrays(), DataInspection.Array::max), NumberText::score, LEAST_NUMBERS);
        arrays.getItems().setAll(found.arrays());
        columns.getItems().setAll(found.columns());
        preview.show(found);
        roles.show(found);
    }

    private void clear() {
        arrays.getItems().clear();
        columns.getItems().clear();
        preview.getItems().clear();
        notes.getChildren().clear();
    }

    private static <T> DoubleStream known(List<T> rows, Function<T, Double> value) {
        return rows.stream().map(value).filter(Objects::nonNull).mapToDouble(number -> number);
    }

    private static String summary(DataInspection found) {
        if (found.data() == null) {
            return found.format();
        }
        String anomalies = found.anomalies() == null
                ? found.classCount() == 0 ? ", no labels" : ", " + NumberText.count(found.classCount()) + " classes"
                : ", " + NumberText.count(found.anomalies()) + " anomalies ("
                        + NumberText.percent((double) found.anomalies() / found.rows()) + ")";
        return NumberText.count(found.rows()) + " rows × " + NumberText.count(found.features()) + " features"
                + anomalies + " – " + found.format();
    }

    private static Label note(String sentence) {
        Label note = new Label(sentence);
        note.setWrapText(true);
        note.getStyleClass().add("od-caption");
        return note;
    }

    private static String name(String file) {
        Path last = file.isEmpty() ? null : Path.of(file).getFileName();
        return last == null ? file : last.toString();
    }

    /** While a file is read its name stands in the title, and what was open before is no longer shown. */
    private void showPhase(DataViewModel.Phase now) {
        boolean reading = now == DataViewModel.Phase.READING;
        showReading(reading);
        if (reading) {
            title.setText(name(model.fileProperty().get()));
            subtitle.setText("Reading…");
            labelSentence.setText("");
            clear();
            roles.reading();
            picture.showEmpty("A picture of the data appears here when it has been read.", "", null);
        } else if (now == DataViewModel.Phase.EMPTY) {
            title.setText("");
            subtitle.setText("");
        } else {
            show(model.inspectionProperty().get());
        }
        showProblem(model.problemProperty().get());
    }

    private void showReading(boolean on) {
        cancel.setVisible(on);
        cancel.setManaged(on);
    }

    private void showProblem(String sentence) {
        problem.setText(sentence);
        problemBar.setVisible(!sentence.isEmpty());
        problemBar.setManaged(!sentence.isEmpty());
        offer(drop, model.canMendMissing());
        offer(impute, model.canMendMissing());
        List<String> empty = model.emptyColumns();
        leaveOut.setText(empty.size() == 1 ? "Leave " + empty.get(0) + " out" : "Leave these columns out");
        offer(leaveOut, !empty.isEmpty());
        offer(
                again,
                model.phaseProperty().get() == DataViewModel.Phase.FAILED
                        && model.inspectionProperty().get() == null);
    }

    private static void offer(Button button, boolean on) {
        button.setVisible(on);
        button.setManaged(on);
    }

    private void show(DataPicture drawn) {
        if (drawn == null) {
            pictureNote.setText("");
            return;
        }
        picture.setFrame(PictureFrame.of(drawn, model.inspectionProperty().get()));
        pictureNote.setText(drawn.note());
    }
}
