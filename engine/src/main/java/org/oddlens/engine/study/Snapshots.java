package org.oddlens.engine.study;

/** Whether a run records scores and codes of the tracked rows while it trains. Training is the same either way. */
public enum Snapshots {
    /** As often as the telemetry's share of the training time allows. */
    REGULAR,
    /** Never: nothing can be watched or replayed, and no epoch has an AUROC. */
    NONE
}
