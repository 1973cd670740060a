package org.oddlens.engine.metric;

/**
 * Counts of decisions against labels; the positive class is anomaly.
 *
 * <p>A ratio with a zero denominator is 0, as in scikit-learn.
 *
 * @param tp anomalies called anomalies
 * @param fp normal rows called anomalies
 * @param tn normal rows called normal
 * @param fn anomalies called normal
 */
public record Confusion(int tp, int fp, int tn, int fn) {

    /** Decides {@code score >= threshold} and counts. */
    public static Confusion at(double[] scores, boolean[] labels, double threshold) {
        int tp = 0;
        int fp = 0;
        int tn = 0;
        int fn = 0;
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] >= threshold) {
                if (labels[i]) {
                    tp++;
                } else {
                    fp++;
                }
            } else if (labels[i]) {
                fn++;
            } else {
                tn++;
            }
        }
        return new Confusion(tp, fp, tn, fn);
    }

    public double precision() {
        return ratio(tp, tp + fp);
    }

    public double recall() {
        return ratio(tp, tp + fn);
    }

    /** 2 tp / (2 tp + fp + fn). */
    public double f1() {
        return ratio(2.0 * tp, 2.0 * tp + fp + fn);
    }

    public double accuracy() {
        return ratio((double) tp + tn, (double) tp + fp + tn + fn);
    }

    /** Mean of the precisions of both classes. */
    public double macroPrecision() {
        return (precision() + ratio(tn, (double) tn + fn)) / 2;
    }

    /** Mean of the recalls of both classes. */
    public double macroRecall() {
        return (recall() + ratio(tn, (double) tn + fp)) / 2;
    }

    /** Harmonic mean of {@link #macroPrecision()} and {@link #macroRecall()}; not the mean of the F1 values. */
    public double macroF1() {
        double p = macroPrecision();
        double r = macroRecall();
        return ratio(2 * p * r, p + r);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
