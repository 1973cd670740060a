package org.oddlens.engine.compute;

import java.util.List;

/** One step of a plan. Writes its result in place; allocates nothing. */
interface Instruction {

    void run();

    Matrix result();

    List<Matrix> operands();

    /** {@code t1[128,6] = tanh(t0[128,6])}: enough for another program to do the same. */
    String text();
}
