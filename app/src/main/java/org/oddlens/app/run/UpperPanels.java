package org.oddlens.app.run;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.StackPane;
import org.oddlens.app.chart.UnitGrid;
import org.oddlens.app.chart.UnitMapChart;

/** Latent space and curves side by side, and between them a map of units while the run shown has one. */
final class UpperPanels extends SplitPane {

    private static final double TWO = 0.58;
    private static final double[] THREE = {0.42, 0.68};

    private final StackPane right = new StackPane();
    private final UnitMapChart chart;
    private final Node map;

    /** @param map the panel around the chart */
    UpperPanels(Node latent, UnitMapChart chart, Node map, Node curves) {
        getItems().setAll(latent, right);
        showAtRight(curves);
        this.chart = chart;
        this.map = map;
        setDividerPositions(TWO);
    }

    /** Puts another panel in the place of the curves. */
    void showAtRight(Node panel) {
        right.getChildren().setAll(panel);
    }

    /** Shows the first of the maps, if any; the panels keep their widths while nothing comes or goes. */
    void show(List<UnitGrid> maps) {
        boolean shown = getItems().contains(map);
        chart.setMap(maps.isEmpty() ? null : maps.get(0));
        if (shown && maps.isEmpty()) {
            getItems().remove(map);
            setDividerPositions(TWO);
        } else if (!shown && !maps.isEmpty()) {
            getItems().add(1, map);
            setDividerPositions(THREE);
        }
    }
}
