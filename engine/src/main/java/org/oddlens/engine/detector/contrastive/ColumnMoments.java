package org.oddlens.engine.detector.contrastive;

/**
 * Mean and population variance of columns, block by block in double precision.
 *
 * <pre>
 * M ← M + M_b + (m_b − m)² · n · n_b / (n + n_b),   m ← m + (m_b − m) · n_b / (n + n_b),   variance = M / n
 * </pre>
 *
 * <p>with m, M of the rows so far and m_b, M_b those of a block: mean and sum of squared distances from it. Chan,
 * Golub, LeVeque, The American Statistician 37 (1983), doi:10.1080/00031305.1983.10483115.
 */
final class ColumnMoments {

    private final double[] mean;
    private final double[] squares;
    private long rows;

    ColumnMoments(int columns) {
        mean = new double[columns];
        squares = new double[columns];
    }

    /** Adds a block {@code [rows, columns]}, row-major. */
    void add(float... block) {
        int columns = mean.length;
        int count = block.length / columns;
        for (int j = 0; j < columns && count > 0; j++) {
            double sum = 0;
            for (int i = j; i < block.length; i += columns) {
                sum += block[i];
            }
            double own = sum / count;
            double ownSquares = 0;
            for (int i = j; i < block.length; i += columns) {
                ownSquares += (block[i] - own) * (block[i] - own);
            }
            double apart = own - mean[j];
            squares[j] += ownSquares + apart * apart * rows * count / (rows + count);
            mean[j] += apart * count / (rows + count);
        }
        rows += count;
    }

    /** Whether all means and variances are numbers. */
    boolean areFinite() {
        for (int j = 0; j < mean.length; j++) {
            if (!Float.isFinite((float) mean[j]) || !Float.isFinite((float) (squares[j] / rows))) {
                return false;
            }
        }
        return true;
    }

    float[] mean() {
        float[] floats = new float[mean.length];
        for (int j = 0; j < floats.length; j++) {
            floats[j] = (float) mean[j];
        }
        return floats;
    }

    /** Of the population. */
    float[] variance() {
        float[] floats = new float[mean.length];
        for (int j = 0; j < floats.length; j++) {
            floats[j] = (float) (squares[j] / rows);
        }
        return floats;
    }
}
