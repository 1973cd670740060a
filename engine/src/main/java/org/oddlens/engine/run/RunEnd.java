package org.oddlens.engine.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a run ended. <em>Interrupted</em> is not among them: it is the absence of an end, found by the reader. */
public enum RunEnd {
    /** All epochs done, or an end of the detector's own found before. */
    COMPLETED,
    /** The validation loss stopped improving for the asked number of epochs; the best weights are kept. */
    EARLY_STOPPED,
    /** Stopped by the user, model kept. */
    STOPPED,
    /** Stopped by the user, model thrown away. */
    DISCARDED,
    /** A loss term became infinite or no number; the last finite weights are kept. */
    DIVERGED,
    /** Something broke; the message says what. */
    FAILED;

    /** Whether a model that can score came out. */
    public boolean keepsModel() {
        return this != DISCARDED && this != FAILED;
    }

    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @JsonCreator
    public static RunEnd of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
