package org.oddlens.engine.detector.duad;

import java.util.random.RandomGenerator;

/**
 * Clusters rows round centres: k-means++ start, then Lloyd's iterations until no row changes its cluster.
 *
 * <p>D. Arthur and S. Vassilvitskii, "k-means++: The Advantages of Careful Seeding", SODA 2007. In double precision.
 */
final class KMeans {

    private static final int MOST_ITERATIONS = 300;

    private final double[] rows;
    private final int n;
    private final int d;
    private final int k;
    private final double[] centres;
    private final int[] labels;

    private KMeans(double[] rows, int d, int k) {
        this.rows = rows;
        this.n = rows.length / d;
        this.d = d;
        this.k = k;
        this.centres = new double[k * d];
        this.labels = new int[n];
    }

    /**
     * Cluster of each row.
     *
     * @param rows {@code [n, d]}
     * @param k    clusters, at most n
     */
    static int[] labels(double[] rows, int d, int k, RandomGenerator random) {
        KMeans clusters = new KMeans(rows, d, k);
        clusters.start(random);
        int iteration = 0;
        while (clusters.assign() && iteration++ < MOST_ITERATIONS) {
            clusters.centre();
        }
        return clusters.labels;
    }

    /** Each further centre is a row drawn by its squared distance to the nearest centre so far. */
    private void start(RandomGenerator random) {
        double[] nearest = new double[n];
        java.util.Arrays.fill(nearest, Double.POSITIVE_INFINITY);
        int drawn = random.nextInt(n);
        for (int c = 0; c < k; c++) {
            System.arraycopy(rows, drawn * d, centres, c * d, d);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                nearest[i] = Math.min(nearest[i], distance(i, c));
                sum += nearest[i];
            }
            double left = random.nextDouble() * sum;
            drawn = 0;
            while (drawn < n - 1 && (left -= nearest[drawn]) > 0) {
                drawn++;
            }
        }
        java.util.Arrays.fill(labels, -1);
    }

    private double distance(int row, int centre) {
        double sum = 0;
        for (int j = 0; j < d; j++) {
            double difference = rows[row * d + j] - centres[centre * d + j];
            sum += difference * difference;
        }
        return sum;
    }

    /** Whether a row changed its cluster. */
    private boolean assign() {
        boolean changed = false;
        for (int i = 0; i < n; i++) {
            int best = 0;
            double least = Double.POSITIVE_INFINITY;
            for (int c = 0; c < k; c++) {
                double distance = distance(i, c);
                if (distance < least) {
                    least = distance;
                    best = c;
                }
            }
            changed |= labels[i] != best;
            labels[i] = best;
        }
        return changed;
    }

    /** A cluster without rows keeps its centre. */
    private void centre() {
        double[] sums = new double[k * d];
        int[] counts = new int[k];
        for (int i = 0; i < n; i++) {
            counts[labels[i]]++;
            for (int j = 0; j < d; j++) {
                sums[labels[i] * d + j] += rows[i * d + j];
            }
        }
        for (int c = 0; c < k; c++) {
            for (int j = 0; j < d && counts[c] > 0; j++) {
                centres[c * d + j] = sums[c * d + j] / counts[c];
            }
        }
    }
}
