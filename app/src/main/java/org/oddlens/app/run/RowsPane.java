package org.oddlens.app.run;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.oddlens.app.chart.NumberText;
import org.oddlens.app.chart.RowSelection;
import org.oddlens.app.chart.ScoreRange;
import org.oddlens.engine.study.RowContributions;

/** The rows by anomaly score and, while just one is selected, why it has its score. */
final class RowsPane extends VBox {

    private final ObjectProperty<RowSelection> selection;
    private final RowsTable rows = new RowsTable();
    private final ContributionsPane contributions = new ContributionsPane();
    private final ChangeListener<RowContributions.Row> onExplanation = (property, before, now) -> showExplanation(now);
    private final ChangeListener<String> onNoExplanation = (property, before, now) -> showNoExplanation(now);
    private RunViewModel run;
    private RowSelection tracked = RowSelection.none();

    /** @param selection the rows selected, here and in the charts */
    RowsPane(ObjectProperty<RowSelection> selection) {
        super(8);
        this.selection = selection;
        VBox.setVgrow(rows, Priority.ALWAYS);
        VBox.setVgrow(contributions, Priority.ALWAYS);
        rows.setMinHeight(70);
        rows.setPrefHeight(160);
        contributions.setPrefHeight(180);
        contributions.setVisible(false);
        contributions.setManaged(false);
        getChildren().addAll(rows, contributions);
        rows.setOnRow(row -> selection.set(RowSelection.of(row)));
        selection.addListener((property, before, now) -> selectionMoved(now));
    }

    /** Asks this run about rows from now on, and begins without rows and selection; null: there is no run. */
    void follow(RunViewModel shown) {
        if (run != null) {
            run.explanation().foundProperty().removeListener(onExplanation);
            run.explanation().problemProperty().removeListener(onNoExplanation);
        }
        run = shown;
        tracked = RowSelection.none();
        selection.set(RowSelection.none());
        rows.show(new ArrayList<>());
        if (run != null) {
            run.explanation().foundProperty().addListener(onExplanation);
            run.explanation().problemProperty().addListener(onNoExplanation);
        }
    }

    /** Shows other rows, highest score first. */
    void show(List<RowItem> ranked) {
        rows.show(ranked);
    }

    /** Marks the rows whose score is at or above a threshold; NaN marks none. */
    void setThreshold(double threshold) {
        rows.setThreshold(threshold);
    }

    /** The rows that have a place in the picture. */
    void setTracked(RowSelection now) {
        tracked = now;
    }

    /** What a row is called in the table. */
    private String name(int row) {
        return rows.getItems().stream()
                .filter(item -> item.row() == row)
                .findFirst()
                .map(RowItem::id)
                .orElseGet(() -> Integer.toString(row));
    }

    /** Why a row is not seen in the picture; empty if it is. */
    private String place(int row) {
        return tracked.isEmpty() || tracked.contains(row)
                ? ""
                : "Not among the " + NumberText.count(tracked.size())
                        + " tracked rows, so it has no place in the picture.";
    }

    /** Selects the rows with scores in a range, once there are any. */
    void select(ScoreRange range) {
        if (!rows.getItems().isEmpty()) {
            selection.set(RowSelection.of(rows.getItems().stream()
                    .filter(item -> range.contains(item.score()))
                    .mapToInt(RowItem::row)
                    .toArray()));
        }
    }

    private void selectionMoved(RowSelection now) {
        boolean one = now.size() == 1;
        rows.showSelected(one ? now.toArray()[0] : now.isEmpty() ? -1 : firstOf(now));
        contributions.setVisible(one);
        contributions.setManaged(one);
        if (run != null) {
            if (one) {
                contributions.place(place(now.toArray()[0]));
                contributions.say(name(now.toArray()[0]), "Asking the engine…");
                run.explanation().ask(now.toArray()[0]);
            } else {
                run.explanation().askNothing();
            }
        }
    }

    /** The highest ranked of several rows, so that the table shows where they are. */
    private int firstOf(RowSelection several) {
        return rows.getItems().stream()
                .mapToInt(RowItem::row)
                .filter(several::contains)
                .findFirst()
                .orElse(-1);
    }

    private void showExplanation(RowContributions.Row found) {
        if (found != null) {
            contributions.show(found);
        }
    }

    private void showNoExplanation(String sentence) {
        if (!sentence.isEmpty() && selection.get().size() == 1) {
            contributions.say(name(selection.get().toArray()[0]), sentence);
        }
    }
}
