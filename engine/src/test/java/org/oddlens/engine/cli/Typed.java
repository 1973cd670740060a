package org.oddlens.engine.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.OddlensHome;

/**
 * What a command gave, typed in this process without input.
 *
 * @param code exit code
 * @param out  standard output
 * @param err  standard error
 */
record Typed(int code, String out, String err) {

    static Typed in(Path home, String... words) {
        return in(home, System.getenv(), words);
    }

    static Typed in(Path home, Map<String, String> environment, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        int code = new OddlensCommand(
                        DetectorRegistry.installed(),
                        new OddlensHome(home),
                        console,
                        InputStream.nullInputStream(),
                        environment)
                .run(words);
        return new Typed(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
