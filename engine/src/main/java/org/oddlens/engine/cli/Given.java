package org.oddlens.engine.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.oddlens.engine.run.FailureSentence;
import picocli.CommandLine.ParseResult;

/** What was given on a command line whose options are made while the program runs. */
record Given(ParseResult parsed) {

    boolean has(String flag) {
        return parsed.hasMatchedOption(flag);
    }

    /** Null if it was not given. */
    String text(String flag) {
        return parsed.matchedOptionValue(flag, null);
    }

    /** Null if it was not given. */
    Path path(String flag) {
        try {
            return text(flag) == null ? null : Path.of(text(flag));
        } catch (InvalidPathException e) {
            throw new UsageException(flag + ": " + FailureSentence.of(e));
        }
    }

    List<String> texts(String flag) {
        return parsed.matchedOptionValue(flag, List.of());
    }

    boolean flag(String flag) {
        return parsed.matchedOptionValue(flag, false);
    }

    long whole(String flag, long otherwise) {
        String text = text(flag);
        try {
            return text == null ? otherwise : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(flag + " must be a whole number, not '" + text + "'.");
        }
    }

    double number(String flag, double otherwise) {
        String text = text(flag);
        try {
            return text == null ? otherwise : Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(flag + " must be a number, not '" + text + "'.");
        }
    }
}
