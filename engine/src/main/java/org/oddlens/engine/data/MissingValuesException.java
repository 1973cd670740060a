package org.oddlens.engine.data;

import java.nio.file.Path;

/** Values are missing and nobody has said what to do about them; the message gives counts, places and the choices. */
public final class MissingValuesException extends DataFormatException {

    private static final long serialVersionUID = 1L;

    public MissingValuesException(Path file, String sentence) {
        super(file, sentence);
    }
}
