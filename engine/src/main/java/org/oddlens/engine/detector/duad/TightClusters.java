package org.oddlens.engine.detector.duad;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which rows lie in tight clusters.
 *
 * <pre>
 * v_c  = mean over the rows of cluster c of ‖z − μ_c‖²          a cluster without rows has none
 * keep = rows of the clusters with v_c ≤ the (100 − p) % percentile of all v
 * </pre>
 *
 * <p>So p is roughly the share of <em>clusters</em> that is rejected, in percent. The percentile interpolates linearly.
 * After the programs of Li, Wang, Liu, Lin, "Deep Unsupervised Anomaly Detection", WACV 2021.
 */
final class TightClusters {

    private final int[] labels;
    private final double[] variances;

    /**
     * @param rows   {@code [n, d]}
     * @param means  of the clusters, {@code [clusters, d]}
     * @param labels cluster of each row
     */
    TightClusters(double[] rows, double[] means, int[] labels, int clusters) {
        this.labels = labels;
        int d = means.length / clusters;
        double[] sums = new double[clusters];
        int[] counts = new int[clusters];
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]]++;
            for (int j = 0; j < d; j++) {
                double difference = rows[i * d + j] - means[labels[i] * d + j];
                sums[labels[i]] += difference * difference;
            }
        }
        // No rows, no variance: 0 / 0 is what is meant.
        variances = IntStream.range(0, clusters)
                .mapToDouble(c -> sums[c] / counts[c])
                .toArray();
    }

    /** v, NaN for a cluster without rows. */
    double[] variances() {
        return variances.clone();
    }

    /**
     * The largest variance that is kept.
     *
     * @param rejected p in percent
     */
    double threshold(double rejected) {
        double[] sorted = Arrays.stream(variances)
                .filter(variance -> !Double.isNaN(variance))
                .sorted()
                .toArray();
        double place = (sorted.length - 1) * (100 - rejected) / 100;
        int below = (int) Math.floor(place);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /**
     * Rows kept, ascending; more clusters are kept, the tightest first, until there are enough rows.
     *
     * @param rejected p in percent
     * @param fewest   rows to keep at least, at most all
     */
    int[] kept(double rejected, int fewest) {
        double limit = threshold(rejected);
        double[] sorted = Arrays.stream(variances)
                .filter(variance -> variance > threshold(rejected))
                .sorted()
                .toArray();
        int[] kept = within(limit);
        for (int i = 0; i < sorted.length && kept.length < fewest; i++) {
            kept = within(sorted[i]);
        }
        return kept;
    }

    private int[] within(double limit) {
        return IntStream.range(0, labels.length)
                .filter(i -> variances[labels[i]] <= limit)
                .toArray();
    }
}
