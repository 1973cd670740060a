package org.oddlens.engine.param;

/** A value that its hyperparameter does not allow; the message is the sentence shown to the user. */
public final class InvalidValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String key;

    public InvalidValueException(String key, String message) {
        super(message);
        this.key = key;
    }

    /** Key of the hyperparameter concerned. */
    public String key() {
        return key;
    }
}
