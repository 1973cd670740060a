package org.oddlens.engine.data;

/**
 * A scaler with its numbers: y = (x - offset) / scale per feature; a missing or infinite x counts as its fill value.
 *
 * @param scaler  id of the {@link Scaler}
 * @param offsets one per feature
 * @param scales  one per feature, never 0
 * @param fills   medians of the training rows, in the units of x
 */
public record FittedScaler(String scaler, double[] offsets, double[] scales, double[] fills) {

    public FittedScaler {
        if (offsets.length != scales.length || offsets.length != fills.length) {
            throw new IllegalArgumentException("Expected as many offsets as scales and fills, found " + offsets.length
                    + ", " + scales.length + ", " + fills.length);
        }
    }

    public int features() {
        return offsets.length;
    }

    /** Scales a block [rows, features] into a new array; the block stays as it is. */
    public float[] transform(float[] block) {
        requireWidth(block.length);
        float[] out = new float[block.length];
        for (int at = 0, j = 0; at < block.length; at++) {
            out[at] = scaled(block[at], j);
            j = j + 1 == offsets.length ? 0 : j + 1;
        }
        return out;
    }

    /** The given rows of a data set, scaled, in the given order: [rows.length, features]. */
    public float[] transform(Dataset dataset, int[] rows) {
        int d = offsets.length;
        if (dataset.features() != d) {
            throw new DataFormatException(
                    dataset.source(),
                    "The data set '" + dataset.name() + "' has " + Sentences.count(dataset.features(), "feature")
                            + ", but the detector was trained on " + Sentences.count(d) + ".");
        }
        float[] values = dataset.values();
        float[] out = new float[Math.multiplyExact(rows.length, d)];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < d; j++) {
                out[i * d + j] = scaled(values[rows[i] * d + j], j);
            }
        }
        return out;
    }

    private float scaled(float value, int j) {
        double x = Float.isFinite(value) ? value : fills[j];
        return (float) ((x - offsets[j]) / scales[j]);
    }

    /** Undoes {@link #transform(float[])}, fills excepted. */
    public float[] inverse(float[] block) {
        requireWidth(block.length);
        float[] out = new float[block.length];
        for (int at = 0; at < block.length; at++) {
            int j = at % offsets.length;
            out[at] = (float) (block[at] * scales[j] + offsets[j]);
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
