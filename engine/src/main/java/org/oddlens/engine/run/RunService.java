package org.oddlens.engine.run;

import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Where runs are handed in: a process of its own for the window, the same process for command line and tests. */
public interface RunService {

    /**
     * Starts a run. Events arrive on a thread of the service, in order; exactly one {@link RunEvent.Ended} comes last,
     * unless the engine dies, in which case {@link RunHandle#ended()} completes exceptionally.
     *
     * @param folder the run folder to be written, absent or empty
     */
    RunHandle submit(RunSpec spec, Path folder, Consumer<RunEvent> listener);

    /** A run that was handed in. */
    interface RunHandle {

        Path folder();

        /** Stop before the next batch. */
        void stop(RunControl.Stop stop);

        void pause();

        void proceed();

        void stepEpoch();

        /** Completes with the end; exceptionally with a sentence if the engine died. */
        CompletionStage<RunEvent.Ended> ended();
    }
}
