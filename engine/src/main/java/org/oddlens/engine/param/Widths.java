package org.oddlens.engine.param;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Widths of hidden layers from the input towards the code.
 *
 * @param auto  the detector chooses; {@code sizes} is empty then
 * @param sizes the widths typed by the user; 0 is possible and refused by the detector
 */
public record Widths(boolean auto, List<Integer> sizes) {

    /** The detector chooses from the number of features. */
    public static final Widths AUTO = new Widths(true, List.of());

    public Widths {
        sizes = List.copyOf(sizes);
    }

    /** The widths given, in order. */
    public static Widths of(Integer... sizes) {
        return new Widths(false, List.of(sizes));
    }

    @Override
    public String toString() {
        if (auto) {
            return Domain.AUTO;
        }
        return sizes.isEmpty() ? "none" : sizes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
