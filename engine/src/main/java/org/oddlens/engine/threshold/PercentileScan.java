package org.oddlens.engine.threshold;

import java.util.Arrays;
import org.oddlens.engine.metric.Confusion;
import org.oddlens.engine.metric.Percentile;

/**
 * The best of 100 percentile thresholds by F1, as two earlier programs choose theirs. Uses labels.
 *
 * @param level     the percentile level chosen, the first with the largest F1
 * @param threshold the percentile at that level
 * @param confusion counts at it
 */
public record PercentileScan(double level, double threshold, Confusion confusion) {

    private static final int LEVELS = 100;

    /**
     * Levels from 5 below to 5 above the share of normal rows in percent, clamped to [0, 100]; as in
     * ireydiak/anomaly_detection_NRCAN, which itself fails where the lower level is negative.
     */
    public static PercentileScan aroundNormalShare(double[] scores, boolean[] labels) {
        int normals = 0;
        for (boolean label : labels) {
            normals += label ? 0 : 1;
        }
        double share = 100.0 * normals / scores.length;
        return scan(scores, labels, Math.max(share - 5, 0), Math.min(share + 5, 100));
    }

    /** Levels from 0 to 100, as in UMDimReduction/autoencoder-Efficiency_vs_Tradeoffs. */
    public static PercentileScan overAll(double[] scores, boolean[] labels) {
        return scan(scores, labels, 0, 100);
    }

    private static PercentileScan scan(double[] scores, boolean[] labels, double low, double high) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        PercentileScan best = null;
        for (int i = 0; i < LEVELS; i++) {
            double level = Math.min(low + i * (high - low) / (LEVELS - 1), 100);
            double threshold = Percentile.ofSorted(sorted, level);
            Confusion counts = Confusion.at(scores, labels, threshold);
            if (best == null || counts.f1() > best.confusion.f1()) {
                best = new PercentileScan(level, threshold, counts);
            }
        }
        return best;
    }
}
