package org.oddlens.engine.compute;

import java.util.Arrays;

/**
 * Whether a network's steps are faster on one thread or on all: after a few steps for the compiler, some are timed each
 * way in turn, and the smaller median decides for good. The results are the same either way, so nothing but time depends
 * on it.
 */
final class ThreadChoice {

    private static final int WARM = 40;
    private static final int TIMED = 30;

    private final boolean several;
    private final double[] alone = new double[TIMED / 2];
    private final double[] together = new double[TIMED / 2];
    private int step;
    private boolean parallel;

    ThreadChoice(int threads) {
        this.several = threads > 1;
    }

    /** Whether the next step runs on all threads. */
    boolean parallel() {
        return several && (step < WARM + TIMED ? step % 2 == 1 : parallel);
    }

    /** What a step took. */
    void took(long nanos) {
        if (!several || step >= WARM + TIMED) {
            return;
        }
        int timed = step - WARM;
        if (timed >= 0) {
            (timed % 2 == 1 ? together : alone)[timed / 2] = nanos;
        }
        if (++step == WARM + TIMED) {
            Arrays.sort(alone);
            Arrays.sort(together);
            parallel = together[together.length / 2] < alone[alone.length / 2];
        }
    }
}
