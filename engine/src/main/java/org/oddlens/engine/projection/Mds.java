package org.oddlens.engine.projection;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Metric multidimensional scaling to the plane by SMACOF: distances in the picture follow Euclidean distances of rows.
 *
 * <p>Starts from the two principal axes plus a little noise and majorises the raw stress
 * sum_{i&lt;j} (d_ij - delta_ij)^2 with Guttman's transform, which never raises it. Source: J. de Leeuw, "Applications
 * of convex analysis to multidimensional scaling", 1977.
 *
 * @param coordinates [rows, 2], centred
 * @param stress      Kruskal's stress-1, sqrt(sum (d - delta)^2 / sum delta^2), 0 = perfect
 * @param iterations  majorisation steps taken
 */
public record Mds(float[] coordinates, double stress, int iterations) {

    /** Most rows that are laid out; the effort grows with their square. */
    public static final int MAX_ROWS = 1_500;

    private static final int MAX_ITERATIONS = 300;
    private static final double TOLERANCE = 1e-6;

    /**
     * Lays out rows.
     *
     * @param values row-major [rows, columns], finite
     * @param random noise of the start; the same state gives the same picture
     * @throws IllegalArgumentException if there are more than {@link #MAX_ROWS} rows
     */
    public static Mds fit(float[] values, int rows, int columns, RandomGenerator random) {
        if (rows < 1 || rows > MAX_ROWS) {
            throw new IllegalArgumentException(
                    "Multidimensional scaling takes 1 to " + MAX_ROWS + " rows, not " + rows + "; draw a sample first");
        }
        double[] delta = distances(values, rows, columns);
        double sumOfSquares = 0;
        for (double distance : delta) {
            sumOfSquares += distance * distance;
        }
        double[] x = start(values, rows, columns, random, Math.sqrt(sumOfSquares / Math.max(1, delta.length)));
        if (sumOfSquares == 0) {
            return new Mds(new float[2 * rows], 0, 0);
        }
        double[] next = new double[2 * rows];
        double stress = Double.POSITIVE_INFINITY;
        int iteration = 0;
        while (iteration < MAX_ITERATIONS) {
            CentredRows.requireNotInterrupted();
            double now = Math.sqrt(guttman(delta, x, next, rows) / sumOfSquares);
            if (stress - now <= TOLERANCE * now + 1e-12) {
                stress = Math.min(stress, now);
                break;
            }
            stress = now;
            double[] swap = x;
            x = next;
            next = swap;
            iteration++;
        }
        float[] coordinates = new float[2 * rows];
        for (int i = 0; i < coordinates.length; i++) {
            coordinates[i] = (float) x[i];
        }
        return new Mds(coordinates, stress, iteration);
    }

    /** Upper triangle, row by row. */
    private static double[] distances(float[] values, int rows, int columns) {
        double[] delta = new double[rows * (rows - 1) / 2];
        int at = 0;
        for (int i = 0; i < rows; i++) {
            CentredRows.requireNotInterrupted();
            for (int j = i + 1; j < rows; j++) {
                double sum = 0;
                for (int c = 0; c < columns; c++) {
                    double d = (double) values[i * columns + c] - values[j * columns + c];
                    sum += d * d;
                }
                delta[at++] = Math.sqrt(sum);
            }
        }
        return delta;
    }

    private static double[] start(float[] values, int rows, int columns, RandomGenerator random, double spread) {
        Pca pca = Pca.fit(values, rows, columns, 2);
        float[] projected = pca.project(values, rows);
        double[] x = new double[2 * rows];
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < 2; c++) {
                double along = c < pca.components() ? projected[i * pca.components() + c] : 0;
                x[2 * i + c] = along + 1e-3 * spread * random.nextGaussian();
            }
        }
        return x;
    }

    /** Guttman's transform of x into next, centred; returns the raw stress of x. */
    private static double guttman(double[] delta, double[] x, double[] next, int rows) {
        Arrays.fill(next, 0);
        double stress = 0;
        int at = 0;
        for (int i = 0; i < rows; i++) {
            for (int j = i + 1; j < rows; j++) {
                double dx = x[2 * i] - x[2 * j];
                double dy = x[2 * i + 1] - x[2 * j + 1];
                double d = Math.sqrt(dx * dx + dy * dy);
                double target = delta[at++];
                stress += (d - target) * (d - target);
                if (d > 0) {
                    double ratio = target / d;
                    next[2 * i] += ratio * dx;
                    next[2 * j] -= ratio * dx;
                    next[2 * i + 1] += ratio * dy;
                    next[2 * j + 1] -= ratio * dy;
                }
            }
        }
        for (int i = 0; i < next.length; i++) {
            next[i] /= rows;
        }
        return stress;
    }
}
