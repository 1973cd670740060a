package org.oddlens.engine.device;

/** The pack could not be installed; the message says what happened and what to do. */
public final class PackException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PackException(String sentence) {
        super(sentence);
    }
}
