package org.oddlens.app.chart;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.geometry.Orientation;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.shape.Shape;

/**
 * Which line is which curve, with its newest value; a click hides a curve or shows it again. At most two lines high, so that
 * a detector with many terms leaves room for its curves; further lines are scrolled to.
 */
final class CurveLegend extends ScrollPane {

    private static final double LINE = 29;

    private final FlowPane items = new FlowPane(4, 0);
    private final Set<String> hidden = new HashSet<>();
    private final Runnable onChoice;
    private List<Object> state = List.of();
    private int lines = 2;

    /** @param onChoice told when a curve was hidden or shown again */
    CurveLegend(Runnable onChoice) {
        this.onChoice = onChoice;
        getStyleClass().add("od-curve-legend");
        items.getStyleClass().add("od-legend");
        setContent(items);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        setFocusTraversable(false);
        setAccessibleText("Curves shown");
        setMinHeight(USE_PREF_SIZE);
        setMaxHeight(USE_PREF_SIZE);
    }

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computePrefHeight(double width) {
        double available = width < 0 ? -1 : Math.max(60, width - snappedLeftInset() - snappedRightInset());
        double needed = items.prefHeight(available);
        return Math.min(lines * LINE, needed) + snappedTopInset() + snappedBottomInset();
    }

    /** How many lines may be seen at once. */
    void setLines(int most) {
        if (lines != most) {
            lines = most;
            requestLayout();
        }
    }

    /** Whether a curve is drawn. */
    boolean shows(Curve curve) {
        return !hidden.contains(curve.name());
    }

    /** Names the curves; buttons are built anew only when names or colours change, else only the values. */
    void show(List<CurvePlot.Coloured> curves, Palette palette) {
        List<Object> now = new ArrayList<>(
                curves.stream().map(shown -> shown.curve().name()).toList());
        now.add(palette);
        if (!now.equals(state)) {
            state = now;
            items.getChildren()
                    .setAll(curves.stream().map(shown -> item(shown, palette)).toList());
        }
        for (int k = 0; k < curves.size(); k++) {
            Curve curve = curves.get(k).curve();
            ToggleButton item = (ToggleButton) items.getChildren().get(k);
            item.setText(curve.starredName() + "  " + latest(curve));
            item.setAccessibleText("Show " + curve.name());
        }
    }

    private ToggleButton item(CurvePlot.Coloured shown, Palette palette) {
        Curve curve = shown.curve();
        Shape line = curve.kind() == Curve.Kind.VALIDATION
                ? Legend.line(palette.series(shown.place()), 6, 4)
                : Legend.line(palette.series(shown.place()));
        ToggleButton item = new ToggleButton("", line);
        item.getStyleClass().add("od-legend-item");
        item.setSelected(shows(curve));
        item.setMinWidth(USE_PREF_SIZE);
        item.selectedProperty().addListener((o, was, is) -> {
            if (is) {
                hidden.remove(curve.name());
            } else {
                hidden.add(curve.name());
            }
            onChoice.run();
        });
        return item;
    }

    private static String latest(Curve curve) {
        return curve.kind() == Curve.Kind.METRIC ? NumberText.metric(curve.last()) : NumberText.score(curve.last());
    }
}
