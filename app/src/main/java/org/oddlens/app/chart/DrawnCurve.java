package org.oddlens.app.chart;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A curve as it is drawn: smoothed, put on the axis and thinned; pure.
 *
 * @param x           places of the line's points
 * @param y           their heights on the axis; NaN breaks the line
 * @param rawX        places of the unsmoothed line; empty without smoothing
 * @param rawY        its heights
 * @param notPositive epochs whose value cannot stand on a log axis
 * @param marks       epochs whose value is not finite
 */
record DrawnCurve(double[] x, double[] y, double[] rawX, double[] rawY, double[] notPositive, List<Mark> marks) {

    /** A value that is not finite: drawn at the last finite value before it. */
    record Mark(double epoch, double height, String text) {}

    /**
     * @param smoothing weight of the past, 0 for none
     * @param log       whether heights are log10 of the values
     * @param columns   pixel columns of the plot
     */
    static DrawnCurve of(Curve curve, double smoothing, boolean log, int columns) {
        double[] line = smoothing > 0 ? Smoothing.debiasedMean(curve.value(), smoothing) : curve.value();
        double[] heights = onAxis(line, log);
        int[] kept = ColumnThinning.keep(curve.epoch(), heights, columns);
        double[] raw = smoothing > 0 ? onAxis(curve.value(), log) : new double[0];
        int[] rawKept = smoothing > 0 ? ColumnThinning.keep(curve.epoch(), raw, columns) : new int[0];
        return new DrawnCurve(
                pick(curve.epoch(), kept),
                pick(heights, kept),
                pick(curve.epoch(), rawKept),
                pick(raw, rawKept),
                notPositive(curve, log),
                marks(curve, heights));
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

    private static double[] pick(double[] from, int[] indices) {
        return Arrays.stream(indices).mapToDouble(i -> from[i]).toArray();
    }
}
