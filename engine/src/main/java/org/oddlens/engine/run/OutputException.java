package org.oddlens.engine.run;

import java.io.IOException;

/** A file that the user named cannot be written; the message is the sentence shown. */
public final class OutputException extends IOException {

    private static final long serialVersionUID = 1L;

    public OutputException(String sentence) {
        super(sentence);
    }

    public OutputException(String sentence, IOException cause) {
        super(sentence, cause);
    }
}
