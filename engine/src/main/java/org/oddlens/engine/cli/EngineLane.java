package org.oddlens.engine.cli;

import java.nio.file.Path;
import org.oddlens.engine.comparison.Lane;
import org.oddlens.engine.process.EngineCommand;
import org.oddlens.engine.process.EngineRuns;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.Snapshots;

/** Does cells in an engine process, which a cell that breaks it takes along without harm to the others. */
final class EngineLane implements Lane {

    private final EngineRuns runs;

    EngineLane(EngineCommand command, Path log) {
        this.runs = new EngineRuns(command, log, Snapshots.REGULAR);
    }

    @Override
    public RunEvent.Ended run(RunSpec spec, Path folder, RunControl control) {
        return runs.execute(spec, folder, control, event -> {});
    }

    @Override
    public void close() {
        runs.close();
    }
}
