package org.oddlens.engine.data;

import java.util.Arrays;

/** How features are scaled; always fitted on training rows, constant features divide by 1, nothing is clipped. */
public enum Scaler {
    NONE("none", "Values stay as they are."),
    MIN_MAX("min-max", "(x - min) / (max - min)"),
    Z_SCORE("z-score", "(x - mean) / population standard deviation"),
    ROBUST("robust", "(x - median) / interquartile range");

    private final String id;
    private final String formula;

    Scaler(String id, String formula) {
        this.id = id;
        this.formula = formula;
    }

    /** Stable name in files and flags. */
    public String id() {
        return id;
    }

    public String formula() {
        return formula;
    }

    /** @throws DataFormatException if there is no such scaler */
    public static Scaler parse(String text) {
        for (Scaler scaler : values()) {
            if (scaler.id.equals(text)) {
                return scaler;
            }
        }
        throw new DataFormatException(
                null, "There is no scaler '" + text + "'. Choose one of none, min-max, z-score, robust.");
    }

    /**
     * Fits on the given rows only; missing and infinite values are left out.
     *
     * @throws DataFormatException if there are no rows
     */
    public FittedScaler fit(Dataset dataset, int[] rows) {
        if (rows.length == 0) {
            throw new DataFormatException(null, "There are no training rows to fit the scaler " + id + " on.");
        }
        int d = dataset.features();
        double[] offsets = new double[d];
        double[] scales = new double[d];
        double[] fills = new double[d];
        float[] values = dataset.values();
        float[] column = new float[rows.length];
        for (int j = 0; j < d; j++) {
            int count = 0;
            for (int row : rows) {
                float value = values[row * d + j];
                if (Float.isFinite(value)) {
                    column[count++] = value;
                }
            }
            float[] sorted = Arrays.copyOf(column, count);
            Arrays.sort(sorted);
            fills[j] = count == 0 ? 0 : percentile(sorted, 50);
            fit(j, sorted, offsets, scales, fills);
        }
        return new FittedScaler(id, offsets, scales, fills);
    }

    private void fit(int j, float[] sorted, double[] offsets, double[] scales, double[] fills) {
        int n = sorted.length;
        double scale = 1;
        if (n > 0) {
            switch (this) {
                case NONE -> offsets[j] = 0;
                case MIN_MAX -> {
                    offsets[j] = sorted[0];
                    scale = (double) sorted[n - 1] - sorted[0];
                }
                case Z_SCORE -> {
                    offsets[j] = mean(sorted);
                    scale = sorted[0] == sorted[n - 1] ? 1 : deviation(sorted, offsets[j]);
                }
                case ROBUST -> {
                    offsets[j] = fills[j];
                    scale = percentile(sorted, 75) - percentile(sorted, 25);
                }
            }
        }
        scales[j] = scale > 0 ? scale : 1;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double deviation(float[] values, double mean) {
        double sum = 0;
        for (float value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }

    /** Linear interpolation between order statistics. */
    static double percentile(float[] sorted, double level) {
        double h = (sorted.length - 1) * (level / 100);
        int i = (int) Math.floor(h);
        int next = Math.min(i + 1, sorted.length - 1);
        return sorted[i] + ((double) sorted[next] - sorted[i]) * (h - i);
    }
}
