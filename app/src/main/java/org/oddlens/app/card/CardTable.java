package org.oddlens.app.card;

import java.util.Arrays;
import javafx.geometry.VPos;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.text.TextFlow;

/** A Markdown table; the columns share the width by what they hold, and none is narrower than its longest word. */
final class CardTable extends GridPane {

    /** Widths in letters; code is set wider than words. */
    private static final double LETTER = 1.35;

    private static final double AIR = 2;
    private static final double WIDEST = 34;

    CardTable(org.commonmark.node.Node table) {
        super(16, 6);
        getStyleClass().add("od-card-table");
        int line = 0;
        double[] weights = new double[0];
        for (org.commonmark.node.Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (org.commonmark.node.Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                int column = 0;
                for (org.commonmark.node.Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                    if (column == weights.length) {
                        weights = Arrays.copyOf(weights, column + 1);
                    }
                    weights[column] = Math.max(weights[column], weight(CardText.plain(cell)));
                    add(cell(cell, line == 0), column++, line);
                }
                line++;
            }
        }
        share(weights);
    }

    private static TextFlow cell(org.commonmark.node.Node cell, boolean head) {
        TextFlow flow = new TextFlow();
        flow.setMinHeight(Region.USE_PREF_SIZE);
        flow.getChildren().setAll(CardText.of(cell));
        if (head) {
            flow.getChildren().forEach(node -> node.getStyleClass().setAll("od-card-strong"));
        }
        GridPane.setValignment(flow, VPos.TOP);
        return flow;
    }

    private void share(double[] weights) {
        double all = Arrays.stream(weights).sum();
        for (double weight : weights) {
            ColumnConstraints column = new ColumnConstraints();
            column.setPercentWidth(100 * weight / all);
            column.setHgrow(Priority.ALWAYS);
            getColumnConstraints().add(column);
        }
    }

    private static double weight(String text) {
        int longestWord =
                Arrays.stream(text.split(" ")).mapToInt(String::length).max().orElse(0);
        return Math.max(LETTER * longestWord + AIR, Math.min(WIDEST, text.length() / 2.0));
    }
}
