package org.oddlens.app.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Preferences of the user. Immutable.
 *
 * @param dark   whether the dark theme is on
 * @param recent data files opened last, newest first, at most {@value #MAX_RECENT}
 * @param card   whether to train on the graphics card when it passes the self-test
 * @param pace   name of the pace that was chosen for watching; null if none was, so that the data decide
 */
public record Settings(boolean dark, List<String> recent, boolean card, String pace) {

    static final int MAX_RECENT = 8;

    public Settings {
        recent = recent == null ? List.of() : List.copyOf(recent);
    }

    public static Settings defaults() {
        return new Settings(false, List.of(), false, null);
    }

    public Settings withDark(boolean value) {
        return new Settings(value, recent, card, pace);
    }

    public Settings withCard(boolean value) {
        return new Settings(dark, recent, value, pace);
    }

    public Settings withPace(String value) {
        return new Settings(dark, recent, card, value);
    }

    /** Puts a file on top of the recent ones. */
    public Settings withRecent(String file) {
        List<String> files = new ArrayList<>(recent);
        files.remove(file);
        files.add(0, file);
        return new Settings(dark, files.subList(0, Math.min(MAX_RECENT, files.size())), card, pace);
    }
}
