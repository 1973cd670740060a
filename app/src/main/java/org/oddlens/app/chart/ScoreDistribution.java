package org.oddlens.app.chart;

import java.util.Arrays;

/**
 * Scores counted in equal bins per label, and sorted for counting above a threshold. Made off the UI thread for large
 * data; pure. Where scores outside the 0.5th to 99.5th percentile would squeeze all others into less than half of the
 * axis, the axis ends there and the outermost bin holds all beyond.
 *
 * @param low    lower edge of the first bin as drawn
 * @param high   upper edge of the last bin as drawn
 * @param counts {@code [3][bins]}: normal, anomaly, unlabelled
 * @param sorted finite scores, ascending
 * @param left   rows without a finite score
 */
public record ScoreDistribution(double low, double high, int[][] counts, double[] sorted, int left) {

    private static final int UNLABELLED = 2;
    private static final int FEW = 50;

    /** A bar this many times as high as the next one leaves the others a few pixels. */
    private static final int TOWERS = 20;

    /**
     * Counts scores.
     *
     * @param scores one per row
     * @param labels one per row: 0 normal, 1 anomaly, −1 unknown
     * @param bins   number of bins, 2 to 2,000
     */
    public static ScoreDistribution of(double[] scores, byte[] labels, int bins) {
        double[] finite = new double[scores.length];
        int n = 0;
        for (double score : scores) {
            if (Double.isFinite(score)) {
                finite[n++] = score;
            }
        }
        double[] sorted = Arrays.copyOf(finite, n);
        Arrays.sort(sorted);
        double low = n == 0 ? 0 : sorted[0];
        double high = n == 0 ? 1 : sorted[n - 1];
        if (!(high > low)) { // all equal: one bin in the middle holds all
            double half = low == 0 ? 0.5 : Math.abs(low) / 2;
            low -= half;
            high += half;
        } else if (n >= FEW) {
            double from = sorted[(int) Math.floor(0.005 * (n - 1))];
            double to = sorted[(int) Math.ceil(0.995 * (n - 1))];
            double core = to - from;
            boolean cutLow = core > 0 && from - low > core;
            boolean cutHigh = core > 0 && high - to > core;
            double first = cutLow ? from : low;
            double last = cutHigh ? to : high;
            double bin = (last - first) / (bins - (cutLow ? 1 : 0) - (cutHigh ? 1 : 0));
            low = cutLow ? first - bin : low;
            high = cutHigh ? last + bin : high;
        }
        int[][] counts = new int[3][bins];
        for (int i = 0; i < scores.length; i++) {
            if (Double.isFinite(scores[i])) {
                counts[labels[i] < 0 ? UNLABELLED : labels[i]][bin(scores[i], low, high, bins)]++;
            }
        }
        return new ScoreDistribution(low, high, counts, sorted, scores.length - n);
    }

    /** A bin holds the scores from its lower edge up to, but not at, its upper one; the outermost bins hold the rest. */
    private static int bin(double score, double low, double high, int bins) {
        int bin = (int) Math.max(0, Math.min(bins - 1.0, (score - low) / (high - low) * bins));
        while (bin > 0
                && score < edge(bin, low, high, bins)) { // rounding must not part a row from the edge it is drawn at
            bin--;
        }
        while (bin < bins - 1 && score >= edge(bin + 1, low, high, bins)) {
            bin++;
        }
        return bin;
    }

    private static double edge(int bin, double low, double high, int bins) {
        return low + (high - low) * bin / bins;
    }

    /** The bin that counts a finite score. */
    int binOf(double score) {
        return bin(score, low, high, bins());
    }

    /** Number of bins. */
    public int bins() {
        return counts[0].length;
    }

    /** Rows with a finite score. */
    public int rows() {
        return sorted.length;
    }

    /** Rows whose score is at or above a threshold: those that would be called anomalies. */
    public int atOrAbove(double threshold) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < threshold) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return sorted.length - from;
    }

    /** Lower edge of a bin; the upper edge of the last one for {@code bins()}. */
    public double edge(int bin) {
        return edge(bin, low, high, bins());
    }

    /** Whether the first bin also holds scores below its lower edge. */
    public boolean cutLow() {
        return sorted.length > 0 && sorted[0] < low;
    }

    /** Whether the last bin also holds scores above its upper edge. */
    public boolean cutHigh() {
        return sorted.length > 0 && sorted[sorted.length - 1] > high;
    }

    /** Scores that a bin holds, which for an outermost one may be more than is drawn. */
    public ScoreRange range(int bin) {
        boolean last = bin == bins() - 1;
        return new ScoreRange(
                bin == 0 && cutLow() ? sorted[0] : edge(bin),
                last && sorted.length > 0 ? Math.max(edge(bin + 1), sorted[sorted.length - 1]) : edge(bin + 1),
                last);
    }

    /** Whether all rows have the same score. */
    public boolean allEqual() {
        return sorted.length > 0 && sorted[0] == sorted[sorted.length - 1];
    }

    int most() {
        int most = 0;
        for (int[] perBin : counts) {
            for (int count : perBin) {
                most = Math.max(most, count);
            }
        }
        return most;
    }

    /** Whether one bar is so high that on a linear axis nothing is seen of the others. */
    public boolean oneBarTowers() {
        int highest = 0;
        int next = 0;
        for (int bin = 0; bin < bins(); bin++) {
            int rows = counts[0][bin] + counts[1][bin] + counts[UNLABELLED][bin];
            next = Math.max(next, Math.min(rows, highest));
            highest = Math.max(highest, rows);
        }
        return next > 0 && highest > TOWERS * next;
    }

    boolean has(int kind) {
        for (int count : counts[kind]) {
            if (count > 0) {
                return true;
            }
        }
        return false;
    }
}
