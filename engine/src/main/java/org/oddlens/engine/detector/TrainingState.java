package org.oddlens.engine.detector;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.oddlens.engine.run.Tensor;

/**
 * What a training needs to go on to the same bits: copies, in no array shared with the training.
 *
 * @param arrays  weights and moments by name, single precision
 * @param numbers counters and sums by name, double precision
 * @param epoch   the epoch under way, 0 between two epochs
 * @param steps   steps done in the epoch under way
 */
public record TrainingState(Map<String, Tensor> arrays, Map<String, double[]> numbers, int epoch, int steps) {

    public TrainingState {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays)); // in order, so that files are equal too
        numbers = Collections.unmodifiableMap(new LinkedHashMap<>(numbers));
    }

    /**
     * The numbers under a name.
     *
     * @throws IllegalArgumentException if there are none
     */
    public double[] numbers(String name) {
        double[] found = numbers.get(name);
        if (found == null) {
            throw new IllegalArgumentException("the state has no numbers '" + name + "', only " + numbers.keySet());
        }
        return found;
    }
}
