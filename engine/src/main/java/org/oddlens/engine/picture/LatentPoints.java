package org.oddlens.engine.picture;

/**
 * Latent codes in the plane.
 *
 * @param x first coordinate of each row
 * @param y second coordinate of each row
 * @param anomaly which rows are labelled anomalies; empty when there are no labels
 */
public record LatentPoints(float[] x, float[] y, boolean[] anomaly) {

    /** Checks that the arrays fit each other and keeps copies. */
    public LatentPoints {
        if (x.length != y.length || anomaly.length != 0 && anomaly.length != x.length) {
            throw new IllegalArgumentException(
                    x.length + " x values, " + y.length + " y values, " + anomaly.length + " labels");
        }
        x = x.clone();
        y = y.clone();
        anomaly = anomaly.clone();
    }

    /** Points without labels, such as memory items. */
    public static LatentPoints unlabelled(float[] x, float[] y) {
        return new LatentPoints(x, y, new boolean[0]);
    }

    int size() {
        return x.length;
    }

    boolean labelled() {
        return anomaly.length > 0;
    }

    boolean drawable(int row) {
        return Float.isFinite(x[row]) && Float.isFinite(y[row]);
    }

    boolean isAnomaly(int row) {
        return labelled() && anomaly[row];
    }

    int anomalies() {
        int count = 0;
        for (boolean is : anomaly) {
            count += is ? 1 : 0;
        }
        return count;
    }

    @Override
    public float[] x() {
        return x.clone();
    }

    @Override
    public float[] y() {
        return y.clone();
    }

    @Override
    public boolean[] anomaly() {
        return anomaly.clone();
    }

    double xAt(int row) {
        return x[row];
    }

    double yAt(int row) {
        return y[row];
    }
}
