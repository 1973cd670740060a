package org.oddlens.engine.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
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
        console.err().println("oddlens: " + sentence(failure));
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Java's own exceptions about files say the name and nothing else. */
    private static String sentence(Exception failure) {
        if (failure instanceof AccessDeniedException denied) {
            return denied.getFile() + " cannot be opened or written: permission denied.";
        }
        if (failure instanceof NoSuchFileException missing) {
            return "There is no " + missing.getFile() + ", and it cannot be made.";
        }
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return file.getFile() + ": " + file.getClass().getSimpleName() + ".";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
