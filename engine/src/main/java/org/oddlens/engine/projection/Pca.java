package org.oddlens.engine.projection;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/**
 * Principal axes of rows: unit vectors along which the variance is largest.
 *
 * <p>The entry of largest magnitude of each axis is positive (the first such entry), so that pictures do not flip
 * between epochs or machines. Up to 64 columns, or 64 rows, the covariance of the columns, or the products of the centred
 * rows with each other, whose eigenvectors lead to the same axes, are decomposed exactly (Jacobi). Above that the leading
 * axes come from block power iteration with a fixed start: on that smaller matrix while one side has at most 800, else on
 * the rows themselves, without any matrix of columns by columns. The same values give the same bits.
 *
 * <p>Takes memory of about the rows for one side of at most 800, and little else beyond. An interrupt ends the work.
 */
public final class Pca {

    private static final int EXACT_SIDE = 64;
    private static final int MATRIX_SIDE = 800;
    private static final int EXTRA = 8;
    private static final int MAX_ITERATIONS = 300;
    private static final double CONVERGED = 1e-13;

    /** Without a matrix each step looks at all rows; pictures need no more digits. */
    private static final double CONVERGED_ON_ROWS = 1e-9;

    private static final int MAX_ITERATIONS_ON_ROWS = 60;

    /** Variance below this share of the largest is rounding, and its direction chance. */
    private static final double VANISHED = 1e-12;

    private final double[] mean;
    private final double[][] axes;
    private final double[] explained;

    private Pca(double[] mean, double[][] axes, double[] explained) {
        this.mean = mean;
        this.axes = axes;
        this.explained = explained;
    }

    /** A symmetric matrix by what it makes of vectors. */
    private interface Symmetric {
        int size();

        /** The matrix times each vector. */
        double[][] times(double[][] vectors);
    }

    /**
     * Fits.
     *
     * @param values     row-major [rows, columns], finite, at least one row
     * @param components number of axes wanted; fewer come back if columns are fewer
     * @throws CancellationException if the thread is interrupted
     */
    public static Pca fit(float[] values, int rows, int columns, int components) {
        if (rows < 1 || columns < 1 || components < 1 || values.length < (long) rows * columns) {
            throw new IllegalArgumentException("Expected at least one row of [" + rows + ", " + columns + "], found "
                    + values.length + " values for " + components + " axes");
        }
        int count = Math.min(components, columns);
        CentredRows centred = new CentredRows(values, rows, columns);
        SymmetricEigen eigen;
        if (columns <= EXACT_SIDE) {
            eigen = SymmetricEigen.of(centred.covariance());
        } else if (rows < columns && rows <= MATRIX_SIDE) {
            eigen = throughProducts(centred, count);
        } else if (columns <= MATRIX_SIDE) {
            eigen = leading(dense(centred.covariance()), count, CONVERGED, MAX_ITERATIONS);
        } else {
            eigen = leading(onRows(centred), count, CONVERGED_ON_ROWS, MAX_ITERATIONS_ON_ROWS);
        }
        double total = centred.variance();
        double[][] axes = Arrays.copyOf(eigen.vectors(), count);
        double[] explained = new double[count];
        for (int c = 0; c < count; c++) {
            turnPositive(axes[c]);
            explained[c] = total > 0 ? Math.max(0, eigen.values()[c]) / total : 0;
        }
        return new Pca(centred.mean(), axes, explained);
    }

    /**
     * By the products of the rows: with X the centred rows, an eigenvector u of XXᵀ makes the eigenvector Xᵀu of XᵀX, of
     * the same eigenvalue.
     */
    private static SymmetricEigen throughProducts(CentredRows rows, int count) {
        double[][] products = rows.products();
        int known = Math.min(count, products.length);
        SymmetricEigen eigen = products.length <= EXACT_SIDE
                ? SymmetricEigen.of(products)
                : leading(dense(products), known, CONVERGED, MAX_ITERATIONS);
        double[] values = Arrays.copyOf(eigen.values(), count);
        double[][] weights = new double[count][products.length];
        for (int c = 0; c < known; c++) {
            if (values[c] > VANISHED * values[0]) {
                weights[c] = eigen.vectors()[c];
            } else {
                values[c] = 0;
            }
        }
        double[][] axes = rows.combined(weights);
        orthonormalise(axes); // also where there are fewer directions than axes
        return new SymmetricEigen(values, axes);
    }

    private static Symmetric dense(double[][] matrix) {
        return new Symmetric() {
            @Override
            public int size() {
                return matrix.length;
            }

            @Override
            public double[][] times(double[][] vectors) {
                double[][] image = new double[vectors.length][matrix.length];
                for (int b = 0; b < vectors.length; b++) {
                    for (int j = 0; j < matrix.length; j++) {
                        image[b][j] = dot(matrix[j], vectors[b]);
                    }
                }
                return image;
            }
        };
    }

    /** The covariance of the columns, without making it. */
    private static Symmetric onRows(CentredRows rows) {
        return new Symmetric() {
            @Override
            public int size() {
                return rows.columns();
            }

            @Override
            public double[][] times(double[][] vectors) {
                return rows.covarianceTimes(vectors);
            }
        };
    }

    /** Leading axes by power iteration on a block, with a Rayleigh-Ritz step each time. */
    private static SymmetricEigen leading(Symmetric matrix, int count, double converged, int most) {
        int k = matrix.size();
        int block = Math.min(k, count + EXTRA);
        double[][] basis = new double[block][k];
        for (int b = 0; b < block; b++) {
            for (int j = 0; j < k; j++) {
                basis[b][j] = Math.sin(1.0 + 0.7 * j * (b + 1) + b); // fixed, not aligned with any axis
            }
        }
        orthonormalise(basis);
        double[] before = new double[count];
        SymmetricEigen ritz = null;
        for (int iteration = 0; iteration < most; iteration++) {
            CentredRows.requireNotInterrupted();
            double[][] image = matrix.times(basis);
            double[][] small = new double[block][block];
            for (int a = 0; a < block; a++) {
                for (int b = 0; b < block; b++) {
                    small[a][b] = dot(basis[a], image[b]);
                }
            }
            for (int a = 0; a < block; a++) {
                for (int b = a + 1; b < block; b++) {
                    small[a][b] = small[b][a] = (small[a][b] + small[b][a]) / 2;
                }
            }
            SymmetricEigen rotation = SymmetricEigen.of(small);
            ritz = new SymmetricEigen(rotation.values(), combine(rotation.vectors(), basis));
            basis = combine(rotation.vectors(), image);
            orthonormalise(basis);
            double change = 0;
            for (int c = 0; c < count; c++) {
                change = Math.max(change, Math.abs(ritz.values()[c] - before[c]));
                before[c] = ritz.values()[c];
            }
            if (iteration > 4 && change <= converged * Math.abs(before[0])) {
                break;
            }
        }
        return ritz;
    }

    private static double[][] combine(double[][] weights, double[][] rows) {
        double[][] out = new double[weights.length][rows[0].length];
        for (int a = 0; a < weights.length; a++) {
            for (int b = 0; b < rows.length; b++) {
                for (int j = 0; j < rows[b].length; j++) {
                    out[a][j] += weights[a][b] * rows[b][j];
                }
            }
        }
        return out;
    }

    /** Modified Gram-Schmidt, twice; a vanishing vector is replaced by a coordinate axis. */
    private static void orthonormalise(double[][] basis) {
        for (int b = 0; b < basis.length; b++) {
            double before = Math.sqrt(dot(basis[b], basis[b]));
            for (int pass = 0; pass < 2; pass++) {
                removeEarlier(basis, b);
            }
            double norm = Math.sqrt(dot(basis[b], basis[b]));
            for (int axis = 0; axis < basis[b].length && !(norm > 1e-12 * before && norm > 1e-150); axis++) {
                Arrays.fill(basis[b], 0);
                basis[b][axis] = 1;
                removeEarlier(basis, b);
                norm = Math.sqrt(dot(basis[b], basis[b]));
                before = 1e6; // accept an axis only if a good part of it is left
            }
            for (int j = 0; j < basis[b].length; j++) {
                basis[b][j] /= norm;
            }
        }
    }

    private static void removeEarlier(double[][] basis, int b) {
        for (int a = 0; a < b; a++) {
            double share = dot(basis[a], basis[b]);
            for (int j = 0; j < basis[b].length; j++) {
                basis[b][j] -= share * basis[a][j];
            }
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void turnPositive(double[] axis) {
        double largest = 0;
        for (double entry : axis) {
            largest = Math.max(largest, Math.abs(entry));
        }
        // the first entry within rounding of the largest decides, so that two equal entries do not flip the axis
        for (double entry : axis) {
            if (Math.abs(entry) >= largest * (1 - 1e-9)) {
                for (int j = 0; entry < 0 && j < axis.length; j++) {
                    axis[j] = -axis[j];
                }
                return;
            }
        }
    }

    public int components() {
        return axes.length;
    }

    /** Column means, [columns]. */
    public double[] mean() {
        return mean.clone();
    }

    /** Unit axes, [components][columns]. */
    public double[][] axes() {
        return Arrays.stream(axes).map(double[]::clone).toArray(double[][]::new);
    }

    /** Share of the total variance along each axis; 0 if there is no variance. */
    public double[] explainedShare() {
        return explained.clone();
    }

    /** Coordinates of rows [rows, columns] along the axes: [rows, components]. */
    public float[] project(float[] values, int rows) {
        float[] out = new float[Math.multiplyExact(rows, axes.length)];
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < axes.length; c++) {
                double sum = 0;
                for (int j = 0; j < mean.length; j++) {
                    sum += (values[i * mean.length + j] - mean[j]) * axes[c][j];
                }
                out[i * axes.length + c] = (float) sum;
            }
        }
        return out;
    }
}
