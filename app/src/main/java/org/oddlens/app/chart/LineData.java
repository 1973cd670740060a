package org.oddlens.app.chart;

import java.util.List;
import org.jfree.data.xy.AbstractXYDataset;

/** Ready arrays as a JFreeChart data set: nothing is copied, boxed only where the library asks, and never changed. */
final class LineData extends AbstractXYDataset {

    private static final long serialVersionUID = 1L;

    /** One line. */
    record Line(double[] x, double[] y) {}

    private final transient List<Line> lines;

    LineData(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    @Override
    public int getSeriesCount() {
        return lines.size();
    }

    @Override
    public Integer getSeriesKey(int series) {
        return series;
    }

    @Override
    public int getItemCount(int series) {
        return lines.get(series).x().length;
    }

    @Override
    public Number getX(int series, int item) {
        return getXValue(series, item);
    }

    @Override
    public Number getY(int series, int item) {
        return getYValue(series, item);
    }

    @Override
    public double getXValue(int series, int item) {
        return lines.get(series).x()[item];
    }

    @Override
    public double getYValue(int series, int item) {
        return lines.get(series).y()[item];
    }
}
