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

    /**
     * Goes on with an interrupted, stopped or failed run; events arrive as for {@link #submit}, beginning with
     * {@link RunEvent.Resumed}. A run that is complete ends at once as it did before.
     *
     * @param folder the run folder
     */
    RunHandle resume(Path folder, Consumer<RunEvent> listener);

    /**
     * Lets the run that trains, and all later ones, begin at most so many epochs a second, so that one can watch; their results
     * stay the same.
     *
     * @param epochsPerSecond above 0; infinity for as fast as they can
     */
    void pace(double epochsPerSecond);

    /** A run that was handed in. */
    interface RunHandle {

        Path folder();

        /** Stop before the next batch. */
        void stop(RunControl.Stop stop);

        void pause();

        void proceed();

        void stepEpoch();

        /**
         * Wishes another value of a live hyperparameter from the next epoch on.
         *
         * @param value a number, or its text
         * @return completes with the value once the wish is accepted; the run tells by {@link RunEvent.Change} when it is in
         *     force. Exceptionally with a sentence if it is refused
         */
        CompletionStage<Object> change(String key, Object value);

        /** Completes with the end; exceptionally with a sentence if the engine died. */
        CompletionStage<RunEvent.Ended> ended();
    }
}
