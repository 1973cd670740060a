package org.oddlens.app.chart;

/** Counts points per square cell of a picture and shows the counts, or the mean score of a cell, as colours. */
final class DensityGrid {

    private final int cell;
    private final int columns;
    private final int rows;
    private final int[] counts;
    /** Cell of each pixel along an edge: a division for each of a million points would be dear. */
    private final int[] cellOf;

    private double[] places = {};

    /**
     * @param width  of the picture in pixels
     * @param height of the picture in pixels
     * @param cell   edge of a cell in pixels
     */
    DensityGrid(int width, int height, int cell) {
        this.cell = cell;
        this.columns = (width + cell - 1) / cell;
        this.rows = (height + cell - 1) / cell;
        this.counts = new int[columns * rows];
        this.cellOf = new int[Math.max(columns, rows) * cell];
        for (int pixel = 0; pixel < cellOf.length; pixel++) {
            cellOf[pixel] = pixel / cell;
        }
    }

    /** Counts a point at a pixel; outside the picture it is ignored. */
    void add(double x, double y) {
        int at = at(x, y);
        if (at >= 0) {
            counts[at]++;
        }
    }

    /** Likewise, for the mean of the places. */
    void add(double x, double y, double place) {
        int at = at(x, y);
        if (at >= 0) {
            if (places.length == 0) {
                places = new double[counts.length];
            }
            counts[at]++;
            places[at] += place;
        }
    }

    private int at(double x, double y) {
        return x >= 0 && y >= 0 && x < columns * cell && y < rows * cell // false for NaN, too
                ? cellOf[(int) y] * columns + cellOf[(int) x]
                : -1;
    }

    int count(int column, int row) {
        return counts[row * columns + column];
    }

    /** Fills the picture; the colour of a cell grows with the logarithm of its count. */
    void paintCounts(int[] pixels, int width, int height, int[] table) {
        int most = 1;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        double unit = 255 / Math.log1p(most);
        int[] colours = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            colours[i] = counts[i] == 0 ? 0 : table[(int) (Math.log1p(counts[i]) * unit)];
        }
        spread(pixels, width, height, colours);
    }

    /** Fills the picture with the mean place of each cell's points. */
    void paintMeans(int[] pixels, int width, int height, int[] table) {
        int[] colours = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            colours[i] = counts[i] == 0 ? 0 : table[(int) Math.round(255 * places[i] / counts[i])];
        }
        spread(pixels, width, height, colours);
    }

    private void spread(int[] pixels, int width, int height, int[] colours) {
        for (int y = 0; y < height; y++) {
            if (y % cell > 0) { // as the row above
                System.arraycopy(pixels, (y - 1) * width, pixels, y * width, width);
                continue;
            }
            int row = y / cell * columns;
            for (int x = 0; x < width; x++) {
                pixels[y * width + x] = colours[row + cellOf[x]];
            }
        }
    }
}
