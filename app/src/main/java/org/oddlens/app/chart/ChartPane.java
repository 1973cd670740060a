package org.oddlens.app.chart;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.StyleConverter;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

/**
 * A chart with its controls above, its caption below, and a sentence in place of the plot while there is nothing to
 * show. Reads its colours from the style sheet ({@code -od-plot-*}) and repaints when they change.
 */
public abstract class ChartPane extends VBox {

    /** A colour that the style sheet gives to charts. */
    private enum Ink {
        BACKGROUND("-od-plot-background", Color.WHITE),
        TEXT("-od-plot-text", Color.BLACK),
        MUTED("-od-plot-muted", Color.DIMGRAY),
        LINE("-od-plot-line", Color.LIGHTGRAY),
        GRID("-od-plot-grid", Color.WHITESMOKE),
        ACCENT("-od-plot-accent", Color.BLUE),
        NORMAL("-od-plot-normal", Color.web("#0072B2")),
        ANOMALY("-od-plot-anomaly", Color.web("#D55E00")),
        UNLABELLED("-od-plot-unlabelled", Color.web("#8A8A8A")),
        MEMORY("-od-plot-memory", Color.BLACK),
        SERIES_1("-od-plot-series-1", Color.web("#0072B2")),
        SERIES_2("-od-plot-series-2", Color.web("#D55E00")),
        SERIES_3("-od-plot-series-3", Color.web("#009E73")),
        SERIES_4("-od-plot-series-4", Color.web("#CC79A7")),
        SERIES_5("-od-plot-series-5", Color.web("#E69F00")),
        SERIES_6("-od-plot-series-6", Color.web("#56B4E9")),
        SERIES_7("-od-plot-series-7", Color.web("#F0E442")),
        SERIES_8("-od-plot-series-8", Color.BLACK);

        private final CssMetaData<ChartPane, Color> css;
        private final Color fallback;

        Ink(String property, Color fallback) {
            this.fallback = fallback;
            this.css = new CssMetaData<>(property, StyleConverter.getColorConverter(), fallback) {
                @Override
                public boolean isSettable(ChartPane chart) {
                    return !chart.inks.get(Ink.this).isBound();
                }

                @Override
                public StyleableProperty<Color> getStyleableProperty(ChartPane chart) {
                    return chart.inks.get(Ink.this);
                }
            };
        }
    }

    private static final List<CssMetaData<? extends Styleable, ?>> CSS = Stream.concat(
                    VBox.getClassCssMetaData().stream(), Stream.of(Ink.values()).map(ink -> ink.css))
            .toList();

    private final Map<Ink, SimpleStyleableObjectProperty<Color>> inks = new EnumMap<>(Ink.class);
    private final StackPane plot = new StackPane();
    private final Label heading = new Label();
    private final Label caption = new Label();
    private final Label emptyText = new Label();
    private final Button emptyAction = new Button();
    private final VBox empty = new VBox(emptyText, emptyAction);
    private List<Node> controls = List.of();
    private Palette palette;

    /** A pane showing its empty state until {@link #showPlot} is called. */
    protected ChartPane() {
        for (Ink ink : Ink.values()) {
            inks.put(ink, new SimpleStyleableObjectProperty<>(ink.css, this, ink.name(), ink.fallback) {
                @Override
                protected void invalidated() {
                    get(); // read, so that the next change tells again
                    palette = null;
                    repaint();
                }
            });
        }
        getStyleClass().add("od-chart");
        setAccessibleRole(AccessibleRole.PARENT);
        caption.getStyleClass().add("od-caption");
        caption.setWrapText(true);
        caption.setMinHeight(USE_PREF_SIZE);
        caption.fontProperty().addListener((o, was, is) -> {
            palette = null;
            repaint();
        });
        emptyText.getStyleClass().add("od-empty-text");
        emptyText.setMaxWidth(360);
        emptyAction.setMinHeight(28);
        heading.getStyleClass().add("od-panel-title");
        heading.setMinWidth(USE_PREF_SIZE);
        empty.getStyleClass().add("od-empty");
        empty.setAlignment(Pos.CENTER);
        plot.getStyleClass().add("od-plot");
        plot.setMinSize(120, 96);
        plot.setFocusTraversable(true);
        plot.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        plot.setOnMousePressed(e -> plot.requestFocus());
        VBox.setVgrow(plot, Priority.ALWAYS);
        setMinSize(0, 0);
        showEmpty("", "", null);
    }

    /** Names the chart: before its controls, or above the plot while there are none. */
    public final void setHeading(String text) {
        heading.setText(text);
        heading.setLabelFor(plot);
        placeHeading();
    }

    private void placeHeading() {
        if (heading.getText().isEmpty()) {
            return;
        }
        Pane place = !isEmpty() && !controls.isEmpty() && controls.get(0) instanceof Pane bar ? bar : this;
        if (heading.getParent() != place) {
            if (heading.getParent() instanceof Pane before) {
                before.getChildren().remove(heading);
            }
            place.getChildren().add(0, heading);
        }
    }

    /** Style properties of a chart: those of a box and the colours {@code -od-plot-*}. */
    public static List<CssMetaData<? extends Styleable, ?>> getClassCssMetaData() {
        return CSS;
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return CSS;
    }

    /**
     * Says why there is no plot, and offers the next step.
     *
     * @param text       what will be here and why it is empty
     * @param actionText verb on the button; empty for no button
     * @param action     what the button does; may be null without a button
     */
    public final void showEmpty(String text, String actionText, Runnable action) {
        emptyText.setText(text);
        emptyAction.setText(actionText);
        emptyAction.setVisible(!actionText.isEmpty());
        emptyAction.setManaged(!actionText.isEmpty());
        emptyAction.setOnAction(e -> action.run());
        empty.setVisible(true);
        plotParts().forEach(part -> part.setVisible(false));
        showControls(false); // nothing to control yet
        setCaption("");
        plot.setAccessibleText(text);
    }

    /** Whether the sentence of the empty state is shown. */
    public final boolean isEmpty() {
        return empty.isVisible();
    }

    /** The keyboard focus and the accessible summary belong to this part of the chart. */
    public final StackPane plot() {
        return plot;
    }

    /** The sentence that a screen reader speaks for this chart. */
    public final String summary() {
        return plot.getAccessibleText();
    }

    /** Puts the controls, the parts of the plot and the caption in place; called once by the subclass. */
    protected final void assemble(List<? extends Node> above, List<? extends Node> parts) {
        plot.getChildren().setAll(parts);
        plot.getChildren().add(empty);
        controls = List.copyOf(above);
        List<Node> children = new ArrayList<>(above);
        children.add(plot);
        children.add(caption);
        getChildren().setAll(children);
        placeHeading();
        parts.forEach(part -> part.setVisible(!isEmpty()));
        showControls(!isEmpty());
    }

    /** Shows the plot instead of the empty state. */
    protected final void showPlot() {
        empty.setVisible(false);
        plotParts().forEach(part -> part.setVisible(true));
        showControls(true);
    }

    /** Sets what a screen reader says about the plot. */
    protected final void setSummary(String summary) {
        plot.setAccessibleText(summary);
    }

    /** The line under the plot; an empty one takes no room. */
    protected final void setCaption(String text) {
        caption.setText(text);
        caption.setVisible(!text.isEmpty());
        caption.setManaged(!text.isEmpty());
    }

    /** Text of the line under the plot. */
    public final String caption() {
        return caption.getText();
    }

    /** The colours of the theme in force. */
    protected final Palette palette() {
        if (palette == null) {
            List<Color> series = Stream.of(Ink.values())
                    .filter(ink -> ink.ordinal() >= Ink.SERIES_1.ordinal())
                    .map(this::ink)
                    .toList();
            palette = new Palette(
                    ink(Ink.BACKGROUND),
                    ink(Ink.TEXT),
                    ink(Ink.MUTED),
                    ink(Ink.LINE),
                    ink(Ink.GRID),
                    ink(Ink.ACCENT),
                    ink(Ink.NORMAL),
                    ink(Ink.ANOMALY),
                    ink(Ink.UNLABELLED),
                    ink(Ink.MEMORY),
                    series,
                    Font.font(caption.getFont().getFamily(), caption.getFont().getSize()));
        }
        return palette;
    }

    /** Asks for a fresh drawing at the next pulse; cheap, may be called often. */
    protected abstract void repaint();

    private Color ink(Ink ink) {
        return inks.get(ink).get();
    }

    private void showControls(boolean on) {
        controls.forEach(node -> {
            node.setVisible(on);
            node.setManaged(on);
        });
        placeHeading();
    }

    private Stream<Node> plotParts() {
        return plot.getChildren().stream().filter(node -> node != empty);
    }
}
