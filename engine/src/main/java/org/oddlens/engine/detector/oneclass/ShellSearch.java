package org.oddlens.engine.detector.oneclass;

import java.util.random.RandomGenerator;

/**
 * The adversarial search of DROCC: from each row, look inside a shell around it for a point that the network calls normal.
 *
 * <pre>
 * a ← a − η · ∇o(a) / max(‖∇o(a)‖, 1e-9)                 every step; o is the logit of "anomaly"
 * h = a − x,  a ← x + h · clamp(‖h‖, r, γ·r) / ‖h‖       every tenth step, and after the last
 * </pre>
 *
 * <p>Goyal et al., ICML 2020, algorithm 1. They ascend the cross entropy of a point against "anomaly"; its gradient is
 * {@code −(1 − σ(o))·∇o}, so the normalised step is the one above. The 13-model program ascends against "normal", which
 * leads away from what the network calls normal.
 */
final class ShellSearch {

    private static final int PROJECT_EVERY = 10;
    private static final double SMALLEST_NORM = 1e-9;

    /**
     * @param steps    steps of the search
     * @param stepSize η, in scaled units
     * @param inner    r
     * @param outer    γ·r
     */
    record Settings(int steps, double stepSize, double inner, double outer) {}

    /** The gradient of the logit with respect to its input. */
    interface Slope {

        /**
         * @param points {@code [rows, features]} row-major
         * @param slopes receives the gradient of each point, the same shape
         */
        void at(double[] points, double[] slopes);
    }

    private final Settings settings;
    private final int features;
    private final RandomGenerator random;

    /** @param random direction of points that lie exactly on their row */
    ShellSearch(Settings settings, int features, RandomGenerator random) {
        this.settings = settings;
        this.features = features;
        this.random = random;
    }

    /**
     * Moves the points.
     *
     * @param rows   the rows they belong to, {@code [rows, features]} row-major
     * @param points where the search starts; overwritten with where it ends
     */
    void run(double[] rows, double[] points, Slope slope) {
        double[] slopes = new double[points.length];
        for (int step = 1; step <= settings.steps(); step++) {
            slope.at(points, slopes);
            for (int from = 0; from < points.length; from += features) {
                descend(points, slopes, from);
            }
            if (step % PROJECT_EVERY == 0 || step == settings.steps()) {
                project(rows, points);
            }
        }
    }

    private void descend(double[] points, double[] slopes, int from) {
        double squares = 0;
        for (int j = from; j < from + features; j++) {
            squares += slopes[j] * slopes[j];
        }
        double length = settings.stepSize() / Math.max(Math.sqrt(squares), SMALLEST_NORM);
        for (int j = from; j < from + features; j++) {
            points[j] -= length * slopes[j];
        }
    }

    /** Brings every point into the shell around its row. */
    void project(double[] rows, double[] points) {
        for (int from = 0; from < points.length; from += features) {
            double distance = distance(rows, points, from);
            if (distance == 0 && settings.inner() == 0) {
                continue; // a shell without a hole
            }
            if (distance == 0) {
                leave(points, from);
                distance = distance(rows, points, from);
            }
            double factor = Math.max(settings.inner(), Math.min(settings.outer(), distance)) / distance;
            for (int j = from; j < from + features; j++) {
                points[j] = rows[j] + (points[j] - rows[j]) * factor;
            }
        }
    }

    private double distance(double[] rows, double[] points, int from) {
        double squares = 0;
        for (int j = from; j < from + features; j++) {
            double off = points[j] - rows[j];
            squares += off * off;
        }
        return Math.sqrt(squares);
    }

    private void leave(double[] points, int from) {
        for (int j = from; j < from + features; j++) {
            points[j] += random.nextGaussian();
        }
    }
}
