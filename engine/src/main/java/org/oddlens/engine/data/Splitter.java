package org.oddlens.engine.data;

import java.util.random.RandomGenerator;

/** Draws a {@link Split} by a protocol. */
public final class Splitter {

    private Splitter() {}

    /**
     * Splits.
     *
     * @param random source of the permutations; the same state gives the same split
     * @throws DataFormatException if the data set does not offer what the protocol needs
     */
    public static Split split(Dataset dataset, ProtocolSpec spec, RandomGenerator random) {
        throw new UnsupportedOperationException("later");
    }
}
