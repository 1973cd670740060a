package org.oddlens.engine.process;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.Snapshots;

/** One run in an engine process of its own, waited for: how the command line trains on a card. */
public final class ProcessRun {

    private final EngineCommand command;
    private final Path log;

    /** @param log receives what the engine prints beside the protocol */
    public ProcessRun(EngineCommand command, Path log) {
        this.command = command;
        this.log = log;
    }

    /**
     * Runs to the end.
     *
     * @throws EngineGoneException if the engine died
     * @throws EngineRefusedException if the run could not be recorded
     */
    public RunEvent.Ended execute(
            RunSpec spec, Path folder, Snapshots snapshots, RunControl control, Consumer<RunEvent> listener) {
        try (EngineRuns engine = new EngineRuns(command, log, snapshots)) {
            return engine.execute(spec, folder, control, listener);
        }
    }
}
