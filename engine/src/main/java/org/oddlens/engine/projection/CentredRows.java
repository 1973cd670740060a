package org.oddlens.engine.projection;

import java.util.concurrent.CancellationException;

/**
 * Rows with the mean of each column subtracted as they are looked at, so that they are never held twice.
 *
 * <p>Each method may take long and ends with a {@link CancellationException} if the thread is interrupted.
 */
final class CentredRows {

    private final float[] values;
    private final int rows;
    private final int columns;
    private final double[] mean;

    /** @param values row-major [rows, columns], finite */
    CentredRows(float[] values, int rows, int columns) {
        this.values = values;
        this.rows = rows;
        this.columns = columns;
        this.mean = new double[columns];
        for (int i = 0, at = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                mean[j] += values[at++];
            }
        }
        for (int j = 0; j < columns; j++) {
            mean[j] /= rows;
        }
    }

    int columns() {
        return columns;
    }

    /** Column means, shared. */
    double[] mean() {
        return mean;
    }

    private void row(int i, double[] into) {
        requireNotInterrupted();
        int at = i * columns;
        for (int j = 0; j < columns; j++) {
            into[j] = values[at + j] - mean[j];
        }
    }

    /** Variances of the columns together, by the number of rows. */
    double variance() {
        double[] row = new double[columns];
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            row(i, row);
            double squares = 0;
            for (double value : row) {
                squares += value * value;
            }
            sum += squares;
        }
        return sum / rows;
    }

    /** [columns, columns], by the number of rows. */
    double[][] covariance() {
        double[][] c = new double[columns][columns];
        double[] row = new double[columns];
        for (int i = 0; i < rows; i++) {
            row(i, row);
            for (int j = 0; j < columns; j++) {
                double factor = row[j];
                if (factor != 0) {
                    double[] target = c[j];
                    for (int l = j; l < columns; l++) {
                        target[l] += factor * row[l];
                    }
                }
            }
        }
        return halved(c);
    }

    /** Products of the rows with each other, [rows, rows], by the number of rows. */
    double[][] products() {
        double[][] g = new double[rows][rows];
        double[] row = new double[columns];
        for (int i = 0; i < rows; i++) {
            row(i, row);
            for (int k = i; k < rows; k++) {
                int at = k * columns;
                double sum = 0;
                for (int j = 0; j < columns; j++) {
                    sum += row[j] * (values[at + j] - mean[j]);
                }
                g[i][k] = sum;
            }
        }
        return halved(g);
    }

    /** Sums over the rows became means, and the half above the diagonal is copied below. */
    private double[][] halved(double[][] upper) {
        for (int j = 0; j < upper.length; j++) {
            for (int l = j; l < upper.length; l++) {
                upper[j][l] /= rows;
                upper[l][j] = upper[j][l];
            }
        }
        return upper;
    }

    /** Sums of the rows with these weights, [n, rows] to [n, columns]. */
    double[][] combined(double[][] weights) {
        double[][] sums = new double[weights.length][columns];
        double[] row = new double[columns];
        for (int i = 0; i < rows; i++) {
            row(i, row);
            for (int c = 0; c < weights.length; c++) {
                add(weights[c][i], row, sums[c]);
            }
        }
        return sums;
    }

    /** The covariance times each vector, [n, columns], in one pass over the rows. */
    double[][] covarianceTimes(double[][] vectors) {
        double[][] image = new double[vectors.length][columns];
        double[] row = new double[columns];
        for (int i = 0; i < rows; i++) {
            row(i, row);
            for (int b = 0; b < vectors.length; b++) {
                double along = 0;
                for (int j = 0; j < columns; j++) {
                    along += row[j] * vectors[b][j];
                }
                add(along / rows, row, image[b]);
            }
        }
        return image;
    }

    private static void add(double factor, double[] row, double[] sum) {
        for (int j = 0; j < row.length; j++) {
            sum[j] += factor * row[j];
        }
    }

    static void requireNotInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The picture is no longer wanted.");
        }
    }
}
