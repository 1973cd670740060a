package org.oddlens.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** The processor's time of this thread alone: on a busy machine it is what it is on an idle one. */
public final class CpuTime {

    private CpuTime() {}

    /** Seconds that the running thread computes for {@code work}. */
    public static double seconds(Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        work.run();
        long end = threads.getCurrentThreadCpuTime();
        assertThat(start).as("this machine counts the processor's time").isNotNegative();
        return (end - start) / 1e9;
    }
}
