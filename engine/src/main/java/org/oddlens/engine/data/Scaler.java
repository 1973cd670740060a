package org.oddlens.engine.data;

import java.util.Arrays;

/** How features are scaled; always fitted on training rows in double precision.
 *
 * <p>A feature with a single value in the training rows follows a rule of its own ({@link ConstantFeatures}); one that
 * {@code robust} has no interquartile range for, because more than half of its values are equal, is divided by its standard
 * deviation. Nothing else is clipped.
 */
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

    /** Fits with {@link ConstantFeatures#BOUNDED}. */
    public FittedScaler fit(Dataset dataset, int[] rows) {
        return fit(dataset, rows, ConstantFeatures.BOUNDED);
    }

    /**
     * Fits on the given rows only; missing and infinite values are left out.
     *
     * @param constant what happens to features with a single value in these rows; {@code none} leaves them as they are
     * @throws DataFormatException if there are no rows, or a feature's range is too large for double precision
     */
    public FittedScaler fit(Dataset dataset, int[] rows, ConstantFeatures constant) {
        if (rows.length == 0) {
            throw new DataFormatException(null, "There are no training rows to fit the scaler " + id + " on.");
        }
        int d = dataset.features();
        double[] offsets = new double[d];
        double[] scales = new double[d];
        double[] fills = new double[d];
        boolean[] same = new boolean[d];
        RowValues values = dataset.values();
        double[] column = new double[rows.length];
        for (int j = 0; j < d; j++) {
            int count = 0;
            for (int row : rows) {
                double value = values.get(row * d + j);
                if (Double.isFinite(value)) {
                    column[count++] = value;
                }
            }
            double[] sorted = Arrays.copyOf(column, count);
            Arrays.sort(sorted);
            fills[j] = count == 0 ? 0 : percentile(sorted, 50);
            if (count > 0 && sorted[0] == sorted[count - 1] && this != NONE) {
                offsets[j] = sorted[0];
                same[j] = true;
                scales[j] = constant == ConstantFeatures.BOUNDED ? Math.max(Math.abs(sorted[0]), 1) : 1;
            } else {
                offsets[j] = count == 0 ? 0 : offset(sorted);
                scales[j] = count == 0 ? 1 : scale(sorted, offsets[j]);
            }
            if (!Double.isFinite(scales[j]) || !Double.isFinite(offsets[j])) {
                throw new DataFormatException(
                        dataset.source().toString().isEmpty() ? null : dataset.source(),
                        "The values of column '" + dataset.featureNames().get(j) + "' lie too far apart to be scaled ("
                                + LabelText.of(sorted[0]) + " to " + LabelText.of(sorted[count - 1])
                                + "). Scale it in the file, or leave it out.");
            }
        }
        return any(same)
                ? new FittedScaler(id, offsets, scales, fills, same, constant.id())
                : new FittedScaler(id, offsets, scales, fills);
    }

    private static boolean any(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    private double offset(double[] sorted) {
        return switch (this) {
            case NONE -> 0;
            case MIN_MAX -> sorted[0];
            case Z_SCORE -> mean(sorted);
            case ROBUST -> percentile(sorted, 50);
        };
    }

    /** Never 0: the values are not all equal. */
    private double scale(double[] sorted, double offset) {
        return switch (this) {
            case NONE -> 1;
            case MIN_MAX -> sorted[sorted.length - 1] - sorted[0];
            case Z_SCORE -> deviation(sorted, mean(sorted));
            case ROBUST -> {
                double range = percentile(sorted, 75) - percentile(sorted, 25);
                yield range > 0 ? range : deviation(sorted, mean(sorted));
            }
        };
    }

    /** In units of the largest magnitude, so that no sum of finite values overflows. */
    static double mean(double[] sorted) {
        double unit = powerOfTwo(Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1])));
        double sum = 0;
        for (double value : sorted) {
            sum += value / unit;
        }
        return sum / sorted.length * unit;
    }

    /** Population standard deviation, likewise. */
    static double deviation(double[] sorted, double mean) {
        double unit = powerOfTwo(Math.max(sorted[sorted.length - 1] - mean, mean - sorted[0]));
        double sum = 0;
        for (double value : sorted) {
            double centred = (value - mean) / unit;
            sum += centred * centred;
        }
        return Math.sqrt(sum / sorted.length) * unit;
    }

    /** The power of two below a number: dividing by it loses nothing. */
    private static double powerOfTwo(double largest) {
        return largest > 0 && largest < Double.POSITIVE_INFINITY ? Math.scalb(1.0, Math.getExponent(largest)) : 1;
    }

    /** Linear interpolation between order statistics. */
    static double percentile(double[] sorted, double level) {
        double h = (sorted.length - 1) * (level / 100);
        int i = (int) Math.floor(h);
        int next = Math.min(i + 1, sorted.length - 1);
        return sorted[i] + (sorted[next] - sorted[i]) * (h - i);
    }
}
