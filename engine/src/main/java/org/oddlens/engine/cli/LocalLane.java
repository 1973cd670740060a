package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.oddlens.engine.comparison.Lane;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.RunExecution;

/** Does cells in this process. */
record LocalLane(RunExecution execution, Consumer<RunEvent> listener) implements Lane {

    @Override
    public RunEvent.Ended run(RunSpec spec, Path folder, RunControl control) throws IOException {
        return execution.execute(spec, folder, control, listener);
    }

    @Override
    public void close() {
        // nothing of its own
    }
}
