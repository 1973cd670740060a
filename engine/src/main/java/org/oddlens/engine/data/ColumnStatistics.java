package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Summary of one feature over all rows; NaN and infinite values are counted as missing and left out of the rest.
 *
 * @param name     feature name
 * @param missing  NaN and infinite values
 * @param min      smallest value, NaN if all are missing
 * @param max      largest value
 * @param mean     arithmetic mean
 * @param sd       population standard deviation
 * @param median   median
 * @param skew     third standardised moment, 0 for a constant feature
 * @param constant all values are equal
 */
public record ColumnStatistics(
        String name,
        int missing,
        double min,
        double max,
        double mean,
        double sd,
        double median,
        double skew,
        boolean constant) {

    /** One summary per feature. */
    public static List<ColumnStatistics> of(Dataset dataset) {
        List<ColumnStatistics> all = new ArrayList<>();
        for (int j = 0; j < dataset.features(); j++) {
            all.add(of(dataset, j));
        }
        return List.copyOf(all);
    }

    /** The summary of one feature. */
    public static ColumnStatistics of(Dataset dataset, int feature) {
        int d = dataset.features();
        double[] column = new double[dataset.rows()];
        int n = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < column.length; i++) {
            double value = dataset.values().get(i * d + feature);
            if (Double.isFinite(value)) {
                column[n++] = value;
                min = Math.min(min, value);
                max = Math.max(max, value);
            }
        }
        String name = dataset.featureNames().get(feature);
        int missing = column.length - n;
        if (n == 0) {
            double none = Double.NaN;
            return new ColumnStatistics(name, missing, none, none, none, none, none, none, false);
        }
        boolean constant = min == max;
        double mean = constant ? min : Scaler.mean(column, n, min, max);
        double sd = constant ? 0 : Scaler.deviation(column, n, mean, min, max);
        double cubes = 0;
        for (int i = 0; i < n; i++) {
            double standard = sd > 0 ? (column[i] - mean) / sd : 0;
            cubes += standard * standard * standard;
        }
        double skew = cubes / n;
        return new ColumnStatistics(
                name,
                missing,
                min,
                max,
                mean,
                sd,
                new Median().of(column, n),
                Double.isFinite(skew) ? skew : 0,
                constant);
    }
}
