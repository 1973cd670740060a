package org.oddlens.app.chart;

import java.util.BitSet;

/**
 * Uniform grid over points in data units, about two points a cell: finds the nearest point to a place and the points
 * inside a polygon without looking at all of them.
 */
final class GridIndex {

    private static final double COSINE_OF_CONE = Math.cos(Math.toRadians(50));

    private final float[] x;
    private final float[] y;
    private final DataBox box;
    private final int columns;
    private final int rows;
    private final int[] start;
    private final int[] members;

    GridIndex(float[] x, float[] y) {
        this.x = x;
        this.y = y;
        this.box = DataBox.around(x, y);
        int side = (int) Math.max(1, Math.min(2048, Math.sqrt(x.length / 2.0)));
        this.columns = box.width() > 0 ? side : 1;
        this.rows = box.height() > 0 ? side : 1;
        int[] counts = new int[columns * rows + 1];
        int[] cell = new int[x.length];
        for (int i = 0; i < x.length; i++) {
            cell[i] = finite(i) ? row(y[i]) * columns + column(x[i]) : -1;
            if (cell[i] >= 0) {
                counts[cell[i] + 1]++;
            }
        }
        for (int c = 0; c < columns * rows; c++) {
            counts[c + 1] += counts[c];
        }
        this.start = counts.clone();
        this.members = new int[counts[columns * rows]];
        for (int i = 0; i < x.length; i++) {
            if (cell[i] >= 0) {
                members[counts[cell[i]]++] = i;
            }
        }
    }

    /**
     * The point nearest on the screen to a place, or −1 when none is within reach.
     *
     * @param px     data x of the place
     * @param py     data y of the place
     * @param reachX reach in units of x
     * @param reachY reach in units of y
     */
    int nearest(double px, double py, double reachX, double reachY) {
        int best = -1;
        double bestDistance = 1;
        for (int r = row(py - reachY); r <= row(py + reachY); r++) {
            for (int c = column(px - reachX); c <= column(px + reachX); c++) {
                int cell = r * columns + c;
                for (int k = start[cell]; k < start[cell + 1]; k++) {
                    int i = members[k];
                    double dx = (x[i] - px) / reachX;
                    double dy = (y[i] - py) / reachY;
                    double distance = dx * dx + dy * dy;
                    if (distance <= bestDistance) {
                        bestDistance = distance;
                        best = i;
                    }
                }
            }
        }
        return best;
    }

    /** All points inside a closed polygon (even-odd rule); its corners are in data units. */
    BitSet inside(double[] cornersX, double[] cornersY) {
        BitSet found = new BitSet(x.length);
        double minX = Double.POSITIVE_INFINITY;
        double maxX = Double.NEGATIVE_INFINITY;
        double minY = Double.POSITIVE_INFINITY;
        double maxY = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < cornersX.length; k++) {
            minX = Math.min(minX, cornersX[k]);
            maxX = Math.max(maxX, cornersX[k]);
            minY = Math.min(minY, cornersY[k]);
            maxY = Math.max(maxY, cornersY[k]);
        }
        if (minX > maxX) {
            return found;
        }
        for (int r = row(minY); r <= row(maxY); r++) {
            for (int c = column(minX); c <= column(maxX); c++) {
                int cell = r * columns + c;
                for (int k = start[cell]; k < start[cell + 1]; k++) {
                    int i = members[k];
                    if (contains(cornersX, cornersY, x[i], y[i])) {
                        found.set(i);
                    }
                }
            }
        }
        return found;
    }

    /**
     * The next point when walking from one point in a direction: within a cone of 50° to each side, the nearest on the
     * screen, where points off the axis count as further away. −1 when there is none.
     *
     * @param from   index of the point to leave
     * @param dirX   −1, 0 or 1; to the right is positive
     * @param dirY   −1, 0 or 1; upwards is positive
     * @param scaleX pixels per unit of x
     * @param scaleY pixels per unit of y
     */
    int next(int from, int dirX, int dirY, double scaleX, double scaleY) {
        int best = -1;
        double bestCost = Double.POSITIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            if (i == from || !finite(i)) {
                continue;
            }
            double dx = (x[i] - (double) x[from]) * scaleX;
            double dy = (y[i] - (double) y[from]) * scaleY;
            double length = Math.sqrt(dx * dx + dy * dy);
            double along = dx * dirX + dy * dirY;
            if (length > 0 && along >= COSINE_OF_CONE * length) {
                double cost = length * length / along;
                if (cost < bestCost) {
                    bestCost = cost;
                    best = i;
                }
            }
        }
        return best;
    }

    private static boolean contains(double[] cx, double[] cy, double px, double py) {
        boolean inside = false;
        for (int a = 0, b = cx.length - 1; a < cx.length; b = a++) {
            if (cy[a] > py != cy[b] > py && px < (cx[b] - cx[a]) * (py - cy[a]) / (cy[b] - cy[a]) + cx[a]) {
                inside = !inside;
            }
        }
        return inside;
    }

    private boolean finite(int i) {
        return Float.isFinite(x[i]) && Float.isFinite(y[i]);
    }

    private int column(double value) {
        return place(value, box.minX(), box.width(), columns);
    }

    private int row(double value) {
        return place(value, box.minY(), box.height(), rows);
    }

    private static int place(double value, double min, double span, int cells) {
        if (!(span > 0)) {
            return 0;
        }
        return (int) Math.max(0, Math.min(cells - 1, (value - min) / span * cells));
    }
}
