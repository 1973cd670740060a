package org.oddlens.engine.comparison;

import java.util.Arrays;

/**
 * Repeated values told in five numbers; NaN without any.
 *
 * @param n      how many are defined
 * @param mean   arithmetic mean
 * @param sd     population standard deviation, as the field's tables give it
 * @param median middle value, the mean of two where their number is even
 * @param min    smallest
 * @param max    largest
 */
public record Spread(int n, double mean, double sd, double median, double min, double max) {

    /** Of the values that are numbers. */
    public static Spread of(double... values) {
        double[] sorted =
                Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        int n = sorted.length;
        if (n == 0) {
            return new Spread(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double mean = Arrays.stream(sorted).average().orElseThrow();
        double squares = Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum();
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        return new Spread(n, mean, Math.sqrt(squares / n), median, sorted[0], sorted[n - 1]);
    }
}
