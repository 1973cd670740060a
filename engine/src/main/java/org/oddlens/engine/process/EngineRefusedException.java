package org.oddlens.engine.process;

/** The engine is well but will not do what was asked; the message is the sentence for the user. */
public final class EngineRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EngineRefusedException(String sentence) {
        super(sentence);
    }
}
