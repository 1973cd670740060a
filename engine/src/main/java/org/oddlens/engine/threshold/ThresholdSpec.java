package org.oddlens.engine.threshold;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * How the decision threshold is chosen.
 *
 * @param method one of percentile, known-ratio, known-percent, percent-scan, mean-sd, median-mad, value, top, share,
 *               best-f1
 * @param value  percentile level in [0, 100], number of deviations, score, rows or share; null for methods that take none
 */
public record ThresholdSpec(String method, Double value) {

    /** The 95th percentile: label-free, and it means the same on every data set. */
    public static final ThresholdSpec DEFAULT = new ThresholdSpec("percentile", 95.0);

    /** @throws ThresholdException if there is no such method or the value does not suit it */
    public ThresholdSpec {
        ThresholdMethod known = find(method);
        if (!known.takesValue()) {
            if (value != null) {
                throw new ThresholdException(
                        "The threshold method " + method + " takes no number, but " + value + " was given.");
            }
        } else {
            if (value == null && known.needsValue()) {
                throw new ThresholdException("The threshold method " + method + " needs a number, such as " + method
                        + (known == ThresholdMethod.TOP ? ":20" : ":0.05") + ".");
            }
            value = value == null ? Double.valueOf(known.defaultValue()) : value;
            if (!Double.isFinite(value)) {
                throw new ThresholdException("The number of the threshold method " + method + " must be finite.");
            }
            if (known == ThresholdMethod.PERCENTILE && !(value >= 0 && value <= 100)) {
                throw new ThresholdException("A percentile must lie between 0 and 100, not " + value + ".");
            }
            if (known == ThresholdMethod.TOP && !(value >= 1 && value == Math.rint(value))) {
                throw new ThresholdException(
                        "The number of rows of top must be whole and at least 1, not " + value + ".");
            }
            if (known == ThresholdMethod.SHARE && !(value > 0 && value <= 1)) {
                throw new ThresholdException("A share must lie above 0 and at most at 1, not " + value + ".");
            }
        }
    }

    private static ThresholdMethod find(String id) {
        for (ThresholdMethod method : ThresholdMethod.values()) {
            if (method.id().equals(id)) {
                return method;
            }
        }
        throw new ThresholdException("There is no threshold method '" + id + "'. Choose one of "
                + Arrays.stream(ThresholdMethod.values())
                        .map(ThresholdMethod::id)
                        .collect(Collectors.joining(", "))
                + ".");
    }

    /** Reads {@code percentile:95}, {@code mean-sd:3}, {@code best-f1}; a missing number means the default. */
    public static ThresholdSpec parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new ThresholdSpec(text.strip(), null);
        }
        String number = text.substring(colon + 1).strip();
        try {
            return new ThresholdSpec(text.substring(0, colon).strip(), Double.valueOf(number));
        } catch (NumberFormatException unreadable) {
            throw new ThresholdException("'" + number + "' in the threshold '" + text + "' is not a number.");
        }
    }

    /** The text that {@link #parse} reads. */
    public String format() {
        if (value == null) {
            return method;
        }
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return method + ":" + (whole ? Long.toString(value.longValue()) : value.toString());
    }

    public ThresholdMethod kind() {
        return find(method);
    }

    public boolean usesLabels() {
        return kind().usesLabels();
    }
}
