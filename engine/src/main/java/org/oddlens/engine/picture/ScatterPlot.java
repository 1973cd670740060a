package org.oddlens.engine.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Latent codes: normal rows as blue circles, anomalies as vermilion triangles on top, the detector's own as diamonds and lines. */
final class ScatterPlot {
    private static final double CIRCLE = 3.1;
    private static final double TRIANGLE = 4.6;
    private static final double DIAMOND = 6.5;
    private static final double RING = 3.2;
    private static final int MANY = 100;

    private ScatterPlot() {}

    static void draw(
            Canvas canvas,
            StrokeFont font,
            Area panel,
            LatentPoints points,
            List<PaintedLayer> layers,
            String acrossName,
            String upName) {
        List<PlotFrame.Entry> legend = legend(canvas, points, layers);
        PlotFrame frame = new PlotFrame(
                canvas, font, panel, legend.stream().map(PlotFrame.Entry::text).toList());
        frame.title("Latent space");
        if (points.size() == 0) {
            frame.empty("No latent codes were kept");
            return;
        }
        Area plot = frame.plot();
        Axis across = axis(points, layers, true, plot.left(), plot.right());
        Axis up = axis(points, layers, false, plot.bottom(), plot.top());
        frame.axes(across, across.ticks(7), acrossName, up, up.ticks(6), upName);
        double opacity = points.size() > 5000 ? 0.3 : 0.55;
        for (int i = 0; i < points.size(); i++) {
            if (points.drawable(i) && !points.isAnomaly(i)) {
                circle(canvas, across.pixel(points.xAt(i)), up.pixel(points.yAt(i)), opacity);
            }
        }
        layers.forEach(layer -> layer(canvas, layer, across, up, plot));
        for (int i = 0; i < points.size(); i++) {
            if (points.drawable(i) && points.isAnomaly(i)) {
                triangle(canvas, across.pixel(points.xAt(i)), up.pixel(points.yAt(i)));
            }
        }
        frame.legend(legend);
    }

    private static List<PlotFrame.Entry> legend(Canvas canvas, LatentPoints points, List<PaintedLayer> layers) {
        List<PlotFrame.Entry> entries = new ArrayList<>();
        int normal = points.size() - points.anomalies();
        String name = points.labelled() ? "normal (" : "rows (";
        entries.add(new PlotFrame.Entry(name + count(normal) + ")", (x, y) -> circle(canvas, x, y, 1)));
        if (points.labelled()) {
            entries.add(new PlotFrame.Entry(
                    "anomaly (" + count(points.anomalies()) + ")", (x, y) -> triangle(canvas, x, y)));
        }
        for (PaintedLayer layer : layers) {
            int size = layer.points().size();
            if (size > 0) {
                entries.add(new PlotFrame.Entry(
                        layer.name() + " (" + count(size) + ")", (x, y) -> mark(canvas, size, x, y)));
            } else if (!layer.lines().isEmpty()) {
                entries.add(new PlotFrame.Entry(
                        layer.name(), (x, y) -> canvas.line(x - 7, y, x + 7, y, 1.5, Palette.MEMORY)));
            }
        }
        return entries;
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static void layer(Canvas canvas, PaintedLayer layer, Axis across, Axis up, Area plot) {
        for (float[] line : layer.lines()) {
            for (int i = 2; i < line.length; i += 2) {
                double x0 = across.pixel(line[i - 2]);
                double y0 = up.pixel(line[i - 1]);
                double x1 = across.pixel(line[i]);
                double y1 = up.pixel(line[i + 1]);
                if (plot.contains(x0, y0) && plot.contains(x1, y1)) {
                    canvas.line(x0, y0, x1, y1, 1.5, Palette.MEMORY);
                }
            }
        }
        LatentPoints points = layer.points();
        for (int i = 0; i < points.size(); i++) {
            if (points.drawable(i)) {
                mark(canvas, points.size(), across.pixel(points.xAt(i)), up.pixel(points.yAt(i)));
            }
        }
    }

    private static Axis axis(LatentPoints points, List<PaintedLayer> layers, boolean across, double from, double to) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        List<LatentPoints> sets = new ArrayList<>(List.of(points));
        layers.forEach(layer -> sets.add(layer.points()));
        for (LatentPoints set : sets) {
            for (int i = 0; i < set.size(); i++) {
                if (set.drawable(i)) {
                    double value = across ? set.xAt(i) : set.yAt(i);
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        if (low > high) {
            return new Axis(0, 1, from, to, false);
        }
        double margin = high > low ? 0.05 * (high - low) : Math.max(1e-6, 0.1 * Math.abs(high));
        return new Axis(low - margin, high + margin, from, to, false);
    }

    private static void circle(Canvas canvas, double x, double y, double opacity) {
        canvas.fill(Outline.circle(x, y, CIRCLE), x, y, CIRCLE + 1, Palette.NORMAL, opacity);
    }

    private static void triangle(Canvas canvas, double x, double y) {
        Outline shape = Outline.triangle(x, y, TRIANGLE);
        canvas.fill(shape.grown(1.3), x, y, 3 * TRIANGLE, Palette.GROUND, 1);
        canvas.fill(shape, x, y, 3 * TRIANGLE, Palette.ANOMALY, 1);
    }

    /** A diamond; where there are many, a small ring that does not hide the rows. */
    private static void mark(Canvas canvas, int among, double x, double y) {
        if (among > MANY) {
            canvas.fill(Outline.circle(x, y, RING).border(1.2), x, y, RING + 2, Palette.MEMORY, 0.8);
        } else {
            diamond(canvas, x, y);
        }
    }

    private static void diamond(Canvas canvas, double x, double y) {
        Outline shape = Outline.diamond(x, y, DIAMOND);
        canvas.fill(shape, x, y, DIAMOND + 2, Palette.GROUND, 0.9);
        canvas.fill(shape.border(1.5), x, y, DIAMOND + 2, Palette.MEMORY, 1);
    }
}
