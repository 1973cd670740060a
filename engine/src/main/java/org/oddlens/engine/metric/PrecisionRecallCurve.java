package org.oddlens.engine.metric;

/**
 * Precision and recall at the distinct scores, highest first; no artificial end point.
 *
 * @param thresholds scores
 * @param precisions share of anomalies among the rows at or above the threshold
 * @param recalls    share of the anomalies at or above the threshold
 */
public record PrecisionRecallCurve(double[] thresholds, double[] precisions, double[] recalls) {}
