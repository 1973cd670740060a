package org.oddlens.engine.detector;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The network a choice of hyperparameters leads to, computed before anything is trained.
 *
 * @param widths     widths from input to output
 * @param parameters trainable numbers by part ({@code network}, {@code memory})
 * @param warnings   sentences: automatic widths raised to 1, a shrinkage that cannot act
 */
public record NetworkShape(List<Integer> widths, Map<String, Long> parameters, List<String> warnings) {

    public NetworkShape {
        widths = List.copyOf(widths);
        warnings = List.copyOf(warnings);
    }

    /** {@code 12 → 10 → 8 → 4 → 2 → 4 → 8 → 10 → 12}. */
    public String text() {
        return widths.stream().map(String::valueOf).collect(Collectors.joining(" → "));
    }

    /** All trainable numbers. */
    public long parameterCount() {
        return parameters.values().stream().mapToLong(Long::longValue).sum();
    }
}
