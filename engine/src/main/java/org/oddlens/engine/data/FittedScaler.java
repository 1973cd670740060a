package org.oddlens.engine.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A scaler with its numbers: y = (x - offset) / scale per feature, in double precision, then rounded to single precision;
 * a missing or infinite x counts as its fill value. Features that had a single value in the training rows follow
 * {@link ConstantFeatures}.
 *
 * @param scaler  id of the {@link Scaler}
 * @param offsets one per feature
 * @param scales  one per feature, never 0
 * @param fills   medians of the training rows, in the units of x
 * @param constant         which features had a single value in the training rows; null for none
 * @param constantFeatures rule for them, an id of {@link ConstantFeatures}; null where there are none
 */
public record FittedScaler(
        String scaler,
        double[] offsets,
        double[] scales,
        double[] fills,
        @JsonInclude(JsonInclude.Include.NON_NULL) boolean[] constant,
        @JsonInclude(JsonInclude.Include.NON_NULL) String constantFeatures) {

    private static final int NAMED = 10;

    public FittedScaler {
        if (offsets.length != scales.length
                || offsets.length != fills.length
                || constant != null && constant.length != offsets.length) {
            throw new IllegalArgumentException("Expected as many offsets as scales, fills and marks, found "
                    + offsets.length + ", " + scales.length + ", " + fills.length
                    + (constant == null ? "" : ", " + constant.length));
        }
    }

    /** Without constant features. */
    public FittedScaler(String scaler, double[] offsets, double[] scales, double[] fills) {
        this(scaler, offsets, scales, fills, null, null);
    }

    public int features() {
        return offsets.length;
    }

    /**
     * Scales all rows of a data set: [rows, features].
     *
     * @throws DataFormatException if its width is another, or a scaled value is too large for single precision
     */
    public float[] transform(Dataset dataset) {
        int[] all = new int[dataset.rows()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        return transform(dataset, all);
    }

    /**
     * The given rows of a data set, scaled, in the given order: [rows.length, features].
     *
     * @throws DataFormatException likewise
     */
    public float[] transform(Dataset dataset, int[] rows) {
        int d = offsets.length;
        if (dataset.features() != d) {
            throw new DataFormatException(
                    dataset.source(),
                    "The data set '" + dataset.name() + "' has " + Sentences.count(dataset.features(), "feature")
                            + ", but the detector was trained on " + Sentences.count(d) + ".");
        }
        RowValues values = dataset.values();
        float[] out = new float[Math.multiplyExact(rows.length, d)];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < d; j++) {
                double x = values.get(rows[i] * d + j);
                out[i * d + j] = scaled(x, j);
                if (!Float.isFinite(out[i * d + j])) {
                    throw tooLarge(dataset, rows[i], j, x);
                }
            }
        }
        return out;
    }

    /**
     * Scales rows in original units, [n, features] row-major, into a new array.
     *
     * @throws DataFormatException if a scaled value is too large for single precision
     */
    public float[] transform(double... block) {
        requireWidth(block.length);
        return transform(
                Dataset.builder("rows", RowValues.of(block), offsets.length).build());
    }

    private float scaled(double value, int j) {
        double x = Double.isFinite(value) ? value : fills[j];
        double y = (x - offsets[j]) / scales[j];
        return (float) (bounded(j) ? Math.max(-1, Math.min(1, y)) : y);
    }

    private boolean bounded(int j) {
        return constant != null && constant[j] && ConstantFeatures.BOUNDED.id().equals(constantFeatures);
    }

    /**
     * What was done with features that had a single value in the training rows, a sentence; empty if there are none.
     *
     * @param names of the features
     */
    public Optional<String> aboutConstantFeatures(List<String> names) {
        if (constant == null) {
            return Optional.empty();
        }
        List<String> found = IntStream.range(0, constant.length)
                .filter(j -> constant[j])
                .mapToObj(names::get)
                .toList();
        return Optional.of(ConstantFeatures.parse(constantFeatures).words() + "; here "
                + Sentences.count(found.size(), "feature") + ": " + Sentences.list(found, NAMED) + ".");
    }

    private DataFormatException tooLarge(Dataset dataset, int row, int j, double x) {
        List<String> names = dataset.featureNames();
        return new DataFormatException(
                dataset.source().toString().isEmpty() ? null : dataset.source(),
                "Column '" + names.get(j) + "' has the value " + LabelText.of(x) + " in row " + dataset.rowId(row)
                        + ", which is too large for single precision (3.4e38) after scaling by " + scaler
                        + ". Scale the column in the file, leave it out, or choose "
                        + (scaler.equals(Scaler.MIN_MAX.id()) ? "another scaler." : "the scaler min-max."));
    }

    /** Undoes {@link #transform(double...)}, fills and bounds excepted. */
    public double[] inverse(float[] block) {
        requireWidth(block.length);
        double[] out = new double[block.length];
        for (int at = 0; at < block.length; at++) {
            int j = at % offsets.length;
            out[at] = block[at] * scales[j] + offsets[j];
        }
        return out;
    }

    private void requireWidth(int length) {
        if (length % offsets.length != 0) {
            throw new IllegalArgumentException(
                    "Expected rows of " + offsets.length + " features, found " + length + " values");
        }
    }
}
