package org.oddlens.engine.detector;

import java.util.Arrays;

/**
 * What a detector needs to know of the data to lay out its network.
 *
 * @param rowShape shape of a row: {@code [d]}, {@code [h, w]}, {@code [time, channels]}
 * @param scaler   id of the scaler; decides the automatic output activation
 * @param rows     training rows, 0 if not known yet
 */
public record DataShape(int[] rowShape, String scaler, int rows) {

    /** Numbers per row. */
    public int features() {
        return Arrays.stream(rowShape).reduce(1, Math::multiplyExact);
    }
}
