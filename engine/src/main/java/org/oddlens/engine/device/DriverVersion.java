package org.oddlens.engine.device;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Version of NVIDIA's driver, such as {@code 550.54.15}; missing parts count as 0.
 *
 * @param text as the driver writes it
 */
public record DriverVersion(@JsonValue String text) implements Comparable<DriverVersion> {

    private static final Pattern TEXT = Pattern.compile("\\d{1,6}(\\.\\d{1,6}){1,3}");

    /** @throws IllegalArgumentException unless it is numbers with points between them */
    @JsonCreator
    public DriverVersion {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is no driver version such as 550.54.15");
        }
    }

    /** What the driver says, empty for {@code [N/A]} and the like. */
    static Optional<DriverVersion> parse(String text) {
        return TEXT.matcher(text.strip()).matches() ? Optional.of(new DriverVersion(text.strip())) : Optional.empty();
    }

    @Override
    public int compareTo(DriverVersion other) {
        int[] mine = numbers();
        int[] theirs = other.numbers();
        int length = Math.max(mine.length, theirs.length);
        return Arrays.compare(Arrays.copyOf(mine, length), Arrays.copyOf(theirs, length));
    }

    private int[] numbers() {
        return Arrays.stream(text.split("\\.")).mapToInt(Integer::parseInt).toArray();
    }

    @Override
    public String toString() {
        return text;
    }
}
