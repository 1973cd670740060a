package org.oddlens.engine.cli;

import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.run.FailureSentence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Turns a failure into sentences and an exit code. */
final class Failure {

    private static final Logger LOG = LoggerFactory.getLogger(Failure.class);

    private Failure() {}

    /** @param failure an exception, or an error such as too little memory */
    static int report(Throwable failure, Console console) {
        if (failure instanceof UsageException) {
            console.err().println("oddlens: " + failure.getMessage());
            return CommandLine.ExitCode.USAGE;
        }
        if (failure instanceof InvalidValuesException invalid) {
            invalid.problems().forEach((key, sentence) -> console.err().println("oddlens: --" + key + ": " + sentence));
            return CommandLine.ExitCode.USAGE;
        }
        LOG.debug("command failed", failure);
        console.err().println("oddlens: " + FailureSentence.of(failure));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
