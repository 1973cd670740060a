package org.oddlens.app.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.oddlens.app.chart.NumberText;
import org.oddlens.engine.study.DataInspection;

/** The first rows: columns beside the features first, with their role, then the features. */
final class PreviewTable extends TableView<Integer> {

    PreviewTable() {
        setId("preview-table");
        setAccessibleText("First rows");
        setFixedCellSize(26);
        setPlaceholder(new Label("The first rows appear when the rows are chosen."));
    }

    void show(DataInspection found) {
        List<TableColumn<Integer, String>> shown = new ArrayList<>();
        for (DataInspection.Kept kept : found.kept()) {
            shown.add(column(kept.name() + " (" + kept.role() + ")", 110, "CENTER_LEFT", row -> kept.values()
                    .get(row)));
        }
        int width = found.preview().isEmpty() ? 0 : found.preview().get(0).length;
        for (int j = 0; j < width; j++) {
            int place = j;
            String name = j < found.columns().size() ? found.columns().get(j).name() : "x" + (j + 1);
            shown.add(column(
                    name,
                    78,
                    "CENTER_RIGHT",
                    row -> NumberText.score(found.preview().get(row)[place])));
        }
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < found.preview().size(); row++) {
            rows.add(row);
        }
        getItems().clear();
        getColumns().setAll(shown);
        getItems().setAll(rows);
    }

    private static TableColumn<Integer, String> column(
            String name, double width, String alignment, Function<Integer, String> text) {
        TableColumn<Integer, String> column = new TableColumn<>(name);
        column.setSortable(false);
        column.setPrefWidth(width);
        column.setStyle("-fx-alignment: " + alignment + ";");
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(text.apply(cell.getValue())));
        return column;
    }
}
