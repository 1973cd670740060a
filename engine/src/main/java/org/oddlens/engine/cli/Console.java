package org.oddlens.engine.cli;

import java.io.PrintStream;
import org.oddlens.engine.run.RunJson;

/**
 * Where a command writes: results to {@code out}, progress and messages to {@code err}.
 *
 * @param terminal whether {@code err} is a terminal, so that a line may be overwritten
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {

    /** The one JSON document of a command. */
    void json(Object document) {
        out.println(new RunJson().pretty(document));
    }
}
