package org.oddlens.engine.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.oddlens.engine.run.RunJson;

/**
 * Where a command writes: results to {@code out}, progress and messages to {@code err}.
 *
 * @param terminal whether {@code err} is a terminal, so that a line may be overwritten
 */
public record Console(PrintStream out, PrintStream err, boolean terminal) {

    /** The one JSON document of a command, in UTF-8 whatever the locale. */
    void json(Object document) {
        byte[] text = (new RunJson().pretty(document) + "\n").getBytes(StandardCharsets.UTF_8);
        out.write(text, 0, text.length);
        out.flush();
    }
}
