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
        throw new UnsupportedOperationException("later");
    }

    /** The given rows of a data set, scaled, in the given order: [rows.length, features]. */
    public float[] transform(Dataset dataset, int[] rows) {
        throw new UnsupportedOperationException("later");
    }

    /** Undoes {@link #transform(float[])}, fills excepted. */
    public float[] inverse(float[] block) {
        throw new UnsupportedOperationException("later");
    }
}
