package org.oddlens.engine.comparison;

import java.io.IOException;
import java.nio.file.Path;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunSpec;

/** Where the cells of a comparison are done, one at a time: this process, or an engine process of its own. */
public interface Lane extends AutoCloseable {

    /** Opens lanes. */
    interface Factory {
        Lane open(int number);
    }

    /** Trains and scores one run into an empty folder. */
    RunEvent.Ended run(RunSpec spec, Path folder, RunControl control) throws IOException;

    @Override
    void close();
}
