package org.oddlens.app.run;

import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.function.IntConsumer;
import java.util.stream.DoubleStream;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.oddlens.app.chart.NumberText;
import org.oddlens.app.chart.TableColumns;

/** Rows sorted by anomaly score, highest first. Ctrl+C copies the selected row with the heading. */
final class RowsTable extends TableView<RowItem> {

    private static final double LEAST = 56;
    private static final double LONGEST_NAME = 120;
    private static final double LABEL = 84;

    /** A row that is called an anomaly; the style sheet draws a bar at its left. */
    private static final PseudoClass FLAGGED = PseudoClass.getPseudoClass("flagged");

    private final DoubleProperty threshold = new SimpleDoubleProperty(Double.NaN);
    private DoubleFunction<String> scores = NumberText::score;
    private IntConsumer onRow = row -> {};
    private boolean filling;
    private final TableColumn<RowItem, String> rank =
            TableColumns.numbers("Rank", 60, item -> NumberText.count(item.rank()));
    private final TableColumn<RowItem, String> name = TableColumns.numbers("Row", 70, RowItem::id);
    private final TableColumn<RowItem, String> score =
            TableColumns.numbers("Score", 90, item -> scores.apply(item.score()));

    RowsTable() {
        setId("rows-table");
        setAccessibleText("Rows sorted by anomaly score, highest first");
        setFixedCellSize(26);
        Label empty = new Label("Rows appear here when a run has scored them.");
        empty.setWrapText(true);
        setPlaceholder(empty);
        setRowFactory(table -> new Row());
        getColumns()
                .addAll(List.of(
                        rank,
                        name,
                        score,
                        TableColumns.text(
                                "Label",
                                96,
                                item -> item.label() < 0 ? "–" : item.label() == 1 ? "▲ anomaly" : "● normal")));
        getColumns().forEach(column -> column.setMinWidth(LEAST)); // room for its heading
        getColumns().get(getColumns().size() - 1).setMinWidth(LABEL); // and for its words
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        getSelectionModel().selectedItemProperty().addListener((property, before, now) -> {
            if (now != null && !filling) {
                onRow.accept(now.row());
            }
        });
        KeyCombination copy = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
        setOnKeyPressed(event -> {
            if (copy.match(event)) {
                copySelected();
                event.consume();
            }
        });
    }

    /** Its look says whether the score reaches the threshold. */
    private final class Row extends TableRow<RowItem> {

        Row() {
            threshold.addListener((property, before, now) -> showFlag());
        }

        @Override
        protected void updateItem(RowItem item, boolean empty) {
            super.updateItem(item, empty);
            showFlag();
        }

        private void showFlag() {
            boolean flagged = getItem() != null && getItem().score() >= threshold.get();
            pseudoClassStateChanged(FLAGGED, flagged);
            setAccessibleText(flagged ? "Row " + getItem().id() + ", at or above the threshold" : null);
        }
    }

    /** Marks the rows whose score is at or above a threshold; NaN marks none. */
    void setThreshold(double value) {
        threshold.set(value);
    }

    /** Told of the row that the user selects here. */
    void setOnRow(IntConsumer listener) {
        onRow = listener;
    }

    /** Shows other rows; a selected row stays selected without telling anyone. */
    void show(List<RowItem> ranked) {
        RowItem before = getSelectionModel().getSelectedItem();
        filling = true;
        scores = NumberText.alike(ranked.stream().mapToDouble(RowItem::score));
        TableColumns.fit(score, ranked.stream().mapToDouble(RowItem::score), scores, LEAST);
        String longest = ranked.stream()
                .map(RowItem::id)
                .max(Comparator.comparingInt(String::length))
                .orElse("");
        TableColumns.fit(name, List.of(longest), LEAST, LONGEST_NAME);
        name.setMinWidth(name.getPrefWidth());
        TableColumns.fit(rank, DoubleStream.of(ranked.size()), last -> NumberText.count((long) last), LEAST);
        setItems(FXCollections.observableList(ranked));
        if (before != null) {
            select(before.row());
        }
        filling = false;
    }

    /** Selects a row that was chosen elsewhere, without telling anyone; −1 selects none. */
    void showSelected(int row) {
        RowItem now = getSelectionModel().getSelectedItem();
        if (now != null && now.row() == row) {
            return;
        }
        filling = true;
        getSelectionModel().clearSelection();
        if (row >= 0) {
            select(row);
        }
        filling = false;
    }

    private void select(int row) {
        for (int i = 0; i < getItems().size(); i++) {
            if (getItems().get(i).row() == row) {
                getSelectionModel().clearAndSelect(i);
                scrollTo(Math.max(0, i - 2));
                return;
            }
        }
    }

    private void copySelected() {
        RowItem item = getSelectionModel().getSelectedItem();
        if (item != null) {
            ClipboardContent content = new ClipboardContent();
            content.putString("rank\trow\tid\tscore\tlabel\n" + item.rank() + "\t" + item.row() + "\t" + item.id()
                    + "\t" + item.score() + "\t" + (item.label() < 0 ? "" : item.label()));
            Clipboard.getSystemClipboard().setContent(content);
        }
    }
}
