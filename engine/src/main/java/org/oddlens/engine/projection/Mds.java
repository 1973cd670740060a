package org.oddlens.engine.projection;

import java.util.random.RandomGenerator;

/**
 * Metric multidimensional scaling to the plane by SMACOF: distances in the picture follow Euclidean distances of rows.
 *
 * @param coordinates [rows, 2], centred
 * @param stress      Kruskal's stress-1, sqrt(sum (d - delta)^2 / sum delta^2), 0 = perfect
 * @param iterations  majorisation steps taken
 */
public record Mds(float[] coordinates, double stress, int iterations) {

    /** Most rows that are laid out; the effort grows with their square. */
    public static final int MAX_ROWS = 1_500;

    /**
     * Lays out rows.
     *
     * @param values row-major [rows, columns], finite
     * @throws IllegalArgumentException if there are more than {@link #MAX_ROWS} rows
     */
    public static Mds fit(float[] values, int rows, int columns, RandomGenerator random) {
        throw new UnsupportedOperationException("later");
    }
}
