package org.oddlens.app.run;

import java.nio.file.Path;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.run.RunSpec;

/**
 * A run with what it was made from.
 *
 * @param spec   its specification; null while unknown
 * @param folder where it is recorded; null likewise
 */
public record ShownRun(RunViewModel run, DetectorDescriptor detector, RunSpec spec, Path folder) {

    /** Whether its detector is solved in one step, so that there is nothing to follow epoch by epoch. */
    boolean solved() {
        return detector.atomic();
    }
}
