package org.oddlens.app.chart;

import java.awt.Font;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.fx.ChartCanvas;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.Range;
import org.oddlens.app.fx.RestingTask;
import org.oddlens.ui.UiResources;

/**
 * Losses per epoch, metrics in a second plot below. Curves are replaced as a whole and drawn once a pulse at most.
 * All methods belong to the UI thread.
 */
public final class LossCurves extends ChartPane {

    /** Below this height one line of the legend has to do, and the axes their numbers. */
    private static final double LOW = 250;

    private final CurvePlot losses = new CurvePlot("Loss");
    private final CurvePlot metrics = new CurvePlot("Metric");
    private final TickedAxis epochs = new TickedAxis(
            "Epoch",
            (range, length) -> Ticks.linear(range.getLowerBound(), range.getUpperBound(), (int) (length / 70)).stream()
                    .filter(tick -> tick.value() >= 0 && tick.value() == Math.rint(tick.value()))
                    .map(tick -> new Ticks.Tick(tick.value(), NumberText.count((long) tick.value())))
                    .toList());
    private final CombinedDomainXYPlot both = new CombinedDomainXYPlot(epochs);
    private final JFreeChart chart = new JFreeChart(null, null, both, false);
    private final ChartCanvas canvas = new ChartCanvas(chart);
    private final Region holder = new Holder();
    private final PlotCanvas cursor = new PlotCanvas((g, width, height) -> paintCursor(g));
    private final Label readout = new Label();
    private final Slider smoothing = new Slider(0, 0.999, 0);
    private final ToggleButton log = new ToggleButton("Log");
    private final ToggleButton ownScales = new ToggleButton("Own scales");
    private final CurveLegend legend = new CurveLegend(this::redrawSoon);
    private List<Curve> curves = List.of();
    private List<EpochMark> marks = List.of();
    private double cursorEpoch = Double.NaN;
    private final RestingTask redraw = new RestingTask(180, this::repaint);
    private boolean stale = true;

    /** Sizes the chart's canvas and redraws it once when something changed. */
    private final class Holder extends Region {
        Holder() {
            getChildren().add(canvas);
            setMinSize(0, 0);
        }

        @Override
        protected void layoutChildren() {
            boolean ready = getWidth() > 60 && getHeight() > 40 && !isEmpty();
            if (ready && (canvas.getWidth() != getWidth() || canvas.getHeight() != getHeight())) {
                canvas.setWidth(getWidth());
                canvas.setHeight(getHeight());
                stale = true;
            }
            if (ready && stale) {
                stale = false;
                redraw();
            }
        }
    }

    /** An empty chart; give it curves with {@link #setCurves}. */
    public LossCurves() {
        getStyleClass().add("od-curves");
        chart.setNotify(false); // one redraw per refresh, never one per change
        chart.setPadding(new RectangleInsets(4, 0, 0, 10));
        both.setGap(10);
        both.setOrientation(PlotOrientation.VERTICAL);
        canvas.setTooltipEnabled(false);
        canvas.setDomainZoomable(false);
        canvas.setRangeZoomable(false);
        canvas.setMouseTransparent(true);
        cursor.setMouseTransparent(true);
        readout.getStyleClass().add("od-readout");
        readout.setMouseTransparent(true);
        readout.setVisible(false);
        StackPane.setAlignment(readout, Pos.TOP_RIGHT);
        StackPane.setMargin(readout, new Insets(10, 18, 0, 0));
        setMargin(legend, new Insets(0, 0, 0, -6)); // its buttons have 6 px of their own
        heightProperty().addListener((o, was, is) -> legend.setLines(is.doubleValue() < LOW ? 1 : 2));
        StackPane layers = new StackPane(holder, cursor, readout);
        assemble(List.of(controls(), legend), List.of(layers));
        plot().setMinHeight(60);
        plot().addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        plot().addEventHandler(MouseEvent.MOUSE_MOVED, e -> point(epochAt(e.getX())));
        plot().addEventHandler(MouseEvent.MOUSE_EXITED, e -> point(Double.NaN));
        plot().setAccessibleHelp("Left and right arrow read the values epoch by epoch, L switches the log axis.");
    }

    /** Says that no run is shown. */
    public void showNoRun() {
        curves = List.of();
        showEmpty(UiResources.message("empty.curves.noRun"), "", null);
    }

    /** Says that this run has no epochs. */
    public void showNothingTrained(String sentence) {
        curves = List.of();
        showEmpty(sentence, "", null);
    }

    /** Replaces all curves; a curve keeps its place in the list, and with it its colour, for its whole life. */
    public void setCurves(List<Curve> all) {
        curves = List.copyOf(all);
        if (curves.stream().allMatch(curve -> curve.epoch().length == 0)) {
            showEmpty(UiResources.message("empty.curves.waiting"), "", null);
            return;
        }
        showPlot();
        setCaption(curves.stream().anyMatch(Curve::usesLabels) ? "★ uses labels: for evaluation only" : "");
        setSummary(sentence());
        redraw.wish(); // a chart that is redrawn all the time leaves no time for the latent view
    }

    /** Replaces the marks; drawn with the next curves. */
    public void setMarks(List<EpochMark> all) {
        marks = List.copyOf(all);
    }

    /** The marks drawn across the curves. */
    public List<EpochMark> marks() {
        return marks;
    }

    /** Weight of the past in the smoothed lines, 0 (raw) to 0.999. */
    public DoubleProperty smoothingProperty() {
        return smoothing.valueProperty();
    }

    /** Whether losses stand on a log10 axis. */
    public BooleanProperty logAxisProperty() {
        return log.selectedProperty();
    }

    /** Whether each loss term has a scale of its own. */
    public BooleanProperty ownScalesProperty() {
        return ownScales.selectedProperty();
    }

    @Override
    protected void repaint() {
        if (holder != null) { // colours may arrive while the pane is being built
            redrawSoon();
            if (!curves.isEmpty()) {
                legend.show(coloured(), palette());
            }
        }
    }

    private void redrawSoon() {
        stale = true;
        holder.requestLayout();
    }

    private FlowPane controls() {
        Label label = new Label("Smoothing");
        label.getStyleClass().add("od-caption");
        label.setLabelFor(smoothing);
        label.setMinWidth(USE_PREF_SIZE);
        Label value = new Label();
        value.getStyleClass().add("od-caption");
        value.setMinWidth(USE_PREF_SIZE);
        smoothing.setPrefWidth(70);
        smoothing.setMinWidth(50);
        smoothing.setMinHeight(24);
        smoothing.setBlockIncrement(0.05);
        smoothing.setAccessibleText("Smoothing, 0 is raw");
        smoothing.valueProperty().addListener((o, was, is) -> {
            double weight = is.doubleValue();
            value.setText(weight == 0 ? "" : String.format(Locale.ENGLISH, weight > 0.99 ? "%.3f" : "%.2f", weight));
            repaint();
        });
        log.setAccessibleText("Logarithmic loss axis");
        log.setTooltip(new Tooltip("Logarithmic loss axis (L)"));
        log.setMinWidth(USE_PREF_SIZE);
        log.selectedProperty().addListener((o, was, is) -> repaint());
        ownScales.setAccessibleText("Each term on a scale of its own");
        ownScales.setTooltip(
                new Tooltip("Each loss term from its lowest to its highest value, so that small ones are seen"));
        ownScales.setMinWidth(USE_PREF_SIZE);
        ownScales.selectedProperty().addListener((o, was, is) -> repaint());
        HBox smooth = new HBox(8, label, smoothing, value);
        smooth.setAlignment(Pos.CENTER_LEFT);
        FlowPane bar = new FlowPane(smooth, log, ownScales);
        bar.getStyleClass().add("od-chart-bar");
        bar.setMinHeight(USE_PREF_SIZE);
        return bar;
    }

    private void redraw() {
        Palette palette = palette();
        Font font = new Font(
                "SansSerif", Font.PLAIN, (int) Math.round(palette.font().getSize()));
        chart.setBackgroundPaint(Palette.awt(palette.background()));
        both.setBackgroundPaint(null);
        losses.theme(palette, font);
        metrics.theme(palette, font);
        CurvePlot.theme(epochs, palette, font);
        epochs.setRange(epochRange(), false, false);
        int columns = (int) Math.max(50, holder.getWidth() - 70);
        List<CurvePlot.Coloured> above = visible(false);
        List<CurvePlot.Coloured> below = visible(true);
        boolean second = curves.stream().anyMatch(curve -> curve.kind() == Curve.Kind.METRIC);
        arrange(second);
        boolean titled = holder.getHeight() >= 150;
        losses.title(titled);
        metrics.title(titled);
        losses.mark(marks, true, epochRange(), columns, palette);
        metrics.mark(marks, false, epochRange(), columns, palette);
        double weight = smoothing.getValue();
        CurvePlot.Axis axis = new CurvePlot.Axis(log.isSelected(), ownScales.isSelected(), null);
        losses.show(above, weight, axis, columns, palette);
        if (second) {
            metrics.show(below, weight, new CurvePlot.Axis(false, false, new Range(0.5, 1)), columns, palette);
        }
        // FXGraphics2D assumes its font is set on the canvas, which a saved and restored state undoes
        canvas.getGraphicsContext2D().setFont(javafx.scene.text.Font.font("SansSerif", font.getSize()));
        chart.setNotify(true); // fires the one change event that the canvas draws for
        chart.setNotify(false);
        cursor.repaint();
    }

    private void arrange(boolean second) {
        if (both.getSubplots().size() != (second ? 2 : 1)) {
            both.remove(losses.plot());
            both.remove(metrics.plot());
            both.add(losses.plot(), 3);
            if (second) {
                both.add(metrics.plot(), 2);
            }
        }
    }

    private List<CurvePlot.Coloured> visible(boolean metric) {
        return coloured().stream()
                .filter(shown -> metric == (shown.curve().kind() == Curve.Kind.METRIC) && legend.shows(shown.curve()))
                .toList();
    }

    /** AUROC has its colour everywhere; the others follow their order. */
    private List<CurvePlot.Coloured> coloured() {
        List<CurvePlot.Coloured> all = new ArrayList<>();
        int place = 0;
        for (Curve curve : curves) {
            if (curve.kind() == Curve.Kind.METRIC) {
                all.add(new CurvePlot.Coloured(curve, Palette.AUROC));
            } else {
                place += place == Palette.AUROC ? 1 : 0;
                all.add(new CurvePlot.Coloured(curve, place++));
            }
        }
        return all;
    }

    private Range epochRange() {
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (Curve curve : curves) {
            if (curve.epoch().length > 0) {
                first = Math.min(first, curve.epoch()[0]);
                last = Math.max(last, curve.epoch()[curve.epoch().length - 1]);
            }
        }
        double air = last > first ? 0.015 * (last - first) : 1;
        return new Range(first - air, last + air);
    }

    private String sentence() {
        int count =
                curves.stream().mapToInt(curve -> curve.epoch().length).max().orElse(0);
        StringJoiner parts =
                new StringJoiner("; ", "Curves over " + count + (count == 1 ? " epoch: " : " epochs: "), ".");
        curves.forEach(curve -> parts.add(curve.inWords()));
        marks.forEach(mark -> parts.add("from epoch " + mark.epoch() + ": " + mark.text()));
        return parts.toString();
    }

    private void key(KeyEvent e) {
        if (e.isControlDown() || e.isAltDown() || e.isMetaDown()) {
            return;
        }
        if (e.getCode() == KeyCode.L) {
            log.setSelected(!log.isSelected());
        } else if (e.getCode() == KeyCode.LEFT || e.getCode() == KeyCode.RIGHT) {
            int step = e.getCode() == KeyCode.LEFT ? -1 : 1;
            Range range = epochRange();
            double start = Double.isNaN(cursorEpoch) ? Math.floor(range.getUpperBound()) - step : cursorEpoch;
            point(Math.max(
                    Math.ceil(range.getLowerBound()), Math.min(Math.floor(range.getUpperBound()), start + step)));
            setSummary(readout.getText());
        } else {
            return;
        }
        e.consume();
    }

    private void point(double epoch) {
        cursorEpoch = Double.isNaN(epoch) ? epoch : Math.rint(epoch);
        boolean some = !Double.isNaN(epoch) && !curves.isEmpty() && !isEmpty();
        readout.setVisible(some);
        if (some) {
            StringJoiner values = new StringJoiner("\n");
            values.add("Epoch " + NumberText.count((long) cursorEpoch));
            for (Curve curve : curves) {
                int at = Arrays.binarySearch(curve.epoch(), cursorEpoch);
                if (at >= 0 && legend.shows(curve)) {
                    values.add(curve.starredName() + "  " + NumberText.score(curve.value()[at]));
                }
            }
            marks.stream()
                    .filter(mark -> mark.epoch() == (int) cursorEpoch)
                    .forEach(mark -> values.add("From here: " + mark.text()));
            readout.setText(values.toString());
        }
        cursor.repaint();
    }

    private double epochAt(double x) {
        var area = dataArea();
        if (area == null || x < area.getMinX() || x > area.getMaxX()) {
            return Double.NaN;
        }
        return epochs.java2DToValue(x, area, RectangleEdge.BOTTOM);
    }

    private Rectangle2D dataArea() {
        var info = canvas.getRenderingInfo();
        return info == null || info.getPlotInfo().getSubplotCount() == 0
                ? null
                : info.getPlotInfo().getSubplotInfo(0).getDataArea();
    }

    private void paintCursor(GraphicsContext g) {
        var area = dataArea();
        if (area == null || Double.isNaN(cursorEpoch)) {
            return;
        }
        double x = PlotFrame.crisp(epochs.valueToJava2D(cursorEpoch, area, RectangleEdge.BOTTOM));
        g.setStroke(palette().accent());
        g.setLineWidth(1);
        g.strokeLine(x, area.getMinY(), x, area.getMaxY());
        var info = canvas.getRenderingInfo().getPlotInfo();
        if (info.getSubplotCount() > 1) {
            var lower = info.getSubplotInfo(1).getDataArea();
            g.strokeLine(x, lower.getMinY(), x, lower.getMaxY());
        }
    }
}
