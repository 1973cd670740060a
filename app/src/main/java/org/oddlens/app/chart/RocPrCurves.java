package org.oddlens.app.chart;

/**
 * Points of the ROC and the PR curve, computed by the engine. Thresholds fall from point to point.
 *
 * @param falsePositiveRate x of the ROC curve, ascending
 * @param truePositiveRate  y of the ROC curve
 * @param rocThreshold      score from which rows count as anomalies at each ROC point
 * @param recall            x of the PR curve, ascending
 * @param precision         y of the PR curve
 * @param prThreshold       score from which rows count as anomalies at each PR point
 * @param auroc             area under the ROC curve
 * @param auprc             average precision
 * @param anomalyShare      share of anomalies: the precision of guessing
 */
public record RocPrCurves(
        double[] falsePositiveRate,
        double[] truePositiveRate,
        double[] rocThreshold,
        double[] recall,
        double[] precision,
        double[] prThreshold,
        double auroc,
        double auprc,
        double anomalyShare) {

    /** Index of the last point whose threshold is at or above a score; −1 before the first. */
    static int pointAt(double[] thresholds, double score) {
        int from = 0;
        int to = thresholds.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (thresholds[middle] >= score) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from - 1;
    }
}
