package org.oddlens.app.shell;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import javafx.beans.value.ObservableValue;

/**
 * Lets Java give memory back to the system some time after a file or a run has been let go: by itself it would do so only
 * when it needs room again. Not while a run trains. UI thread only.
 */
public final class IdleCollection {

    private final BooleanSupplier busy;
    private final Executor later;
    private final Runnable collect;
    private boolean waiting;

    /**
     * @param busy    whether a pause would be seen now
     * @param later   runs a task on the UI thread when the window has had time for something else
     * @param collect looks for memory that is free; does not hold up its caller
     */
    public IdleCollection(BooleanSupplier busy, Executor later, Runnable collect) {
        this.busy = busy;
        this.later = later;
        this.collect = collect;
    }

    /** Collects after each change that lets something go. */
    public void watch(ObservableValue<?> held) {
        held.addListener((property, before, now) -> {
            if (before != null && !waiting) {
                waiting = true;
                later.execute(this::collectUnlessBusy);
            }
        });
    }

    private void collectUnlessBusy() {
        waiting = false;
        if (!busy.getAsBoolean()) {
            collect.run();
        }
    }
}
