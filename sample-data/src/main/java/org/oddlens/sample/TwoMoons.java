package org.oddlens.sample;

import java.util.List;

/**
 * Two interleaving half circles on a plane in 12 dimensions, 1,000 rows each, and 10 anomalies off the moons.
 *
 * <p>Moon 0 is (cos t, sin t), moon 1 is (1 − cos t, ½ − sin t), t uniform in [0, π], both with N(0, 0.06²) added to
 * each plane coordinate and N(0, 0.05²) to each of the 12 columns. An anomaly is uniform in [−0.8, 1.8] × [−0.45, 0.95]
 * at least 0.3 away from both arcs (between the moons and close around them, so the distance to the mean says little)
 * and carries N(0, 0.12²) in each column. Label: 0 and 1 the moons, 2 an anomaly. Rows are shuffled.
 */
final class TwoMoons {
    static final int ROWS = 2010;
    static final int FEATURES = 12;
    static final int ANOMALIES = 10;
    private static final long SEED = 20260101;

    private TwoMoons() {}

    static byte[] npz() {
        SampleRandom random = new SampleRandom(SEED);
        Plane plane = new Plane(FEATURES, random);
        int[] order = random.permutation(ROWS);
        float[] rows = new float[ROWS * FEATURES];
        long[] labels = new long[ROWS];
        for (int i = 0; i < ROWS; i++) {
            int offset = order[i] * FEATURES;
            if (i < ANOMALIES) {
                double u;
                double v;
                do {
                    u = random.uniform(-0.8, 1.8);
                    v = random.uniform(-0.45, 0.95);
                } while (distanceToMoons(u, v) < 0.3);
                plane.write(u, v, 0.12, random, rows, offset);
                labels[order[i]] = 2;
            } else {
                int moon = i % 2;
                double t = random.uniform(0, StrictMath.PI);
                double u = moon == 0 ? StrictMath.cos(t) : 1 - StrictMath.cos(t);
                double v = moon == 0 ? StrictMath.sin(t) : 0.5 - StrictMath.sin(t);
                u += 0.06 * random.gaussian();
                v += 0.06 * random.gaussian();
                plane.write(u, v, 0.05, random, rows, offset);
                labels[order[i]] = moon;
            }
        }
        return NpzFile.of(List.of(NpyArray.ofFloats("X", rows, ROWS, FEATURES), NpyArray.ofLongs("y", labels)));
    }

    static double distanceToMoons(double u, double v) {
        return StrictMath.min(distanceToUpperArc(u, v), distanceToUpperArc(1 - u, 0.5 - v));
    }

    private static double distanceToUpperArc(double u, double v) {
        if (v >= 0) {
            return StrictMath.abs(StrictMath.hypot(u, v) - 1);
        }
        return StrictMath.min(StrictMath.hypot(u - 1, v), StrictMath.hypot(u + 1, v));
    }
}
