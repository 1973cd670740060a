package org.oddlens.engine.detector.lof;

import java.util.Map;
import java.util.stream.IntStream;
import org.oddlens.engine.SharedFolder;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.run.CounterRandom;

/**
 * A data set split and scaled in double precision with the operations of scikit-learn in their order, where single
 * precision would decide between equally far rows in another way.
 *
 * @param train      {@code [rows, features]} row-major: even normal rows
 * @param test       likewise: odd normal rows, then anomalies
 * @param testLabels true for an anomaly
 */
record DoubleSplit(double[] train, double[] test, boolean[] testLabels, int features) {

    static DoubleSplit of(String file, String scaler) {
        Map<String, NpyArray> arrays = NpyReader.readAll(SharedFolder.require("data/" + file));
        double[] x = arrays.get("X").doubles();
        double[] y = arrays.get("y").doubles();
        int features = arrays.get("X").shape()[1];
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
        scale(x, features, train, scaler);
        boolean[] labels = new boolean[test.length];
        for (int i = 0; i < test.length; i++) {
            labels[i] = y[test[i]] != 0;
        }
        return new DoubleSplit(rows(x, features, train), rows(x, features, test), labels, features);
    }

    /** The training rows in another order, which decides between equally far rows. */
    double[] shuffledTrain(CounterRandom random) {
        int[] order = IntStream.range(0, train.length / features).toArray();
        random.shuffle(order);
        return rows(train, features, order);
    }

    private static void scale(double[] x, int features, int[] train, String scaler) {
        for (int j = 0; j < features; j++) {
            int feature = j;
            double[] column = IntStream.of(train)
                    .mapToDouble(i -> x[i * features + feature])
                    .toArray();
            double least = IntStream.range(0, column.length)
                    .mapToDouble(i -> column[i])
                    .min()
                    .orElseThrow();
            double most = IntStream.range(0, column.length)
                    .mapToDouble(i -> column[i])
                    .max()
                    .orElseThrow();
            double mean = IntStream.range(0, column.length)
                    .mapToDouble(i -> column[i])
                    .average()
                    .orElseThrow();
            double variance = IntStream.range(0, column.length)
                    .mapToDouble(i -> (column[i] - mean) * (column[i] - mean))
                    .average()
                    .orElseThrow();
            for (int at = j; at < x.length; at += features) {
                x[at] = scaler.equals("min-max")
                        ? (x[at] - least) / (most - least)
                        : (x[at] - mean) / Math.sqrt(variance);
            }
        }
    }

    private static double[] rows(double[] x, int features, int[] picked) {
        double[] rows = new double[picked.length * features];
        for (int i = 0; i < picked.length; i++) {
            System.arraycopy(x, picked[i] * features, rows, i * features, features);
        }
        return rows;
    }
}
