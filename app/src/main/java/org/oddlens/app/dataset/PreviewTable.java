package org.oddlens.app.dataset;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.oddlens.app.chart.NumberText;
import org.oddlens.app.chart.TableColumns;
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
            TableColumn<Integer, String> column =
                    TableColumns.text(kept.name() + " (" + kept.role() + ")", 110, row -> kept.values()
                            .get(row));
            TableColumns.fit(column, kept.values(), 78, 220);
            shown.add(column);
        }
        int width = found.preview().isEmpty() ? 0 : found.preview().get(0).length;
        for (int j = 0; j < width; j++) {
            int place = j;
            String name = j < found.columns().size() ? found.columns().get(j).name() : "x" + (j + 1);
            DoubleFunction<String> text =
                    NumberText.alike(found.preview().stream().mapToDouble(row -> row[place]));
            TableColumn<Integer, String> column = TableColumns.numbers(
                    name, 78, row -> text.apply(found.preview().get(row)[place]));
            TableColumns.fit(column, found.preview().stream().mapToDouble(row -> row[place]), text, 64);
            shown.add(column);
        }
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < found.preview().size(); row++) {
            rows.add(row);
        }
        getItems().clear();
        getColumns().setAll(shown);
        getItems().setAll(rows);
    }
}
