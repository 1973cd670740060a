package org.oddlens.engine.detector;

/**
 * The rows a detector may see: scaled training rows and, if a share was set aside, validation rows. Never labels, never
 * test rows.
 *
 * @param shape      shape of a row, scaler
 * @param train      {@code [rows, features]} row-major
 * @param validation likewise, possibly empty
 */
public record TrainingData(DataShape shape, float[] train, float[] validation) {

    public int features() {
        return shape.features();
    }

    public int trainRows() {
        return train.length / features();
    }

    public int validationRows() {
        return validation.length / features();
    }
}
