package org.oddlens.engine.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** NVIDIA's number for what machine code a card runs, such as 8.6. */
public record ComputeCapability(int major, int minor) implements Comparable<ComputeCapability> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\.(\\d{1,2})");

    /** What the driver says, empty for {@code [N/A]} and the like. */
    static Optional<ComputeCapability> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(
                        new ComputeCapability(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** @throws IllegalArgumentException unless it reads like {@code 8.6} */
    @JsonCreator
    public static ComputeCapability of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no compute capability such as 8.6"));
    }

    @Override
    public int compareTo(ComputeCapability other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    @JsonValue
    public String toString() {
        return major + "." + minor;
    }
}
