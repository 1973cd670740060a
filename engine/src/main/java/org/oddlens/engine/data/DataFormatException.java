package org.oddlens.engine.data;

import java.nio.file.Path;
import java.util.Optional;

/** A data file cannot be used as asked; the message is the sentence shown: what happened, why, what to do. */
public sealed class DataFormatException extends RuntimeException permits MissingValuesException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;

    public DataFormatException(Path file, String sentence) {
        super(sentence);
        this.file = file;
    }

    public DataFormatException(Path file, String sentence, Throwable cause) {
        super(sentence, cause);
        this.file = file;
    }

    /** The file the sentence is about; empty where it is about roles or a protocol. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
