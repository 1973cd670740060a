package org.oddlens.engine.data;

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
        throw new UnsupportedOperationException("later");
    }
}
