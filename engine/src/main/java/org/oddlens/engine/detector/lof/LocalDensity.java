package org.oddlens.engine.detector.lof;

import java.util.Optional;
import org.oddlens.engine.detector.solved.ExactNumbers;
import org.oddlens.engine.detector.solved.ParallelLoop;

/**
 * Local reachability densities of training rows T, and the local outlier factor made of them.
 *
 * <pre>
 * N(q)   = the k nearest rows of T, exactly k, ties by index; for a row of T without the row itself
 * kd(t)  = distance of t to the last of N(t)
 * lrd(q) = 1 / (mean over o in N(q) of max(kd(o), d(q, o)) + 1e-10)
 * LOF(q) = mean over o in N(q) of lrd(o) / lrd(q)
 * </pre>
 *
 * <p>Breunig, Kriegel, Ng, Sander, "LOF: Identifying Density-Based Local Outliers", SIGMOD 2000,
 * doi:10.1145/342009.335388. Differs as scikit-learn does: exactly k neighbours where the paper takes all that are
 * equally far as the k-th, and 1e-10 in the density so that more than k copies of a row leave it finite.
 */
final class LocalDensity {

    private static final double GUARD = 1e-10;
    private static final int ROUND = 64;

    /** Numbers compared in a round at most, well under a second, so that a stop is heard in time. */
    private static final long ROUND_NUMBERS = 100_000_000L;

    private final double[] rows;
    private final int features;
    private final Distance distance;
    private final NearestRows search;
    private final int k;
    private final double[] reach;
    private final double[] density;

    private LocalDensity(
            double[] rows,
            int features,
            Distance distance,
            NearestRows search,
            int k,
            double[] reach,
            double[] density) {
        this.rows = rows;
        this.features = features;
        this.distance = distance;
        this.search = search;
        this.k = k;
        this.reach = reach;
        this.density = density;
    }

    /**
     * Finds densities.
     *
     * @param rows {@code [n, features]} row-major, n at least 2; kept
     * @param k    neighbours, at most n − 1 are used
     * @return empty if told to stop
     */
    static Optional<LocalDensity> fit(double[] rows, int features, Distance distance, int k, ParallelLoop loop) {
        int n = rows.length / features;
        int used = Math.max(1, Math.min(k, n - 1));
        prepareAll(rows, features, distance);
        NearestRows search = NearestRows.of(rows, features, distance);
        int[] near = new int[Math.multiplyExact(n, used)];
        double[] far = new double[near.length];
        double[] reach = new double[n];
        boolean searched = loop.run(n, round(rows), i -> {
            Neighbours found = search.nearest(row(rows, features, i), used, i);
            for (int rank = 0; rank < used; rank++) {
                near[i * used + rank] = found.index(rank);
                far[i * used + rank] = distance.full(found.distance(rank));
            }
            reach[i] = far[i * used + used - 1];
        });
        if (!searched) {
            return Optional.empty();
        }
        double[] kept = ExactNumbers.rounded(reach);
        double[] density = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = 0;
            for (int at = i * used; at < (i + 1) * used; at++) {
                sum += Math.max(kept[near[at]], far[at]);
            }
            density[i] = 1 / (sum / used + GUARD);
        }
        return Optional.of(
                new LocalDensity(rows, features, distance, search, used, kept, ExactNumbers.rounded(density)));
    }

    /** From what {@link #rows}, {@link #reach} and {@link #density} gave. */
    static LocalDensity of(double[] rows, int features, Distance distance, int k, double[] reach, double[] density) {
        prepareAll(rows, features, distance);
        return new LocalDensity(rows, features, distance, NearestRows.of(rows, features, distance), k, reach, density);
    }

    /** Rows searched between two questions whether to go on. */
    static int round(double[] rows) {
        return (int) Math.max(1, Math.min(ROUND, ROUND_NUMBERS / rows.length));
    }

    private static void prepareAll(double[] rows, int features, Distance distance) {
        for (int at = 0; at < rows.length; at += features) {
            distance.prepare(rows, at, features);
        }
    }

    private static double[] row(double[] rows, int features, int index) {
        double[] row = new double[features];
        System.arraycopy(rows, index * features, row, 0, features);
        return row;
    }

    /** Factor of a row that is none of the training rows; an equal training row counts as a neighbour. */
    double novelty(double[] row) {
        double[] prepared = row.clone();
        distance.prepare(prepared, 0, features);
        return factor(search.nearest(prepared, k, NearestRows.NONE));
    }

    /** Factor of a row that is taken for the training row it equals, if there is one, which is left out then. */
    double inSample(double[] row) {
        double[] prepared = row.clone();
        distance.prepare(prepared, 0, features);
        Neighbours found = search.nearest(prepared, k, NearestRows.NONE);
        int first = found.index(0);
        return equal(first, prepared) ? factor(search.nearest(prepared, k, first)) : factor(found);
    }

    /** Factor of a training row among the others. */
    double ofTraining(int index) {
        return factor(search.nearest(row(rows, features, index), k, index));
    }

    /** The k-th neighbour of a training row: as far from it as its k-distance. */
    int lastNeighbour(int index) {
        return search.nearest(row(rows, features, index), k, index).index(k - 1);
    }

    private boolean equal(int index, double[] row) {
        for (int j = 0; j < features; j++) {
            if (rows[index * features + j] != row[j]) {
                return false;
            }
        }
        return true;
    }

    private double factor(Neighbours near) {
        double distances = 0;
        double densities = 0;
        for (int rank = 0; rank < k; rank++) {
            int o = near.index(rank);
            distances += Math.max(reach[o], distance.full(near.distance(rank)));
            densities += density[o];
        }
        double own = 1 / (distances / k + GUARD);
        return densities / k / own;
    }

    /** Number of rows. */
    int size() {
        return reach.length;
    }

    /** Neighbours used. */
    int neighbours() {
        return k;
    }

    /** Distance of each training row to its k-th neighbour. */
    double[] reach() {
        return reach.clone();
    }

    /** Local reachability density of each training row. */
    double[] density() {
        return density.clone();
    }
}
