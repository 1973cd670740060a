package org.oddlens.engine.picture;

import java.util.ArrayList;
import java.util.List;

/** Loss curves over the epochs; the loss axis turns logarithmic when the values span more than a factor of 30. */
final class LossPlot {
    private static final double LOGARITHMIC_FROM = 30;
    private static final double THICKNESS = 2.6;
    /** Lengths of stroke and gap of the first, second, … curve, in pixels; told apart without colour. */
    private static final double[][] DASHES = {{1, 0}, {11, 7}, {3, 7}, {18, 7}};

    private LossPlot() {}

    static void draw(Canvas canvas, StrokeFont font, Area panel, List<LossCurve> curves) {
        PlotFrame frame = new PlotFrame(
                canvas, font, panel, curves.stream().map(LossCurve::name).toList());
        frame.title("Training loss, mean per row");
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int epochs = 0;
        for (LossCurve curve : curves) {
            double[] values = curve.values();
            epochs = Math.max(epochs, values.length);
            for (double value : values) {
                if (Double.isFinite(value)) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        if (low > high) {
            frame.empty("No epoch has been trained");
            return;
        }
        Area plot = frame.plot();
        Axis across = new Axis(1, Math.max(2, epochs), plot.left(), plot.right(), false);
        Axis up = lossAxis(low, high, plot);
        frame.axes(across, across.wholeTicks(8), "epoch", up, up.ticks(6), up.logarithmic() ? "loss (log)" : "loss");
        List<PlotFrame.Entry> legend = new ArrayList<>();
        for (int k = curves.size() - 1; k >= 0; k--) {
            drawCurve(canvas, across, up, curves.get(k).values(), k);
        }
        for (int k = 0; k < curves.size(); k++) {
            int curve = k;
            legend.add(new PlotFrame.Entry(
                    curves.get(k).name(), (x, y) -> dashed(canvas, curve, x - 12, y, x + 12, y, 0)));
        }
        frame.legend(legend);
    }

    private static Axis lossAxis(double low, double high, Area plot) {
        if (low > 0 && high / low > LOGARITHMIC_FROM) {
            return new Axis(low / 1.15, high * 1.15, plot.bottom(), plot.top(), true);
        }
        double margin = high > low ? 0.06 * (high - low) : Math.max(1e-6, 0.1 * Math.abs(high));
        double from = low >= 0 && low < 0.5 * high ? 0 : low - margin;
        return new Axis(from, high + margin, plot.bottom(), plot.top(), false);
    }

    private static void drawCurve(Canvas canvas, Axis across, Axis up, double[] values, int curve) {
        if (values.length == 1 && Double.isFinite(values[0])) {
            double x = across.pixel(1);
            double y = up.pixel(values[0]);
            canvas.fill(Outline.circle(x, y, 4), x, y, 5, Palette.series(curve), 1);
        }
        double phase = 0;
        for (int i = 1; i < values.length; i++) {
            if (Double.isFinite(values[i - 1]) && Double.isFinite(values[i])) {
                phase = dashed(
                        canvas,
                        curve,
                        across.pixel(i),
                        up.pixel(values[i - 1]),
                        across.pixel(i + 1.0),
                        up.pixel(values[i]),
                        phase);
            }
        }
    }

    /** Draws one piece of a curve in its dash pattern and returns where in the pattern it ended. */
    private static double dashed(Canvas canvas, int curve, double x0, double y0, double x1, double y1, double phase) {
        double[] dash = DASHES[curve % DASHES.length];
        double length = Math.hypot(x1 - x0, y1 - y0);
        if (dash[1] == 0) {
            canvas.line(x0, y0, x1, y1, THICKNESS, Palette.series(curve));
            return 0;
        }
        double period = dash[0] + dash[1];
        double at = 0;
        while (at < length) {
            double inside = (phase + at) % period;
            double until = Math.min(length, at + Math.max(1e-6, inside < dash[0] ? dash[0] - inside : period - inside));
            if (inside < dash[0]) {
                double a = at / length;
                double b = until / length;
                canvas.line(
                        x0 + a * (x1 - x0),
                        y0 + a * (y1 - y0),
                        x0 + b * (x1 - x0),
                        y0 + b * (y1 - y0),
                        THICKNESS,
                        Palette.series(curve));
            }
            at = until;
        }
        return (phase + length) % period;
    }
}
