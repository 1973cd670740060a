package org.oddlens.engine.metric;

import java.util.Arrays;

/** Percentiles with linear interpolation between order statistics (NumPy's default, Hyndman and Fan type 7). */
public final class Percentile {

    private Percentile() {}

    /**
     * The percentile of unsorted values: h = (n - 1) q / 100, i = floor(h), s_i + (s_{i+1} - s_i)(h - i).
     *
     * @param values at least one, none NaN
     * @param level  q in [0, 100]
     */
    public static double of(double[] values, double level) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, level);
    }

    /** The same for values in ascending order. */
    public static double ofSorted(double[] sorted, double level) {
        if (sorted.length == 0) {
            throw new ScoreException("A percentile needs at least one value.");
        }
        if (!(level >= 0 && level <= 100)) {
            throw new ScoreException("A percentile level must lie between 0 and 100, not " + level + ".");
        }
        double h = (sorted.length - 1) * (level / 100);
        int i = Math.min((int) Math.floor(h), sorted.length - 1);
        if (i == sorted.length - 1) {
            return sorted[i];
        }
        return sorted[i] + (sorted[i + 1] - sorted[i]) * (h - i);
    }
}
