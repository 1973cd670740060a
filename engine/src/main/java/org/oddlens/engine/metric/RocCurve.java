package org.oddlens.engine.metric;

/**
 * Receiver operating characteristic at the distinct scores, highest first, from the origin (0, 0).
 *
 * @param thresholds         scores; the first entry, of the origin, is positive infinity
 * @param falsePositiveRates share of normal rows at or above the threshold
 * @param truePositiveRates  share of anomalies at or above the threshold
 */
public record RocCurve(double[] thresholds, double[] falsePositiveRates, double[] truePositiveRates) {}
