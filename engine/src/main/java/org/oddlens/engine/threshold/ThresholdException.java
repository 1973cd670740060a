package org.oddlens.engine.threshold;

/** A threshold that cannot be read or computed; the message is the sentence shown. */
public final class ThresholdException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ThresholdException(String sentence) {
        super(sentence);
    }
}
