package org.oddlens.engine.run;

import java.util.regex.Pattern;

/**
 * Whether a specification from a file is one at all, before anything is built, run, written or deleted by it: it may come
 * from a stranger. What its values mean is checked where they are used.
 */
public final class SpecCheck {

    /** More help nothing: large products are cut into far fewer parts. */
    public static final int MOST_THREADS = 256;

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int LONGEST_ID = 40;

    private final String place;

    /** @param place what holds the specification, for the sentence */
    public SpecCheck(String place) {
        this.place = place;
    }

    /** @throws RunFolderException naming the first key that cannot be */
    public void require(RunSpec spec) {
        if (spec == null) {
            throw refused("has no 'spec'");
        }
        if (spec.data() == null || spec.data().file() == null) {
            throw refused("names no data");
        }
        if (spec.detector() == null) {
            throw refused("names no detector");
        }
        if (spec.detector().length() > LONGEST_ID
                || !ID.matcher(spec.detector()).matches()) {
            throw refused("names the detector '" + shortened(spec.detector()) + "', and no detector is called so");
        }
        if (spec.threads() < 0 || spec.threads() > MOST_THREADS) {
            throw refused(
                    "asks for " + spec.threads() + " threads; possible are 0 (one for each core) to " + MOST_THREADS);
        }
        if (spec.changes().stream().anyMatch(change -> change.key() == null)) {
            throw refused("has a change of no hyperparameter");
        }
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_ID ? text.substring(0, LONGEST_ID) + "…" : text;
    }

    private RunFolderException refused(String what) {
        return new RunFolderException(place + " cannot be used: it " + what + ". Put back the original.");
    }
}
