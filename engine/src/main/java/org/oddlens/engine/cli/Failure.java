package org.oddlens.engine.cli;

import org.oddlens.engine.param.InvalidValuesException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Turns an exception into sentences and an exit code. */
final class Failure {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    private Failure() {}

    static int report(Exception failure, Console console) {
        if (failure instanceof UsageException) {
            console.err().println("oddlens: " + failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (failure instanceof InvalidValuesException invalid) {
            invalid.problems().forEach((key, sentence) -> console.err().println("oddlens: --" + key + ": " + sentence));
            return CommandLine.ExitCode.USAGE;
        }
        LOG.debug("command failed", failure);
        console.err().println("oddlens: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage()));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
