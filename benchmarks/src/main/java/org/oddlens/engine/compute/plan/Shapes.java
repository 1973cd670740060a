package org.oddlens.engine.compute.plan;

import java.util.Arrays;

/** Sizes as benchmarks name them. */
final class Shapes {

    private Shapes() {}

    /** The numbers of {@code 128x6x4}. */
    static int[] of(String text) {
        return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    }
}
