package org.oddlens.engine.device;

import java.util.Locale;

/** Sizes as people read them: 2.4 GB, 37 MB; powers of 1000, as disks are sold. */
public final class Bytes {

    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB"};

    private Bytes() {}

    /** The size with its unit. */
    public static String text(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, unit < 3 ? "%.0f %s" : "%.1f %s", value, UNITS[unit]);
    }
}
