package org.oddlens.app.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/** One JFreeChart plot of curves: losses above, metrics below. Its contents are replaced as a whole. */
final class CurvePlot {

    private static final Shape DOT = new Ellipse2D.Double(-3, -3, 6, 6);
    /** Lonely values that are many would touch each other and look like a thick line. */
    private static final Shape SMALL_DOT = new Ellipse2D.Double(-1.5, -1.5, 3, 3);

    private static final Shape TRIANGLE = triangle();
    private static final int RAW = 0;
    private static final int LINES = 1;
    private static final int MARKS = 2;
    private static final double LETTER_PIXELS = 6.5;
    /** Every measured value has a dot while there is this much room for each. */
    private static final int PIXELS_PER_DOT = 14;

    private final XYPlot plot = new XYPlot();
    private final String title;
    private final TickedAxis linear;
    private final TickedAxis logarithmic;
    private final TickedAxis own = new TickedAxis("Own scales", (range, length) -> List.of());

    /** A curve with its fixed colour place. */
    record Coloured(Curve curve, int place) {}

    /**
     * How values stand on the axis.
     *
     * @param log    whether by their logarithm
     * @param own    whether each curve reaches from its lowest to its highest value
     * @param bounds lowest and highest value always shown, or null to fit the data
     */
    record Axis(boolean log, boolean own, Range bounds) {}

    CurvePlot(String title) {
        this.title = title;
        linear = new TickedAxis(
                title,
                (range, length) ->
                        Ticks.linear(range.getLowerBound(), range.getUpperBound(), (int) Math.max(2, length / 28)));
        logarithmic = new TickedAxis(
                title + " (log)",
                (range, length) ->
                        Ticks.log(range.getLowerBound(), range.getUpperBound(), (int) Math.max(2, length / 28)));
        plot.setRangeAxis(linear);
        plot.setDomainGridlinesVisible(true);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDomainGridlineStroke(new BasicStroke(1));
        plot.setRangeGridlineStroke(new BasicStroke(1));
    }

    /** Names the axes, where there is room for it. */
    void title(boolean on) {
        linear.setLabel(on ? title : null);
        logarithmic.setLabel(on ? title + " (log)" : null);
        own.setLabel(on ? "Own scales" : null);
    }

    XYPlot plot() {
        return plot;
    }

    void theme(Palette palette, Font font) {
        plot.setBackgroundPaint(Palette.awt(palette.background()));
        plot.setOutlinePaint(Palette.awt(palette.line()));
        plot.setDomainGridlinePaint(Palette.awt(palette.grid()));
        plot.setRangeGridlinePaint(Palette.awt(palette.grid()));
        for (TickedAxis axis : List.of(linear, logarithmic, own)) {
            theme(axis, palette, font);
        }
    }

    static void theme(TickedAxis axis, Palette palette, Font font) {
        axis.setTickLabelPaint(Palette.awt(palette.muted()));
        axis.setLabelPaint(Palette.awt(palette.muted()));
        axis.setTickLabelFont(font);
        axis.setLabelFont(font);
    }

    /** Replaces the curves. */
    void show(List<Coloured> curves, double smoothing, Axis shown, int columns, Palette palette) {
        boolean log = shown.log();
        List<DrawnCurve> drawn = curves.stream()
                .map(c -> DrawnCurve.of(c.curve(), smoothing, log, columns))
                .map(curve -> shown.own() ? curve.onItsOwnScale() : curve)
                .toList();
        Range range = range(drawn, shown.bounds());
        boolean strip = log && drawn.stream().anyMatch(d -> d.notPositive().length > 0);
        double stripHeight = 0.12 * range.getLength();
        plot.clearAnnotations();
        plot.clearRangeMarkers();
        if (strip) {
            range = new Range(range.getLowerBound() - stripHeight, range.getUpperBound());
            addStrip(range.getLowerBound(), stripHeight, palette);
        }
        TickedAxis axis = shown.own() ? own : log ? logarithmic : linear;
        if (plot.getRangeAxis() != axis) {
            plot.setRangeAxis(axis);
        }
        axis.setRange(range, false, false);
        lines(curves, drawn, palette, columns);
        Shape lonely = drawn.stream().mapToInt(d -> d.alone().length).max().orElse(0) * PIXELS_PER_DOT <= columns
                ? DOT
                : SMALL_DOT;
        marks(curves, drawn, lonely, range.getLowerBound() + stripHeight / 2, 0.03 * range.getLength(), palette);
    }

    /**
     * Draws a line before each epoch at which something happened to the run, with words beside it where there is room.
     *
     * @param epochs  what the axis shows
     * @param columns pixels for that
     */
    void mark(List<EpochMark> happened, boolean words, Range epochs, int columns, Palette palette) {
        plot.clearDomainMarkers();
        double wordsFrom = Double.NEGATIVE_INFINITY;
        for (EpochMark mark : happened) {
            ValueMarker line = new ValueMarker(mark.epoch() - 0.5);
            line.setPaint(Palette.awt(palette.muted()));
            line.setStroke(new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {3, 3}, 0));
            double room = (mark.text().length() + 2) * LETTER_PIXELS / columns * epochs.getLength();
            boolean toTheLeft = mark.epoch() + room > epochs.getUpperBound();
            double from = toTheLeft ? mark.epoch() - room : mark.epoch();
            if (words && from >= wordsFrom) {
                wordsFrom = from + room;
                label(line, mark.text(), toTheLeft, palette);
            }
            plot.addDomainMarker(0, line, Layer.BACKGROUND, false);
        }
    }

    private void label(ValueMarker line, String text, boolean toTheLeft, Palette palette) {
        line.setLabel(text);
        line.setLabelFont(linear.getTickLabelFont());
        line.setLabelPaint(Palette.awt(palette.muted()));
        line.setLabelBackgroundColor(new Color(0, 0, 0, 0));
        line.setLabelAnchor(toTheLeft ? RectangleAnchor.TOP_LEFT : RectangleAnchor.TOP_RIGHT);
        line.setLabelTextAnchor(toTheLeft ? TextAnchor.TOP_RIGHT : TextAnchor.TOP_LEFT);
    }

    private void lines(List<Coloured> curves, List<DrawnCurve> drawn, Palette palette, int columns) {
        List<LineData.Line> raw = new ArrayList<>();
        List<LineData.Line> lines = new ArrayList<>();
        XYLineAndShapeRenderer behind = renderer(true);
        XYLineAndShapeRenderer front = renderer(true);
        for (int k = 0; k < curves.size(); k++) {
            DrawnCurve d = drawn.get(k);
            Color colour = Palette.awt(palette.series(curves.get(k).place()));
            raw.add(new LineData.Line(d.rawX(), d.rawY()));
            lines.add(new LineData.Line(d.x(), d.y()));
            behind.setSeriesPaint(k, new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 64));
            behind.setSeriesStroke(k, stroke(curves.get(k).curve().kind(), 1.2f));
            front.setSeriesPaint(k, colour);
            front.setSeriesStroke(k, stroke(curves.get(k).curve().kind(), 1.8f));
            front.setSeriesShape(k, DOT);
            front.setSeriesShapesVisible(k, d.measured() * PIXELS_PER_DOT <= columns);
        }
        plot.setDataset(RAW, new LineData(raw));
        plot.setRenderer(RAW, behind);
        plot.setDataset(LINES, new LineData(lines));
        plot.setRenderer(LINES, front);
    }

    private void marks(
            List<Coloured> curves,
            List<DrawnCurve> drawn,
            Shape lonely,
            double stripMiddle,
            double lift,
            Palette palette) {
        List<LineData.Line> marks = new ArrayList<>();
        XYLineAndShapeRenderer shapes = renderer(false);
        for (int k = 0; k < curves.size(); k++) {
            Color colour = Palette.awt(palette.series(curves.get(k).place()));
            DrawnCurve d = drawn.get(k);
            double[] epochs = curves.get(k).curve().epoch();
            double middle = epochs.length == 0 ? 0 : epochs[0] / 2 + epochs[epochs.length - 1] / 2;
            double[] flat = new double[d.notPositive().length];
            Arrays.fill(flat, stripMiddle);
            addMarks(marks, shapes, new LineData.Line(d.notPositive(), flat), DOT, colour);
            addMarks(marks, shapes, new LineData.Line(d.alone(), d.aloneY()), lonely, colour);
            double[] x = d.marks().stream().mapToDouble(DrawnCurve.Mark::epoch).toArray();
            double[] y = d.marks().stream().mapToDouble(DrawnCurve.Mark::height).toArray();
            addMarks(marks, shapes, new LineData.Line(x, y), TRIANGLE, colour);
            for (DrawnCurve.Mark mark : d.marks()) {
                if (Double.isFinite(mark.height())) {
                    boolean atRight = mark.epoch() > middle;
                    XYTextAnnotation note = new XYTextAnnotation(
                            atRight ? mark.text() + "   " : "   " + mark.text(), mark.epoch(), mark.height() + lift);
                    note.setTextAnchor(atRight ? TextAnchor.BOTTOM_RIGHT : TextAnchor.BOTTOM_LEFT);
                    note.setFont(linear.getTickLabelFont());
                    note.setPaint(Palette.awt(palette.text()));
                    plot.addAnnotation(note, false);
                }
            }
        }
        plot.setDataset(MARKS, new LineData(marks));
        plot.setRenderer(MARKS, shapes);
    }

    private static void addMarks(
            List<LineData.Line> marks, XYLineAndShapeRenderer shapes, LineData.Line line, Shape shape, Color colour) {
        shapes.setSeriesShape(marks.size(), shape);
        shapes.setSeriesPaint(marks.size(), colour);
        marks.add(line);
    }

    private void addStrip(double from, double height, Palette palette) {
        IntervalMarker band = new IntervalMarker(from, from + height, Palette.awt(palette.grid()));
        band.setLabel("≤ 0");
        band.setLabelFont(linear.getTickLabelFont());
        band.setLabelPaint(Palette.awt(palette.muted()));
        band.setLabelAnchor(RectangleAnchor.LEFT);
        band.setLabelTextAnchor(TextAnchor.CENTER_LEFT);
        band.setLabelBackgroundColor(new Color(0, 0, 0, 0));
        band.setAlpha(1);
        plot.addRangeMarker(0, band, Layer.BACKGROUND, false);
    }

    private static XYLineAndShapeRenderer renderer(boolean lines) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(lines, !lines);
        renderer.setDefaultCreateEntities(false); // a shape object per point would be made at every redraw
        renderer.setDrawSeriesLineAsPath(true);
        renderer.setDefaultSeriesVisibleInLegend(false);
        return renderer;
    }

    private static BasicStroke stroke(Curve.Kind kind, float width) {
        return kind == Curve.Kind.VALIDATION
                ? new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0)
                : new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private static Range range(List<DrawnCurve> drawn, Range bounds) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (DrawnCurve d : drawn) {
            for (double[] heights : List.of(d.y(), d.rawY())) {
                for (double y : heights) {
                    low = Double.isNaN(y) ? low : Math.min(low, y);
                    high = Double.isNaN(y) ? high : Math.max(high, y);
                }
            }
        }
        if (bounds != null) {
            low = Math.min(low, bounds.getLowerBound());
            high = Math.max(high, bounds.getUpperBound());
        }
        if (low > high) {
            return new Range(0, 1);
        }
        double air = high > low ? 0.06 * (high - low) : Math.max(1e-9, 0.1 * Math.abs(high));
        return new Range(low - air, high + air);
    }

    private static Shape triangle() {
        Path2D shape = new Path2D.Double();
        shape.moveTo(0, -6);
        shape.lineTo(6, 4.5);
        shape.lineTo(-6, 4.5);
        shape.closePath();
        return shape;
    }
}
