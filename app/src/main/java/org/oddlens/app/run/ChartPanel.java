package org.oddlens.app.run;

import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.oddlens.app.chart.ChartPane;

/** A chart of the run page in its frame, with what stands below it. */
class ChartPanel extends VBox {

    ChartPanel(String heading, ChartPane chart, Node... foot) {
        super(chart);
        chart.setHeading(heading);
        VBox.setVgrow(chart, Priority.ALWAYS);
        getChildren().addAll(foot);
        getStyleClass().add("od-panel");
        setMinSize(120, 80);
    }
}
