package org.oddlens.engine.data;

/** What happens to rows with missing (NaN) or infinite features. */
public enum MissingPolicy {
    /** Refuse to load and say where the values are, so that the user chooses one of the others. */
    REPORT,
    /** Leave out every row with a missing or infinite feature. */
    DROP,
    /** Keep the rows; the {@link FittedScaler} fills the gaps with medians of the training rows. */
    IMPUTE
}
