package org.oddlens.app.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Preferences of the user. Immutable.
 *
 * @param dark   whether the dark theme is on
 * @param recent data files opened last, newest first, at most {@value #MAX_RECENT}
 * @param card   whether to train on the graphics card when it passes the self-test
 */
public record Settings(boolean dark, List<String> recent, boolean card) {

    static final int MAX_RECENT = 8;

    public Settings {
        recent = recent == null ? List.of() : List.copyOf(recent);
    }

    public static Settings defaults() {
        return new Settings(false, List.of(), false);
    }

    public Settings withDark(boolean value) {
        return new Settings(value, recent, card);
    }

    public Settings withCard(boolean value) {
        return new Settings(dark, recent, value);
    }

    /** Puts a file on top of the recent ones. */
    public Settings withRecent(String file) {
        List<String> files = new ArrayList<>(recent);
        files.remove(file);
        files.add(0, file);
        return new Settings(dark, files.subList(0, Math.min(MAX_RECENT, files.size())), card);
    }
}
