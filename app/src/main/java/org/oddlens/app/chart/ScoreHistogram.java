package org.oddlens.app.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Point2D;
import javafx.geometry.VPos;
import javafx.scene.Cursor;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;
import org.oddlens.ui.UiResources;

/**
 * Histogram of anomaly scores per label with a threshold that can be dragged or moved by the arrow keys. Bars of the
 * labels overlap from a common base; anomalies are hatched. All methods belong to the UI thread.
 */
public final class ScoreHistogram extends ChartPane {

    private static final int NORMAL = 0;
    private static final int ANOMALY = 1;
    private static final int UNLABELLED = 2;
    private static final double GRIP = 8;

    private final PlotCanvas bars = new PlotCanvas(this::paintBars);
    private final PlotCanvas line = new PlotCanvas((g, w, h) -> paintThreshold(g));
    private final DoubleProperty threshold = new SimpleDoubleProperty(this, "threshold", Double.NaN);
    private final ToggleButton log = new ToggleButton("Log counts");
    private final Legend legend = new Legend();
    private ScoreDistribution scores;
    private Consumer<ScoreRange> onRange = range -> {};
    private boolean dragging;
    private boolean chosen;
    private List<Object> legendState = List.of();

    /** An empty histogram. */
    public ScoreHistogram() {
        getStyleClass().add("od-histogram");
        log.setTooltip(new Tooltip("Logarithmic counts (L)"));
        log.setAccessibleText("Logarithmic counts");
        log.selectedProperty().addListener((o, was, is) -> repaint());
        log.setOnAction(e -> chosen = true);
        FlowPane bar = new FlowPane(log, legend);
        legend.setPrefWrapLength(200);
        bar.getStyleClass().add("od-chart-bar");
        bar.setHgap(16);
        bar.setMinHeight(USE_PREF_SIZE);
        line.setMouseTransparent(true);
        assemble(List.of(bar), List.of(bars, line));
        threshold.addListener((o, was, is) -> {
            line.repaint();
            describe();
        });
        bars.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        bars.addEventHandler(MouseEvent.MOUSE_DRAGGED, e -> {
            if (dragging) {
                moveTo(scoreAt(e.getX()));
            }
        });
        bars.addEventHandler(MouseEvent.MOUSE_RELEASED, e -> dragging = false);
        bars.addEventHandler(MouseEvent.MOUSE_MOVED, e -> bars.setCursor(onLine(e) ? Cursor.H_RESIZE : null));
        bars.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        plot().addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        plot().setAccessibleHelp("Left and right arrow move the threshold, with Shift ten times as far; "
                + "L switches logarithmic counts.");
    }

    /**
     * Shows other scores; the threshold stays. Null: there are none yet. Counts stand on a log axis where one bar would hide
     * all others, unless the user has chosen.
     */
    public void setDistribution(ScoreDistribution distribution) {
        scores = distribution;
        if (!chosen) { // of its own accord only once in a run, or a live picture would flicker
            log.setSelected(distribution != null && (log.isSelected() || distribution.oneBarTowers()));
        }
        if (distribution == null) {
            showEmpty(UiResources.message("empty.scores"), "", null);
            return;
        }
        if (distribution.rows() == 0) {
            showEmpty("No row has a finite score, so there is nothing to count.", "", null);
            return;
        }
        showPlot();
        describe();
        repaint();
    }

    /** A row is called an anomaly at or above it; NaN shows no line. */
    public DoubleProperty thresholdProperty() {
        return threshold;
    }

    /** Whether counts stand on a log axis. */
    public BooleanProperty logCountsProperty() {
        return log.selectedProperty();
    }

    /** Who wants to know which bar was clicked. */
    public void setOnRange(Consumer<ScoreRange> listener) {
        onRange = listener;
    }

    @Override
    protected void repaint() {
        if (line != null) { // colours may arrive while the pane is being built
            bars.repaint();
            line.repaint();
            rebuildLegend();
        }
    }

    /** Builds its nodes anew only when they would be others. */
    private void rebuildLegend() {
        if (scores == null) {
            return;
        }
        Palette p = palette();
        List<Object> state = List.of(p, scores.has(NORMAL), scores.has(ANOMALY), scores.has(UNLABELLED));
        if (state.equals(legendState)) {
            return;
        }
        legendState = state;
        legend.getChildren().clear();
        if (scores.has(NORMAL)) {
            legend.add(Legend.square(p.normal()), "normal");
        }
        if (scores.has(ANOMALY)) {
            legend.add(Legend.hatched(p.anomaly()), "anomaly (hatched)");
        }
        if (scores.has(UNLABELLED)) {
            legend.add(Legend.square(p.unlabelled()), "unlabelled");
        }
    }

    /** "41 of 2,010 rows at or above 0.413". */
    private void describe() {
        if (scores == null || isEmpty()) {
            return;
        }
        String rows = NumberText.count(scores.rows());
        String text = Double.isNaN(threshold.get())
                ? rows + " rows, no threshold set"
                : NumberText.count(scores.atOrAbove(threshold.get())) + " of " + rows + " rows at or above "
                        + NumberText.score(threshold.get());
        if (scores.left() > 0) {
            text += "; " + NumberText.count(scores.left()) + " without a finite score";
        }
        if (scores.cutHigh()) {
            double from = scores.edge(scores.bins() - 1);
            text += "; the last bar holds all " + NumberText.count(scores.atOrAbove(from)) + " rows from "
                    + NumberText.score(from) + " to " + NumberText.score(scores.sorted()[scores.rows() - 1]);
        }
        if (scores.cutLow()) {
            text += "; the first bar holds all rows below " + NumberText.score(scores.edge(1));
        }
        if (scores.allEqual()) {
            text += "; all scores are equal, so no ranking is possible";
        }
        setCaption(text);
        setSummary("Histogram of anomaly scores from " + NumberText.score(scores.sorted()[0]) + " to "
                + NumberText.score(scores.sorted()[scores.rows() - 1]) + ". " + text + ".");
    }

    private PlotFrame room() {
        return PlotFrame.inside(
                Math.floor(bars.getWidth()),
                Math.floor(bars.getHeight()),
                palette().font(),
                TextWidth.of(
                        NumberText.count(scores == null ? 0 : scores.most()),
                        palette().font()));
    }

    private double pixel(double score) {
        PlotFrame room = room();
        return room.left() + (score - scores.low()) / (scores.high() - scores.low()) * room.width();
    }

    private double scoreAt(double pixel) {
        PlotFrame room = room();
        return scores.low() + (pixel - room.left()) / room.width() * (scores.high() - scores.low());
    }

    private double height(double count, double most, PlotFrame room) {
        if (count <= 0) {
            return 0;
        }
        double top = 1.06;
        return log.isSelected()
                ? room.height() * (Math.log10(count) + 0.3) / ((Math.log10(Math.max(most, 2)) + 0.3) * top)
                : room.height() * count / (most * top);
    }

    private void paintBars(GraphicsContext g, double w, double h) {
        if (scores == null || isEmpty()) {
            return;
        }
        Palette p = palette();
        PlotFrame room = room();
        double most = scores.most();
        List<Ticks.Tick> xTicks = Ticks.linear(
                scores.cutLow() ? scores.edge(1) : scores.low(),
                scores.cutHigh() ? scores.edge(scores.bins() - 1) : scores.high(),
                room.ticksX(p));
        List<Ticks.Tick> yTicks = log.isSelected()
                ? Ticks.log(0, Math.log10(Math.max(most, 2)), room.ticksY(p)).stream()
                        .map(t -> new Ticks.Tick(Math.pow(10, t.value()), t.label()))
                        .toList()
                : Ticks.linear(0, most, room.ticksY(p)).stream()
                        .filter(t -> t.value() == Math.rint(t.value()))
                        .map(t -> new Ticks.Tick(t.value(), NumberText.count((long) t.value())))
                        .toList();
        PlotFrame.Scale y = count -> room.bottom() - height(count, most, room);
        room.grid(g, p, xTicks, this::pixel, yTicks, y);
        bars(g, room, UNLABELLED, p.unlabelled());
        bars(g, room, NORMAL, p.normal());
        bars(g, room, ANOMALY, p.anomaly());
        room.labels(
                g,
                p,
                withEnds(xTicks, room, p),
                this::pixel,
                "Anomaly score (higher = more anomalous)",
                yTicks,
                y,
                log.isSelected() ? "Rows (log)" : "Rows");
    }

    /** Ticks with "≤ x" and "≥ x" below the outermost bins that hold more than they show. */
    private List<Ticks.Tick> withEnds(List<Ticks.Tick> ticks, PlotFrame room, Palette p) {
        List<Ticks.Tick> all = new ArrayList<>(ticks);
        if (scores.cutLow()) {
            String text = "≤ " + NumberText.score(scores.edge(1));
            double free = room.left() + TextWidth.of(text, p.font()) + 8;
            all.removeIf(tick -> pixel(tick.value()) - TextWidth.of(tick.label(), p.font()) / 2 < free);
            all.add(0, new Ticks.Tick(scoreAt(room.left() + TextWidth.of(text, p.font()) / 2), text));
        }
        if (scores.cutHigh()) {
            String text = "≥ " + NumberText.score(scores.edge(scores.bins() - 1));
            double wide = TextWidth.of(text, p.font());
            double end = room.right() + 0.8 * p.font().getSize();
            all.removeIf(tick -> pixel(tick.value()) + TextWidth.of(tick.label(), p.font()) / 2 > end - wide - 8);
            all.add(new Ticks.Tick(scoreAt(Math.min(end, bars.getWidth() - 2) - wide / 2), text));
        }
        return all;
    }

    private void bars(GraphicsContext g, PlotFrame room, int kind, Color colour) {
        double most = scores.most();
        g.save();
        g.beginPath();
        for (int bin = 0; bin < scores.bins(); bin++) {
            double tall = height(scores.counts()[kind][bin], most, room);
            if (tall > 0) {
                double left = Math.round(pixel(scores.edge(bin)));
                double right = Math.round(pixel(scores.edge(bin + 1)));
                double gap = right - left > 4 ? 1 : 0;
                g.rect(left, room.bottom() - Math.max(1, tall), Math.max(1, right - left - gap), Math.max(1, tall));
            }
        }
        g.setFill(kind == ANOMALY ? colour.deriveColor(0, 1, 1, 0.45) : colour);
        g.fill();
        if (kind == ANOMALY) {
            g.setStroke(colour);
            g.setLineWidth(1);
            g.stroke();
            g.clip();
            g.setLineWidth(1.4);
            for (double x = room.left() - room.height(); x < room.right(); x += 6) {
                g.strokeLine(x, room.bottom(), x + room.height(), room.top());
            }
        }
        g.restore();
    }

    private void paintThreshold(GraphicsContext g) {
        if (scores == null || isEmpty() || Double.isNaN(threshold.get())) {
            return;
        }
        Palette p = palette();
        PlotFrame room = room();
        double x = Math.max(room.left(), Math.min(room.right(), pixel(threshold.get())));
        g.setFill(p.accent().deriveColor(0, 1, 1, 0.07));
        g.fillRect(x, room.top(), room.right() - x, room.height());
        g.setStroke(p.accent());
        g.setLineWidth(2);
        g.strokeLine(x, room.top(), x, room.bottom());
        g.setFill(p.accent());
        g.fillPolygon(new double[] {x - 6, x + 6, x}, new double[] {room.top(), room.top(), room.top() + 8}, 3);
        boolean rightHalf = x > room.left() + room.width() / 2;
        g.setFont(p.font());
        g.setTextBaseline(VPos.TOP);
        g.setTextAlign(TextAlignment.LEFT);
        String text = "threshold " + NumberText.score(threshold.get());
        double wide = TextWidth.of(text, p.font());
        double last = bars.getWidth() - wide - 4; // neither edge cuts it
        double at = Math.max(2, Math.min(last, rightHalf ? x - 10 - wide : x + 10));
        g.setFill(p.background().deriveColor(0, 1, 1, 0.8));
        g.fillRect(at - 2, room.top() + 1, wide + 4, p.font().getSize() * 1.5);
        g.setFill(p.text());
        g.fillText(text, at, room.top() + 2);
    }

    private boolean onLine(MouseEvent e) {
        return scores != null
                && !isEmpty()
                && !Double.isNaN(threshold.get())
                && Math.abs(e.getX() - pixel(threshold.get())) <= GRIP;
    }

    private void pressed(MouseEvent e) {
        dragging = onLine(e);
    }

    private void clicked(MouseEvent e) {
        if (e.isStillSincePress() && !onLine(e) && scores != null && room().contains(e.getX(), e.getY())) {
            onRange.accept(scores.range(scores.binOf(scoreAt(e.getX()))));
        }
    }

    private void moveTo(double score) {
        double last = scores.sorted()[scores.rows() - 1];
        threshold.set(Math.max(scores.low(), Math.min(Math.max(scores.high(), last), score)));
    }

    private void key(KeyEvent e) {
        if (scores == null || isEmpty() || e.isControlDown() || e.isAltDown() || e.isMetaDown()) {
            return;
        }
        double step = (scores.high() - scores.low()) / 500 * (e.isShiftDown() ? 10 : 1);
        double from = Double.isNaN(threshold.get()) ? scores.high() : threshold.get();
        switch (e.getCode()) {
            case LEFT -> moveTo(from - step);
            case RIGHT -> moveTo(from + step);
            case HOME -> moveTo(scores.low());
            case END -> moveTo(Double.MAX_VALUE);
            case L -> log.fire();
            default -> {
                return;
            }
        }
        e.consume();
    }

    /** Where on the screen the threshold can be grabbed. */
    public Point2D thresholdOnScreen() {
        PlotFrame room = room();
        return bars.localToScreen(pixel(threshold.get()), room.top() + room.height() / 2);
    }

    /** The part that paints, for tests that point at it. */
    Region bars() {
        return bars;
    }
}
