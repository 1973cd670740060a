package org.oddlens.app.chart;

import java.util.Arrays;

/** Keeps what a line chart can show: per pixel column the first, lowest, highest and last point; pure. */
final class ColumnThinning {

    private ColumnThinning() {}

    /**
     * Chooses the points to draw. Points that are not finite are always kept, because they break the line.
     *
     * @param x       ascending
     * @param y       same length
     * @param columns pixel columns between the first and the last x
     * @return indices into {@code x} and {@code y}, ascending
     */
    static int[] keep(double[] x, double[] y, int columns) {
        int n = x.length;
        if (n <= 4 * Math.max(1, columns)) {
            return all(n);
        }
        double start = x[0];
        double step = (x[n - 1] - start) / columns;
        int[] kept = new int[n];
        int size = 0;
        int from = 0;
        while (from < n) {
            int column = column(x[from], start, step);
            int to = from;
            int low = -1;
            int high = -1;
            while (to < n && column(x[to], start, step) == column) {
                if (Double.isFinite(y[to])) {
                    low = low < 0 || y[to] < y[low] ? to : low;
                    high = high < 0 || y[to] > y[high] ? to : high;
                }
                to++;
            }
            for (int i = from; i < to; i++) {
                boolean edge = i == from || i == to - 1;
                if (edge || i == low || i == high || !Double.isFinite(y[i])) {
                    kept[size++] = i;
                }
            }
            from = to;
        }
        return Arrays.copyOf(kept, size);
    }

    private static int column(double x, double start, double step) {
        return step > 0 ? (int) ((x - start) / step) : 0;
    }

    private static int[] all(int n) {
        int[] indices = new int[n];
        Arrays.setAll(indices, i -> i);
        return indices;
    }
}
