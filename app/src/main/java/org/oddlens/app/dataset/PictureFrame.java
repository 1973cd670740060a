package org.oddlens.app.dataset;

import org.oddlens.app.chart.ScatterFrame;
import org.oddlens.engine.study.DataInspection;
import org.oddlens.engine.study.DataPicture;

/** A picture of the data as the scatter draws it. */
public final class PictureFrame {

    private PictureFrame() {}

    /** Rows of a picture, said to be a sample where the data set has more. */
    public static ScatterFrame of(DataPicture drawn, DataInspection data) {
        byte[] labels = new byte[drawn.labels().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (byte) drawn.labels()[i];
        }
        boolean axes = drawn.method().equals("pca");
        return ScatterFrame.of(drawn.x(), drawn.y(), labels, new double[0], drawn.rows())
                .withTitles(axes ? "principal axis 1" : "MDS 1", axes ? "principal axis 2" : "MDS 2")
                .sampledFrom(
                        Math.max(data.rows(), drawn.rows().length), data.anomalies() == null ? 0 : data.anomalies());
    }
}
