package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.Arrays;
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
        for (int i = 0; i < column.length; i++) {
            double value = dataset.values().get(i * d + feature);
            if (Double.isFinite(value)) {
                column[n++] = value;
            }
        }
        String name = dataset.featureNames().get(feature);
        int missing = column.length - n;
        if (n == 0) {
            double none = Double.NaN;
            return new ColumnStatistics(name, missing, none, none, none, none, none, none, false);
        }
        double[] sorted = Arrays.copyOf(column, n);
        Arrays.sort(sorted);
        boolean constant = sorted[0] == sorted[n - 1];
        double mean = constant ? sorted[0] : Scaler.mean(sorted);
        double sd = constant ? 0 : Scaler.deviation(sorted, mean);
        double cubes = 0;
        for (double value : sorted) {
            double standard = sd > 0 ? (value - mean) / sd : 0;
            cubes += standard * standard * standard;
        }
        double skew = cubes / n;
        return new ColumnStatistics(
                name,
                missing,
                sorted[0],
                sorted[n - 1],
                mean,
                sd,
                Scaler.percentile(sorted, 50),
                Double.isFinite(skew) ? skew : 0,
                constant);
    }
}
