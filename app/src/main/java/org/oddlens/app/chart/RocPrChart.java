package org.oddlens.app.chart;

import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import org.oddlens.ui.UiResources;

/**
 * ROC or precision-recall curve with the point of the current threshold. Both need labels, and say so. All methods
 * belong to the UI thread.
 */
public final class RocPrChart extends ChartPane {

    /** Which of the two curves is shown. */
    public enum Kind {
        ROC,
        PR
    }

    private final PlotCanvas canvas = new PlotCanvas(this::paint);
    private final DoubleProperty threshold = new SimpleDoubleProperty(this, "threshold", Double.NaN);
    private final Segmented<Kind> kind = new Segmented<>("Curve", List.of(Kind.values()), Kind::name, null);
    private final Legend legend = new Legend();
    private RocPrCurves curves;
    private List<Object> legendState = List.of();

    /** An empty chart. */
    public RocPrChart() {
        getStyleClass().add("od-roc");
        FlowPane bar = new FlowPane(kind, legend);
        legend.setPrefWrapLength(200);
        bar.getStyleClass().add("od-chart-bar");
        bar.setHgap(16);
        bar.setMinHeight(USE_PREF_SIZE);
        assemble(List.of(bar), List.of(canvas));
        threshold.addListener((o, was, is) -> refresh());
        kind.valueProperty().addListener((o, was, is) -> refresh());
        plot().addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        plot().setAccessibleHelp("Left and right arrow switch between ROC and PR.");
    }

    /** Shows other curves; null: there are none yet. */
    public void setCurves(RocPrCurves points) {
        curves = points;
        if (points == null) {
            showEmpty(UiResources.message("empty.roc.noRun", "ROC"), "", null);
            return;
        }
        showPlot();
        refresh();
    }

    /** Says that a run has not scored its rows yet. */
    public void showWaiting() {
        curves = null;
        showEmpty("The ROC curve appears here when the run has scored its rows.", "", null);
    }

    /** Explains that this data set has no labels. */
    public void showNoLabels(Runnable chooseLabels) {
        showEmpty(
                "ROC and PR need labels, and this data set has none. Label-free checks are on the left.",
                "Choose a label column",
                chooseLabels);
    }

    /**
     * Explains that the test rows are all of one class.
     *
     * @param rows        number of test rows
     * @param anomalies   whether all are anomalies (else all are normal)
     * @param changeSplit next step
     */
    public void showOneClass(long rows, boolean anomalies, Runnable changeSplit) {
        showEmpty(
                "All " + NumberText.count(rows) + " test rows are " + (anomalies ? "anomalies" : "normal")
                        + ", so ROC is undefined.",
                "Change the split",
                changeSplit);
    }

    /** The threshold whose point is marked; bind it to the histogram's. */
    public DoubleProperty thresholdProperty() {
        return threshold;
    }

    /** Which curve is shown. */
    public ObjectProperty<Kind> kindProperty() {
        return kind.valueProperty();
    }

    @Override
    protected void repaint() {
        if (canvas != null && legend != null) { // colours may arrive while the pane is being built
            refresh();
        }
    }

    private boolean roc() {
        return kind.valueProperty().get() == Kind.ROC;
    }

    private double[] xs() {
        return roc() ? curves.falsePositiveRate() : curves.recall();
    }

    private double[] ys() {
        return roc() ? curves.truePositiveRate() : curves.precision();
    }

    private int marked() {
        return RocPrCurves.pointAt(roc() ? curves.rocThreshold() : curves.prThreshold(), threshold.get());
    }

    private void refresh() {
        canvas.repaint();
        if (curves == null || isEmpty()) {
            return;
        }
        String area =
                roc() ? "AUROC " + NumberText.metric(curves.auroc()) : "AUPRC " + NumberText.metric(curves.auprc());
        int at = Double.isNaN(threshold.get()) ? -1 : marked();
        String point = at < 0
                ? ""
                : roc()
                        ? " · at the threshold: " + NumberText.percent(ys()[at]) + " of anomalies found, "
                                + NumberText.percent(xs()[at]) + " of normal rows flagged"
                        : " · at the threshold: " + NumberText.percent(xs()[at]) + " of anomalies found, "
                                + NumberText.percent(ys()[at]) + " of alerts right";
        setCaption(area + " ★ uses labels" + point);
        setSummary((roc() ? "ROC curve, " : "Precision-recall curve, ") + area + ", uses labels" + point + ".");
        List<Object> state = List.of(palette(), at >= 0);
        if (state.equals(legendState)) {
            return;
        }
        legendState = state;
        legend.getChildren().clear();
        legend.add(Legend.line(palette().muted(), 4, 4), "guessing");
        if (at >= 0) {
            legend.add(Legend.circle(palette().accent()), "threshold");
        }
    }

    private void paint(GraphicsContext g, double width, double height) {
        if (curves == null || isEmpty()) {
            return;
        }
        Palette p = palette();
        PlotFrame wide = PlotFrame.inside(width, height, p.font());
        double side = Math.min(wide.width(), wide.height() * 1.35); // near square: a stretched ROC misleads
        PlotFrame room = new PlotFrame(wide.left(), wide.top(), side, wide.height());
        List<Ticks.Tick> xTicks = Ticks.linear(0, 1, room.width() > 220 ? 5 : 2);
        List<Ticks.Tick> yTicks = Ticks.linear(0, 1, room.height() > 140 ? 5 : 2);
        PlotFrame.Scale x = v -> room.left() + v * room.width();
        PlotFrame.Scale y = v -> room.bottom() - v * room.height();
        room.grid(g, p, xTicks, x, yTicks, y);
        g.setLineDashes(4, 4);
        g.setStroke(p.muted());
        g.setLineWidth(1);
        double guess = curves.anomalyShare();
        g.strokeLine(x.pixel(0), y.pixel(roc() ? 0 : guess), x.pixel(1), y.pixel(roc() ? 1 : guess));
        g.setLineDashes();
        g.setStroke(p.series(Palette.AUROC));
        g.setLineWidth(2.2);
        g.beginPath();
        double lastX = Double.NaN;
        double lastY = Double.NaN;
        for (int i = 0; i < xs().length; i++) {
            double px = x.pixel(xs()[i]);
            double py = y.pixel(ys()[i]);
            if (i == 0) {
                g.moveTo(px, py);
            } else if (Math.abs(px - lastX) + Math.abs(py - lastY) < 0.3 && i < xs().length - 1) {
                continue; // steps far below a pixel
            } else {
                g.lineTo(px, py);
            }
            lastX = px;
            lastY = py;
        }
        g.stroke();
        room.labels(
                g,
                p,
                xTicks,
                x,
                roc() ? "False positive rate" : "Recall",
                yTicks,
                y,
                roc() ? "True positive rate" : "Precision");
        int at = Double.isNaN(threshold.get()) ? -1 : marked();
        if (at >= 0) {
            double px = x.pixel(xs()[at]);
            double py = y.pixel(ys()[at]);
            g.setFill(p.background());
            g.fillOval(px - 7, py - 7, 14, 14);
            g.setFill(p.accent());
            g.fillOval(px - 5, py - 5, 10, 10);
        }
    }

    private void key(KeyEvent e) {
        if (e.getCode() == KeyCode.LEFT || e.getCode() == KeyCode.RIGHT) {
            kind.valueProperty().set(e.getCode() == KeyCode.LEFT ? Kind.ROC : Kind.PR);
            e.consume();
        }
    }
}
