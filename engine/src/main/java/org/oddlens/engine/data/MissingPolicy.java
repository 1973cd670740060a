package org.oddlens.engine.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What happens to rows with missing (NaN) or infinite features. */
public enum MissingPolicy {
    /** Refuse to load and say where the values are, so that the user chooses one of the others. */
    REPORT,
    /** Leave out every row with a missing or infinite feature. */
    DROP,
    /** Keep the rows; the {@link FittedScaler} fills the gaps with medians of the training rows. */
    IMPUTE;

    /** Id in JSON and on the command line. */
    @JsonValue
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The policy of an id, in either case. */
    @JsonCreator
    public static MissingPolicy of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }
}
