package org.oddlens.engine.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stand-in for standard output: what libraries print goes to the log, line by line. */
final class LogStream extends OutputStream {

    private static final Logger LOG = LoggerFactory.getLogger("stdout");
    private static final int LONGEST_LINE = 8192;

    private final StringBuilder line = new StringBuilder();

    static PrintStream print() {
        return new PrintStream(new LogStream(), true, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(int character) {
        if (character == '\n' || line.length() >= LONGEST_LINE) {
            LOG.debug("{}", line);
            line.setLength(0);
        } else {
            line.append((char) character);
        }
    }
}
