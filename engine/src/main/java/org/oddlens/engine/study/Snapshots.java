package org.oddlens.engine.study;

import java.util.Locale;

/** How often a run records scores and codes of the tracked rows while it trains. Training is the same either way. */
public enum Snapshots {
    /** Every epoch, whatever it costs. */
    ALL,
    /** For a run that a person watches: as often as 2 % of the training time allows, or 1 s in all if that is more; 6 s for at
     * most 100 records. */
    WATCHED,
    /** As often as 2 % of the training time allows. */
    REGULAR,
    /** Never: nothing can be watched or replayed, and no epoch has an AUROC. */
    NONE;

    /** Stable name in flags and in the engine protocol. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The choice of that name; {@link #REGULAR} for null. */
    public static Snapshots parse(String id) {
        if (id == null) {
            return REGULAR;
        }
        for (Snapshots choice : values()) {
            if (choice.id().equals(id)) {
                return choice;
            }
        }
        throw new IllegalArgumentException("There are no snapshots '" + id + "'; choose all, regular or none.");
    }
}
