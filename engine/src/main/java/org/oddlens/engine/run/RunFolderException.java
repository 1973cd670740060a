package org.oddlens.engine.run;

/** A run folder that cannot be used as asked; the message is the sentence shown to the user. */
public final class RunFolderException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RunFolderException(String sentence) {
        super(sentence);
    }
}
