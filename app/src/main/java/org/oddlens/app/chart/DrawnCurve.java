package org.oddlens.app.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * A curve as it is drawn: smoothed, put on the axis and thinned; pure. Only values of neighbouring epochs are joined: what
 * was not measured between them is not known.
 *
 * @param x           places of the line's points
 * @param y           their heights on the axis; NaN breaks the line
 * @param rawX        places of the unsmoothed line; empty without smoothing
 * @param rawY        its heights
 * @param alone       places of the values that no line joins to a neighbour
 * @param aloneY      their heights
 * @param measured    number of values
 * @param notPositive epochs whose value cannot stand on a log axis
 * @param marks       epochs whose value is not finite
 */
record DrawnCurve(
        double[] x,
        double[] y,
        double[] rawX,
        double[] rawY,
        double[] alone,
        double[] aloneY,
        int measured,
        double[] notPositive,
        List<Mark> marks) {

    /** A value that is not finite: drawn at the last finite value before it. */
    record Mark(double epoch, double height, String text) {}

    /** Places and heights of a line, with a NaN wherever epochs are missing. */
    private record Line(double[] x, double[] y) {

        static Line of(double[] epochs, double[] heights, int columns) {
            double[] x = new double[2 * epochs.length];
            double[] y = new double[x.length];
            int n = 0;
            for (int i = 0; i < epochs.length; i++) {
                if (i > 0 && apart(epochs[i - 1], epochs[i])) {
                    x[n] = epochs[i - 1] / 2 + epochs[i] / 2;
                    y[n++] = Double.NaN;
                }
                x[n] = epochs[i];
                y[n++] = heights[i];
            }
            int[] kept = ColumnThinning.keep(Arrays.copyOf(x, n), Arrays.copyOf(y, n), columns);
            return new Line(pick(x, kept), pick(y, kept));
        }

        private static double[] pick(double[] from, int[] indices) {
            return Arrays.stream(indices).mapToDouble(i -> from[i]).toArray();
        }
    }

    /**
     * @param smoothing weight of the past, 0 for none
     * @param log       whether heights are log10 of the values
     * @param columns   pixel columns of the plot
     */
    static DrawnCurve of(Curve curve, double smoothing, boolean log, int columns) {
        double[] smooth = smoothing > 0 ? Smoothing.debiasedMean(curve.value(), smoothing) : curve.value();
        double[] heights = onAxis(smooth, log);
        Line line = Line.of(curve.epoch(), heights, columns);
        Line raw = smoothing > 0
                ? Line.of(curve.epoch(), onAxis(curve.value(), log), columns)
                : new Line(new double[0], new double[0]);
        int[] alone = alone(curve.epoch(), heights);
        return new DrawnCurve(
                line.x(),
                line.y(),
                raw.x(),
                raw.y(),
                Line.pick(curve.epoch(), alone),
                Line.pick(heights, alone),
                curve.value().length,
                notPositive(curve, log),
                marks(curve, heights));
    }

    private static boolean apart(double epoch, double next) {
        return next - epoch > 1.5;
    }

    private static int[] alone(double[] epochs, double[] heights) {
        int[] found = new int[epochs.length];
        int n = 0;
        for (int i = 0; i < epochs.length; i++) {
            boolean before = i > 0 && !apart(epochs[i - 1], epochs[i]) && Double.isFinite(heights[i - 1]);
            boolean after =
                    i < epochs.length - 1 && !apart(epochs[i], epochs[i + 1]) && Double.isFinite(heights[i + 1]);
            if (!before && !after && Double.isFinite(heights[i])) {
                found[n++] = i;
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** The same curve from 0 at its lowest to 1 at its highest value; a level one at a half. */
    DrawnCurve onItsOwnScale() {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double[] heights : List.of(y, rawY)) {
            for (double height : heights) {
                low = Double.isNaN(height) ? low : Math.min(low, height);
                high = Double.isNaN(height) ? high : Math.max(high, height);
            }
        }
        double from = low;
        double span = high - low;
        DoubleUnaryOperator place = height -> Double.isNaN(height) ? height : span > 0 ? (height - from) / span : 0.5;
        return new DrawnCurve(
                x,
                Arrays.stream(y).map(place).toArray(),
                rawX,
                Arrays.stream(rawY).map(place).toArray(),
                alone,
                Arrays.stream(aloneY).map(place).toArray(),
                measured,
                notPositive,
                marks.stream()
                        .map(mark -> new Mark(mark.epoch(), place.applyAsDouble(mark.height()), mark.text()))
                        .toList());
    }

    private static double[] onAxis(double[] values, boolean log) {
        return Arrays.stream(values)
                .map(v -> !Double.isFinite(v) || log && v <= 0 ? Double.NaN : log ? Math.log10(v) : v)
                .toArray();
    }

    private static double[] notPositive(Curve curve, boolean log) {
        double[] found = new double[log ? curve.value().length : 0];
        int n = 0;
        for (int i = 0; i < found.length; i++) {
            if (curve.value()[i] <= 0) {
                found[n++] = curve.epoch()[i];
            }
        }
        return Arrays.copyOf(found, n);
    }

    /** One mark per unbroken stretch, or a run that diverged for good would be a wall of triangles. */
    private static List<Mark> marks(Curve curve, double[] heights) {
        List<Mark> marks = new ArrayList<>();
        double height = Double.NaN;
        boolean before = true;
        for (int i = 0; i < heights.length; i++) {
            double value = curve.value()[i];
            if (Double.isFinite(value)) {
                height = Double.isNaN(heights[i]) ? height : heights[i];
            } else if (before) {
                String what = Double.isNaN(value) ? "NaN" : value > 0 ? "+∞" : "−∞";
                marks.add(new Mark(curve.epoch()[i], height, what + ", epoch " + (long) curve.epoch()[i]));
            }
            before = Double.isFinite(value);
        }
        return marks;
    }
}
