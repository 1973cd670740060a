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
        Median median = new Median();
        for (int j = 0; j < d; j++) {
            int count = 0;
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int row : rows) {
                double value = values.get(row * d + j);
                if (Double.isFinite(value)) {
                    column[count++] = value;
                    min = Math.min(min, value);
                    max = Math.max(max, value);
                }
            }
            if (count == 0) {
                scales[j] = 1;
            } else if (min == max && this != NONE) {
                fills[j] = min;
                offsets[j] = min;
                same[j] = true;
                scales[j] = constant == ConstantFeatures.BOUNDED ? Math.max(Math.abs(min), 1) : 1;
            } else if (this == NONE || this == MIN_MAX) {
                offsets[j] = this == NONE ? 0 : min;
                scales[j] = this == NONE ? 1 : max - min;
                fills[j] = median.of(column, count);
            } else {
                double[] sorted = Arrays.copyOf(column, count);
                Arrays.sort(sorted); // quartiles, and sums that do not depend on the order of the rows
                fills[j] = percentile(sorted, 50);
                double mean = mean(sorted, count, min, max);
                offsets[j] = this == Z_SCORE ? mean : fills[j];
                double range = this == Z_SCORE ? 0 : percentile(sorted, 75) - percentile(sorted, 25);
                scales[j] = range > 0 ? range : deviation(sorted, count, mean, min, max);
            }
            if (!Double.isFinite(scales[j]) || !Double.isFinite(offsets[j])) {
                throw new DataFormatException(
                        dataset.source().toString().isEmpty() ? null : dataset.source(),
                        "The values of column '" + dataset.featureNames().get(j) + "' lie too far apart to be scaled ("
                                + LabelText.of(min) + " to " + LabelText.of(max)
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

    /** Mean of the first values, in units of the largest magnitude, so that no sum of finite values overflows. */
    static double mean(double[] values, int count, double min, double max) {
        double unit = powerOfTwo(Math.max(Math.abs(min), Math.abs(max)));
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += values[i] / unit;
        }
        return sum / count * unit;
    }

    /** Population standard deviation, likewise. */
    static double deviation(double[] values, int count, double mean, double min, double max) {
        double unit = powerOfTwo(Math.max(max - mean, mean - min));
        double sum = 0;
        for (int i = 0; i < count; i++) {
            double centred = (values[i] - mean) / unit;
            sum += centred * centred;
        }
        return Math.sqrt(sum / count) * unit;
    }

    /** The power of two below a number: dividing by it loses nothing. */
    private static double powerOfTwo(double largest) {
        return largest > 0 && largest < Double.POSITIVE_INFINITY ? Math.scalb(1.0, Math.getExponent(largest)) : 1;
    }

    /**
     * Linear interpolation between order statistics.
     *
     * @param sorted at least two
     * @param level  below 100
     */
    private static double percentile(double[] sorted, double level) {
        double h = (sorted.length - 1) * (level / 100);
        int i = (int) Math.floor(h);
        return sorted[i] + (sorted[i + 1] - sorted[i]) * (h - i);
    }
}
