package org.oddlens.engine.process;

/** The engine process is not there any more; the message is the sentence for the user. */
public final class EngineGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EngineGoneException(String sentence) {
        super(sentence);
    }
}
