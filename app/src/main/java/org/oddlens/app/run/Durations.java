package org.oddlens.app.run;

import java.util.Locale;

/** Durations in words. */
final class Durations {

    private Durations() {}

    /** {@code 12 ms}, {@code 1.2 s}, {@code 2:05}. */
    static String brief(double seconds) {
        if (seconds < 0.1) {
            return String.format(Locale.ROOT, "%.0f ms", seconds * 1000);
        }
        return seconds < 60 ? String.format(Locale.ROOT, "%.1f s", seconds) : clock(seconds);
    }

    /** {@code 0:07}, {@code 1:07:21}. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
