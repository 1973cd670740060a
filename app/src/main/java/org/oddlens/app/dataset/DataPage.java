package org.oddlens.app.dataset;

import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.chart.NumberText;
import org.oddlens.engine.data.MissingPolicy;
import org.oddlens.engine.study.DataInspection;
import org.oddlens.engine.study.DataPicture;

/** The data page: arrays and roles, the label map as a sentence, columns, first rows, and a picture of the data. */
public final class DataPage extends VBox {

    private final DataViewModel model;
    private final Label title = new Label();
    private final Label subtitle = new Label();
    private final TextFlow labelSentence = new TextFlow();
    private final RolesBar roles;
    private final VBox notes = new VBox(2);
    private final HBox problemBar = new HBox(8);
    private final Label problem = new Label();
    private final Button drop = new Button("Drop these rows");
    private final Button impute = new Button("Fill with the median");
    private final TableView<DataInspection.Array> arrays = new TableView<>();
    private final TableView<DataInspection.Column> columns = new TableView<>();
    private final PreviewTable preview = new PreviewTable();
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
        model.inspectionProperty().addListener((property, before, now) -> show(now));
        model.pictureProperty().addListener((property, before, now) -> show(now));
        model.problemProperty().addListener((property, before, now) -> showProblem(now));
        model.phaseProperty().addListener((property, before, now) -> {
            if (now == DataViewModel.Phase.READING) {
                subtitle.setText("Reading…");
                roles.reading();
                picture.showEmpty("A picture of the data appears here when it has been read.", "", null);
            }
        });
        if (model.inspectionProperty().get() != null) { // a page may be built when its data are there already
            show(model.inspectionProperty().get());
            show(model.pictureProperty().get());
        }
        showProblem(model.problemProperty().get());
    }

    private Region header() {
        title.getStyleClass().add("od-title");
        subtitle.getStyleClass().add("od-muted");
        drop.setId("drop-missing");
        drop.setOnAction(event -> model.useMissing(MissingPolicy.DROP));
        impute.setId("impute-missing");
        impute.setOnAction(event -> model.useMissing(MissingPolicy.IMPUTE));
        for (Button button : List.of(drop, impute)) {
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
        problem.setWrapText(true);
        problem.getStyleClass().add("od-problem");
        problem.setId("data-problem");
        HBox.setHgrow(problem, Priority.ALWAYS);
        problem.setMaxWidth(Double.MAX_VALUE);
        problemBar.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
        problemBar.getChildren().addAll(problem, drop, impute);
        VBox header = new VBox(6, new HBox(12, title, subtitle), labelSentence, roles, problemBar, notes);
        ((HBox) header.getChildren().get(0)).setAlignment(javafx.geometry.Pos.BASELINE_LEFT);
        header.getStyleClass().add("od-panel");
        header.setMinHeight(Region.USE_PREF_SIZE);
        return header;
    }

    private Region tables() {
        column(arrays, "Array", 120, DataInspection.Array::name);
        column(arrays, "Shape", 110, array -> array.shape().stream()
                .map(String::valueOf)
                .collect(Collectors.joining(" × ")));
        column(arrays, "Type", 80, DataInspection.Array::type);
        number(arrays, "Smallest", 84, array -> number(array.min()));
        number(arrays, "Largest", 84, array -> number(array.max()));
        number(arrays, "Missing", 76, array -> NumberText.count(array.missing()));
        column(arrays, "Note", 220, array -> array.reason() == null ? "" : array.reason());
        column(columns, "Column", 72, DataInspection.Column::name);
        number(columns, "Missing", 72, row -> NumberText.count(row.missing()));
        number(columns, "Min", 78, row -> number(row.min()));
        number(columns, "Median", 80, row -> number(row.median()));
        number(columns, "Mean", 104, row -> number(row.mean()));
        number(columns, "Max", 72, row -> number(row.max()));
        number(columns, "Sd", 72, row -> number(row.sd()));
        number(columns, "Skew", 72, row -> number(row.skew()));
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
        VBox panel = new VBox(tabs);
        panel.getStyleClass().add("od-panel");
        VBox.setVgrow(tabs, Priority.ALWAYS);
        return panel;
    }

    private Region picturePanel() {
        Label heading = new Label("Picture of the data");
        heading.getStyleClass().add("od-panel-title");
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

    private static <T> void number(
            TableView<T> table, String title, double width, java.util.function.Function<T, String> text) {
        column(table, title, width, text).setStyle("-fx-alignment: CENTER_RIGHT;");
    }

    private static <T> TableColumn<T, String> column(
            TableView<T> table, String title, double width, java.util.function.Function<T, String> text) {
        TableColumn<T, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        table.getColumns().add(column);
        return column;
    }

    private static String number(Double value) {
        return value == null ? "–" : NumberText.score(value);
    }

    private void show(DataInspection found) {
        if (found == null) {
            title.setText("This file cannot be read");
            subtitle.setText("");
            labelSentence.getChildren().clear();
            arrays.getItems().clear();
            columns.getItems().clear();
            preview.getItems().clear();
            notes.getChildren().clear();
            return;
        }
        title.setText(java.nio.file.Path.of(found.file()).getFileName().toString());
        subtitle.setText(summary(found));
        labelSentence
                .getChildren()
                .setAll(marked(found.roles().stream()
                        .filter(sentence -> !sentence.equals(found.problem()))
                        .collect(Collectors.joining(" "))));
        notes.getChildren()
                .setAll(found.notes().stream().limit(5).map(DataPage::note).toList());
        if (found.notes().size() > 5) {
            notes.getChildren().add(note("… and " + (found.notes().size() - 5) + " more; the run's log has them all."));
        }
        arrays.getItems().setAll(found.arrays());
        columns.getItems().setAll(found.columns());
        preview.show(found);
        roles.show(found);
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

    /** Words between stars are set bold. */
    private static List<Text> marked(String sentence) {
        java.util.ArrayList<Text> parts = new java.util.ArrayList<>();
        boolean bold = false;
        for (String part : sentence.split("\\*+")) {
            Text text = new Text(part);
            text.getStyleClass().add("text");
            if (bold) {
                text.setStyle("-fx-font-weight: bold;");
            }
            parts.add(text);
            bold = !bold;
        }
        return parts;
    }

    private void showProblem(String sentence) {
        problem.setText(sentence);
        problemBar.setVisible(!sentence.isEmpty());
        problemBar.setManaged(!sentence.isEmpty());
        DataInspection found = model.inspectionProperty().get();
        boolean missing = found != null && found.data() != null && !sentence.isEmpty();
        for (Button button : List.of(drop, impute)) {
            button.setVisible(missing);
            button.setManaged(missing);
        }
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
