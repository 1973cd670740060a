package org.oddlens.engine.metric;

import java.util.OptionalDouble;

/**
 * A number or the reason why there is none.
 *
 * @param value  the value; empty if undefined, never NaN or infinite
 * @param reason why it is undefined, as a sentence; "" if defined
 */
public record Metric(OptionalDouble value, String reason) {

    public Metric {
        if (value.isPresent() != reason.isEmpty()) {
            throw new IllegalArgumentException("A metric has either a value or a reason");
        }
        if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
            throw new IllegalArgumentException("A metric's value must be finite, got " + value.getAsDouble());
        }
    }

    public static Metric of(double value) {
        return new Metric(OptionalDouble.of(value), "");
    }

    public static Metric undefined(String reason) {
        return new Metric(OptionalDouble.empty(), reason);
    }

    public boolean isDefined() {
        return value.isPresent();
    }

    /** The value, or NaN if undefined; for charts and comparisons, never for files. */
    public double orNaN() {
        return value.orElse(Double.NaN);
    }
}
