package org.oddlens.engine.data;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** NumPy's datetime64 as ISO text. */
final class NpyDates {

    private static final LocalDateTime EPOCH = LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC);
    private static final Pattern UNIT = Pattern.compile("(\\d*)([a-zA-Z]+)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "Y", ChronoUnit.YEARS,
            "M", ChronoUnit.MONTHS,
            "W", ChronoUnit.WEEKS,
            "D", ChronoUnit.DAYS,
            "h", ChronoUnit.HOURS,
            "m", ChronoUnit.MINUTES,
            "s", ChronoUnit.SECONDS,
            "ms", ChronoUnit.MILLIS,
            "us", ChronoUnit.MICROS,
            "ns", ChronoUnit.NANOS);

    private NpyDates() {}

    /** True for units from years to nanoseconds, also several of them such as {@code 15m}. */
    static boolean knows(String unit) {
        Matcher match = UNIT.matcher(unit);
        return match.matches() && UNITS.containsKey(match.group(2));
    }

    /** A date for units of a day and more, else date and time; "" for NumPy's "not a time". */
    static String text(long ticks, String unit) {
        Matcher match = UNIT.matcher(unit);
        if (ticks == Long.MIN_VALUE || !match.matches()) {
            return "";
        }
        ChronoUnit step = UNITS.get(match.group(2));
        try {
            long times = match.group(1).isEmpty() ? 1 : Long.parseLong(match.group(1));
            LocalDateTime at = EPOCH.plus(Math.multiplyExact(ticks, times), step);
            return step.compareTo(ChronoUnit.DAYS) >= 0 ? at.toLocalDate().toString() : at.toString();
        } catch (ArithmeticException | DateTimeException farAway) {
            return ticks + " " + unit;
        }
    }
}
