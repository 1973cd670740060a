package org.oddlens.engine.detector.lof;

import java.util.Map;
import java.util.stream.IntStream;
import org.oddlens.engine.SharedFolder;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;

/**
 * A data set split without chance and scaled in double precision by given numbers, where one rounding more would decide
 * between equally far rows in another way.
 *
 * @param train      {@code [rows, features]} row-major: even normal rows
 * @param test       likewise: odd normal rows, then anomalies
 * @param testLabels true for an anomaly
 */
record DoubleSplit(double[] train, double[] test, boolean[] testLabels, int features) {

    /** Each feature less its centre, divided by its scale. */
    static DoubleSplit of(String file, double[] centre, double[] scale) {
        Map<String, NpyArray> arrays = NpyReader.readAll(SharedFolder.require("data/" + file));
        double[] x = arrays.get("X").doubles();
        double[] y = arrays.get("y").doubles();
        int features = arrays.get("X").shape()[1];
        for (int i = 0; i < x.length; i++) {
            x[i] = (x[i] - centre[i % features]) / scale[i % features];
        }
        int[] normal = IntStream.range(0, y.length).filter(i -> y[i] == 0).toArray();
        int[] train = IntStream.range(0, normal.length)
                .filter(i -> i % 2 == 0)
                .map(i -> normal[i])
                .toArray();
        int[] test = IntStream.concat(
                        IntStream.range(0, normal.length)
                                .filter(i -> i % 2 == 1)
                                .map(i -> normal[i]),
                        IntStream.range(0, y.length).filter(i -> y[i] != 0))
                .toArray();
        boolean[] labels = new boolean[test.length];
        for (int i = 0; i < test.length; i++) {
            labels[i] = y[test[i]] != 0;
        }
        return new DoubleSplit(rows(x, features, train), rows(x, features, test), labels, features);
    }

    private static double[] rows(double[] x, int features, int[] picked) {
        double[] rows = new double[picked.length * features];
        for (int i = 0; i < picked.length; i++) {
            System.arraycopy(x, picked[i] * features, rows, i * features, features);
        }
        return rows;
    }
}
