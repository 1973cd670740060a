package org.oddlens.engine.study;

import java.util.Arrays;
import java.util.Locale;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.data.Scaler;
import org.oddlens.engine.projection.Mds;
import org.oddlens.engine.projection.Pca;
import org.oddlens.engine.run.RandomStreams;

/**
 * A picture of a data set in two dimensions, on min-max scaled features.
 *
 * @param method {@code pca} or {@code mds}
 * @param rows   indices of the rows shown
 * @param x      abscissae
 * @param y      ordinates
 * @param labels 1 anomaly, 0 normal, −1 unknown
 * @param note   what the picture keeps of the data, a sentence
 */
public record DataPicture(String method, int[] rows, float[] x, float[] y, int[] labels, String note) {

    private static final int PCA_ROWS = 12_000;

    /** More columns than this are wide. */
    private static final int WIDE = 800;

    /** The axes of so many values of wide rows are found in about a second. */
    private static final int MOST_FIT_VALUES = 2_000_000;

    private static final int FEWEST_FIT_ROWS = 64;
    private static final int MAX_ANOMALIES = 2_000;

    /**
     * Draws the picture.
     *
     * @param method {@code pca} (at most 12,000 rows, labelled anomalies first) or {@code mds} (at most 1,500 rows, seeded)
     */
    public static DataPicture of(DataSpec data, String method, long seed) {
        Dataset dataset = DataImport.load(data).dataset();
        boolean mds = method.equals("mds");
        RandomStreams streams = new RandomStreams(seed);
        int[] all = new int[dataset.rows()];
        Arrays.setAll(all, i -> i);
        int most = mds ? Mds.MAX_ROWS : PCA_ROWS;
        int anomalies = Math.min(MAX_ANOMALIES, most / 2);
        int[] rows = all.length <= most
                ? all
                : RowSample.of(
                        all,
                        dataset.labels().orElse(null),
                        anomalies,
                        most - anomalies,
                        streams.stream("picture rows"));
        FittedScaler scaler = Scaler.MIN_MAX.fit(dataset, all);
        float[] values = scaler.transform(dataset, rows);
        int features = dataset.features();
        float[] plane;
        String note;
        if (mds) {
            Mds result = Mds.fit(values, rows.length, features, streams.stream("picture start"));
            plane = result.coordinates();
            note = String.format(Locale.ROOT, "Metric MDS of %,d rows, stress %.3g.", rows.length, result.stress());
        } else if (features == 1) {
            plane = new float[rows.length * 2];
            for (int i = 0; i < rows.length; i++) {
                plane[2 * i] = values[i];
            }
            note = "One feature.";
        } else {
            int fitted = features <= WIDE
                    ? rows.length
                    : Math.min(rows.length, Math.max(FEWEST_FIT_ROWS, MOST_FIT_VALUES / features));
            Pca pca = Pca.fit(fitted == rows.length ? values : evenly(values, features, fitted), fitted, features, 2);
            plane = pca.project(values, rows.length);
            note = String.format(
                    Locale.ROOT,
                    fitted == rows.length
                            ? "Principal axes: %.0f %% of the variance of %,d rows."
                            : "Principal axes: %.0f %% of the variance of %,d of the %,d rows, evenly picked.",
                    100 * Arrays.stream(pca.explainedShare()).sum(),
                    fitted,
                    rows.length);
        }
        float[] x = new float[rows.length];
        float[] y = new float[rows.length];
        int[] labels = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            x[i] = plane[2 * i];
            y[i] = plane[2 * i + 1];
            labels[i] = dataset.labels().isEmpty() ? -1 : dataset.labels().get()[rows[i]] ? 1 : 0;
        }
        return new DataPicture(method, rows, x, y, labels, note);
    }

    private static float[] evenly(float[] values, int features, int count) {
        float[] picked = new float[count * features];
        long rows = values.length / features;
        for (int i = 0; i < count; i++) {
            System.arraycopy(values, (int) (i * rows / count) * features, picked, i * features, features);
        }
        return picked;
    }
}
