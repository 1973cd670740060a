package org.oddlens.app.chart;

/** Debiased exponential mean of a series; pure. */
final class Smoothing {

    private Smoothing() {}

    /**
     * Smooths the whole series: {@code m = w·m + (1 − w)·v}, divided by {@code 1 − w^n} so that the first values are
     * not drawn towards zero. A value that is not finite stays as it is and does not enter the mean.
     *
     * @param values one value per epoch
     * @param weight weight of the past, 0 (no smoothing) to below 1
     */
    static double[] debiasedMean(double[] values, double weight) {
        if (!(weight >= 0 && weight < 1)) {
            throw new IllegalArgumentException("Smoothing must be from 0 to below 1, not " + weight);
        }
        double[] smooth = new double[values.length];
        double mean = 0;
        double bias = 1;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                smooth[i] = values[i];
                continue;
            }
            mean = weight * mean + (1 - weight) * values[i];
            bias *= weight;
            smooth[i] = mean / (1 - bias);
        }
        return smooth;
    }
}
