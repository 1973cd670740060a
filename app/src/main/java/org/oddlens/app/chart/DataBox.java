package org.oddlens.app.chart;

/** Smallest rectangle around points in data units. */
record DataBox(double minX, double minY, double maxX, double maxY) {

    /** Around all points with two finite coordinates; the unit square where there is none. */
    static DataBox around(float[] x, float[] y) {
        float minX = Float.POSITIVE_INFINITY;
        float minY = Float.POSITIVE_INFINITY;
        float maxX = Float.NEGATIVE_INFINITY;
        float maxY = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            if (Float.isFinite(x[i]) && Float.isFinite(y[i])) {
                minX = Math.min(minX, x[i]);
                maxX = Math.max(maxX, x[i]);
                minY = Math.min(minY, y[i]);
                maxY = Math.max(maxY, y[i]);
            }
        }
        return minX > maxX ? new DataBox(-0.5, -0.5, 0.5, 0.5) : new DataBox(minX, minY, maxX, maxY);
    }

    /** The smallest box around this one and another. */
    DataBox with(DataBox other) {
        return new DataBox(
                Math.min(minX, other.minX),
                Math.min(minY, other.minY),
                Math.max(maxX, other.maxX),
                Math.max(maxY, other.maxY));
    }

    double width() {
        return maxX - minX;
    }

    double height() {
        return maxY - minY;
    }

    double centreX() {
        return minX / 2 + maxX / 2;
    }

    double centreY() {
        return minY / 2 + maxY / 2;
    }
}
