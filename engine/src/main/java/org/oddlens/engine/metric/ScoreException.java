package org.oddlens.engine.metric;

/** Scores or labels that cannot be evaluated; the message is the sentence shown. */
public final class ScoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ScoreException(String sentence) {
        super(sentence);
    }
}
