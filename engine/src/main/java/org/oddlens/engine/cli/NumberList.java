package org.oddlens.engine.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads lists of numbers in flags. */
final class NumberList {

    private static final long MOST = 100_000;

    private NumberList() {}

    /** {@code 0-4}, {@code 1,2,7} or both mixed. */
    static List<Long> whole(String flag, String text) {
        List<Long> numbers = new ArrayList<>();
        try {
            for (String part : text.split(",")) {
                String[] ends = part.strip().split("-", 2);
                long from = Long.parseLong(ends[0]);
                long to = ends.length == 2 ? Long.parseLong(ends[1]) : from;
                if (to < from || to - from > MOST) {
                    throw new UsageException(flag + ": '" + part + "' is no range of at most " + MOST + " numbers.");
                }
                for (long number = from; number <= to; number++) {
                    numbers.add(number);
                }
            }
        } catch (NumberFormatException e) {
            throw new UsageException(flag + " must be whole numbers such as 0-4 or 1,2,7, not '" + text + "'.");
        }
        return numbers.stream().distinct().toList();
    }

    /** {@code 0,0.05,0.1}, each in [0, 1). */
    static List<Double> shares(String flag, String text) {
        try {
            List<Double> shares = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .map(Double::parseDouble)
                    .distinct()
                    .toList();
            if (shares.stream().anyMatch(share -> !(share >= 0 && share < 1))) {
                throw new UsageException(flag + ": shares lie in [0, 1), not '" + text + "'.");
            }
            return shares;
        } catch (NumberFormatException e) {
            throw new UsageException(flag + " must be shares such as 0,0.05,0.1, not '" + text + "'.");
        }
    }

    /** {@code 2g}, {@code 1500m} or a number of bytes. */
    static long bytes(String flag, String text) {
        String lower = text.strip().toLowerCase(java.util.Locale.ROOT);
        int shift = lower.endsWith("g") ? 30 : lower.endsWith("m") ? 20 : 0;
        try {
            double number = Double.parseDouble(shift == 0 ? lower : lower.substring(0, lower.length() - 1));
            if (number > 0) {
                return (long) (number * (1L << shift));
            }
        } catch (NumberFormatException e) {
            throw new UsageException(flag + " must be a size such as 2g or 1500m, not '" + text + "'.");
        }
        throw new UsageException(flag + " must be above 0, not '" + text + "'.");
    }
}
