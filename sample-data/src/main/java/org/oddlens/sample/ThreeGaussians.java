package org.oddlens.sample;

import java.util.List;

/**
 * Three round clusters of 700 rows each on a plane in 12 dimensions; the third is the anomaly.
 *
 * <p>Centres on the plane (−3, 0), (3, 0) and (0, 4), N(0, 0.7²) in both plane coordinates and in each of the 12
 * columns. A third of all rows are anomalies: a case for training on normal rows only, hopeless for a detector trained
 * on everything. Label: 0 and 1 normal, 2 an anomaly. Rows are shuffled.
 */
final class ThreeGaussians {
    static final int ROWS = 2100;
    static final int FEATURES = 12;
    static final int ANOMALIES = 700;
    private static final long SEED = 20260102;
    private static final double SPREAD = 0.7;

    private ThreeGaussians() {}

    static byte[] npz() {
        SampleRandom random = new SampleRandom(SEED);
        Plane plane = new Plane(FEATURES, random);
        int[] order = random.permutation(ROWS);
        double[][] centres = {{-3, 0}, {3, 0}, {0, 4}};
        float[] rows = new float[ROWS * FEATURES];
        long[] labels = new long[ROWS];
        for (int i = 0; i < ROWS; i++) {
            int cluster = i % centres.length;
            double u = centres[cluster][0] + SPREAD * random.gaussian();
            double v = centres[cluster][1] + SPREAD * random.gaussian();
            plane.write(u, v, SPREAD, random, rows, order[i] * FEATURES);
            labels[order[i]] = cluster;
        }
        return NpzFile.of(List.of(NpyArray.ofFloats("X", rows, ROWS, FEATURES), NpyArray.ofLongs("y", labels)));
    }
}
