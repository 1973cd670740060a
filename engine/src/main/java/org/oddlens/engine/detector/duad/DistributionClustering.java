package org.oddlens.engine.detector.duad;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.oddlens.engine.detector.mixture.GaussianMixture;
import org.oddlens.engine.detector.mixture.SingularCovarianceException;
import org.oddlens.engine.projection.Pca;

/**
 * Distribution clustering: a Gaussian mixture with full covariances fitted by expectation and maximisation, each row in its
 * most probable component.
 *
 * <p>As in scikit-learn: k-means start, 1e-6 on every variance, end when the mean log-likelihood changes by less than 1e-3.
 * Differs for wide data: above 50 features, or with fewer than 10 rows for each, the first 20 principal components are
 * clustered, as a covariance of all features would be singular; and a mixture is fitted to at most
 * {@value #MOST_ROWS} rows drawn at random.
 */
final class DistributionClustering {

    /** Rows a mixture is fitted to; all rows are then assigned. */
    static final int MOST_ROWS = 20_000;

    private static final double RIDGE = 1e-6;
    private static final double TOLERANCE = 1e-3;
    private static final int MOST_ITERATIONS = 400;
    private static final int MOST_FEATURES = 50;
    private static final int ROWS_PER_FEATURE = 10;
    private static final int COMPONENTS = 20;
    private static final int ROWS_PER_CLUSTER = 5;

    private final int clusters;
    private final BooleanSupplier goOn;

    /**
     * @param clusters most clusters; never more than a fifth of the rows
     * @param goOn     asked at every iteration; false ends the fit early
     */
    DistributionClustering(int clusters, BooleanSupplier goOn) {
        this.clusters = clusters;
        this.goOn = goOn;
    }

    /**
     * Clusters rows.
     *
     * @param rows {@code [n, d]}, finite
     */
    TightClusters of(float[] rows, int d, RandomGenerator random) {
        int n = rows.length / d;
        double[] space;
        int width = d;
        if (d > MOST_FEATURES || n < ROWS_PER_FEATURE * d) {
            Pca axes = Pca.fit(rows, n, d, Math.min(COMPONENTS, d));
            width = axes.components();
            space = doubles(axes.project(rows, n));
        } else {
            space = doubles(rows);
        }
        if (width == 0) { // all rows are equal
            return new TightClusters(new double[n], new double[1], new int[n], 1);
        }
        int used = Math.min(clusters, Math.max(1, n / ROWS_PER_CLUSTER));
        GaussianMixture mixture = fit(sample(space, width, random), width, used, random);
        return new TightClusters(space, mixture.means(), labels(mixture, space), used);
    }

    private static double[] sample(double[] rows, int d, RandomGenerator random) {
        int n = rows.length / d;
        if (n <= MOST_ROWS) {
            return rows;
        }
        double[] drawn = new double[MOST_ROWS * d];
        int taken = 0;
        for (int i = 0; i < n && taken < MOST_ROWS; i++) {
            // Each row with the chance that fills the sample from the rows left.
            if (random.nextDouble() * (n - i) < MOST_ROWS - taken) {
                System.arraycopy(rows, i * d, drawn, taken++ * d, d);
            }
        }
        return drawn;
    }

    private GaussianMixture fit(double[] rows, int d, int k, RandomGenerator random) {
        int n = rows.length / d;
        double[] shares = new double[n * k];
        int[] start = KMeans.labels(rows, d, k, random);
        for (int i = 0; i < n; i++) {
            shares[i * k + start[i]] = 1;
        }
        GaussianMixture mixture = positiveDefinite(rows, shares, k);
        double before = Double.NEGATIVE_INFINITY;
        for (int iteration = 0; iteration < MOST_ITERATIONS && goOn.getAsBoolean(); iteration++) {
            double now = Arrays.stream(mixture.memberships(rows, shares)).sum() / n;
            mixture = positiveDefinite(rows, shares, k);
            if (Math.abs(now - before) < TOLERANCE) {
                break;
            }
            before = now;
        }
        return mixture;
    }

    /** Rows of very large numbers can need more than the usual ridge. */
    private static GaussianMixture positiveDefinite(double[] rows, double[] shares, int k) {
        double ridge = RIDGE;
        while (true) {
            try {
                return GaussianMixture.ofMemberships(rows, shares, k, ridge);
            } catch (SingularCovarianceException e) {
                if (!Double.isFinite(ridge)) {
                    throw e;
                }
                ridge *= 10;
            }
        }
    }

    /** Most probable component of each row, the first of equals. */
    static int[] labels(GaussianMixture mixture, double[] rows) {
        int k = mixture.components();
        double[] shares = new double[rows.length / mixture.dimensions() * k];
        mixture.memberships(rows, shares);
        int[] labels = new int[shares.length / k];
        for (int i = 0; i < labels.length; i++) {
            for (int c = 1; c < k; c++) {
                labels[i] = shares[i * k + c] > shares[i * k + labels[i]] ? c : labels[i];
            }
        }
        return labels;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        Arrays.setAll(doubles, i -> values[i]);
        return doubles;
    }
}
