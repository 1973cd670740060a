package org.oddlens.engine.compute.plan;

import java.util.List;

/** One step of a plan. Writes whole matrices; allocates nothing after its first run. */
interface Instruction {

    void run();

    /** Matrices that must have been written before. */
    List<Matrix> reads();

    /** Matrices it writes. */
    List<Matrix> writes();

    /** Gives native memory of its own back. */
    default void close() {}

    /** One or more lines {@code t1[128,6] = tanh(t0[128,6])}: enough for another program to do the same. */
    String text();
}
