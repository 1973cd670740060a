package org.oddlens.engine.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.oddlens.engine.run.RunControl;

/** Makes Ctrl+C a stop-and-keep: the run ends before its next batch and its folder is finished. */
final class InterruptibleRun implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final RunControl control = new RunControl();
    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "stop and keep");

    InterruptibleRun() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    RunControl control() {
        return control;
    }

    private void stopAndWait() {
        control.stop(RunControl.Stop.KEEP);
        try {
            finished.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        finished.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook runs and has just been released.
            return;
        }
    }
}
