package org.oddlens.engine.cli;

/** The command line asks for something that cannot be; the message names the flag. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String sentence) {
        super(sentence);
    }
}
