package org.oddlens.app.chart;

import java.util.Arrays;
import java.util.List;

/**
 * One picture of rows in a plane: what the latent scatter draws. The arrays belong to the frame after it is made and
 * are not changed any more.
 *
 * @param x              first coordinate per row, not finite for a row that cannot be placed
 * @param y              second coordinate per row
 * @param label          0 normal, 1 anomaly, −1 unknown
 * @param score          anomaly score per row; empty when rows are not scored yet
 * @param rowIds         number of each row in the data set
 * @param anatomy        the detector's own objects in the same space
 * @param xTitle         what x is
 * @param yTitle         what y is
 * @param totalRows      rows of the data set, of which this frame may be a sample
 * @param totalAnomalies labelled anomalies of the data set
 * @param strip          whether y is log10 of the score because the latent code has one dimension
 * @param names          what each row is called; empty where rows are called by their numbers
 */
public record ScatterFrame(
        float[] x,
        float[] y,
        byte[] label,
        double[] score,
        int[] rowIds,
        List<AnatomyLayer> anatomy,
        String xTitle,
        String yTitle,
        long totalRows,
        long totalAnomalies,
        boolean strip,
        String[] names) {

    private static final String[] NUMBERED = {};

    /** Checks that all arrays speak of the same rows. */
    public ScatterFrame {
        anatomy = List.copyOf(anatomy);
        int n = x.length;
        if (y.length != n
                || label.length != n
                || rowIds.length != n
                || score.length != n && score.length != 0
                || names.length != n && names.length != 0) {
            throw new IllegalArgumentException("Frame arrays differ in length: x " + n + ", y " + y.length + ", label "
                    + label.length + ", score " + score.length + ", rowIds " + rowIds.length + ", names "
                    + names.length);
        }
    }

    /** All rows of a data set in two dimensions. */
    public static ScatterFrame of(float[] x, float[] y, byte[] label, double[] score, int[] rowIds) {
        return new ScatterFrame(
                x,
                y,
                label,
                score,
                rowIds,
                List.of(),
                "Latent 1",
                "Latent 2",
                x.length,
                anomalies(label),
                false,
                NUMBERED);
    }

    /**
     * A latent code of one dimension against its score on a log axis.
     *
     * @param logScore log10 of the score per row, as the engine places it
     */
    public static ScatterFrame strip(float[] code, float[] logScore, byte[] label, double[] score, int[] rowIds) {
        return new ScatterFrame(
                code,
                logScore,
                label,
                score,
                rowIds,
                List.of(),
                "Latent code",
                "Anomaly score (log)",
                code.length,
                anomalies(label),
                true,
                NUMBERED);
    }

    /** The same rows with objects of the detector's own drawn above them. */
    public ScatterFrame withAnatomy(List<AnatomyLayer> layers) {
        return new ScatterFrame(
                x, y, label, score, rowIds, layers, xTitle, yTitle, totalRows, totalAnomalies, strip, names);
    }

    /** The same rows with other axis titles. */
    public ScatterFrame withTitles(String forX, String forY) {
        return new ScatterFrame(
                x, y, label, score, rowIds, anatomy, forX, forY, totalRows, totalAnomalies, strip, names);
    }

    /** The same rows, said to be a sample of a larger data set. */
    public ScatterFrame sampledFrom(long rows, long anomalies) {
        return new ScatterFrame(x, y, label, score, rowIds, anatomy, xTitle, yTitle, rows, anomalies, strip, names);
    }

    /** The same rows with names of their own, in place of their numbers. */
    public ScatterFrame named(String[] rowNames) {
        return new ScatterFrame(
                x, y, label, score, rowIds, anatomy, xTitle, yTitle, totalRows, totalAnomalies, strip, rowNames);
    }

    /** What the row at a position is called. */
    String name(int position) {
        return names.length == 0 ? Integer.toString(rowIds[position]) : names[position];
    }

    /** Number of rows in this frame. */
    public int size() {
        return x.length;
    }

    /** Whether rows have scores. */
    public boolean scored() {
        return score.length > 0;
    }

    /** How much of the data is drawn: "Showing 10,000 of 250,000 (4 %), all 812 anomalies". */
    public String caption() {
        long shown = anomalies(label);
        StringBuilder text = new StringBuilder("Showing ");
        if (size() == totalRows) {
            text.append("all ").append(NumberText.count(size())).append(size() == 1 ? " row" : " rows");
        } else {
            text.append(NumberText.count(size())).append(" of ").append(NumberText.count(totalRows));
            text.append(" (")
                    .append(NumberText.percent((double) size() / totalRows))
                    .append(")");
        }
        if (totalAnomalies == 1) {
            text.append(", the 1 anomaly");
        } else if (totalAnomalies > 0) {
            text.append(shown == totalAnomalies ? ", all " : ", " + NumberText.count(shown) + " of ");
            text.append(NumberText.count(totalAnomalies)).append(" anomalies");
        }
        int unplaced = unplaced();
        if (unplaced > 0) {
            text.append("; ").append(NumberText.count(unplaced)).append(" not drawn (not a number)");
        }
        return text.toString();
    }

    private int unplaced() {
        int count = 0;
        for (int i = 0; i < x.length; i++) {
            count += Float.isFinite(x[i]) && Float.isFinite(y[i]) ? 0 : 1;
        }
        return count;
    }

    private static long anomalies(byte[] label) {
        long count = 0;
        for (byte l : label) {
            count += l == 1 ? 1 : 0;
        }
        return count;
    }

    @Override
    public String toString() {
        return "ScatterFrame[" + caption() + ", x " + Arrays.toString(Arrays.copyOf(x, Math.min(3, x.length))) + "…]";
    }
}
