package org.oddlens.engine.data;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and shapes as they stand in sentences: grouped digits, a times sign, one decimal of a percentage. */
final class Sentences {

    private static final int LONGEST = 60;

    private Sentences() {}

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** "1 row", "2,010 rows". */
    static String count(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    static String shape(List<Integer> shape) {
        return shape.isEmpty()
                ? "single value"
                : shape.stream().map(Sentences::count).collect(Collectors.joining(" × "));
    }

    private static String count(Integer number) {
        return count(number.longValue());
    }

    static String percent(double part, double whole) {
        return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0.0 : 100.0 * part / whole);
    }

    static String bytes(long bytes) {
        if (bytes < 0) {
            return "more than 9 EB";
        }
        if (bytes < 1 << 20) {
            return count(bytes) + " bytes";
        }
        double mega = bytes / 1e6;
        return mega < 1000
                ? String.format(Locale.ROOT, "%.1f MB", mega)
                : String.format(Locale.ROOT, "%.1f GB", mega / 1000);
    }

    /** "a, b and c"; at most {@code limit} of them, then "and 7 more". */
    static String list(List<String> texts, int limit) {
        List<String> items =
                texts.stream().limit(limit + 1L).map(Sentences::onOneLine).toList();
        if (items.size() > limit) {
            return String.join(", ", items.subList(0, limit)) + " and " + count(texts.size() - limit) + " more";
        }
        if (items.size() < 2) {
            return String.join("", items);
        }
        return String.join(", ", items.subList(0, items.size() - 1)) + " and " + items.get(items.size() - 1);
    }

    /** The first sentences, one after another, and how many more there are. */
    static String first(List<String> sentences, int limit) {
        int more = sentences.size() - limit;
        return String.join(" ", sentences.subList(0, Math.min(limit, sentences.size())))
                + (more > 0 ? " The same is true of " + count(more, "more column") + "." : "");
    }

    /** Without control characters, which would take a sentence or a list apart. */
    static String onOneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\ufffd]", "?");
    }

    /** A text out of a file as it may stand in a sentence: short, on one line, without control characters. */
    static String shown(String text) {
        String line = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return onOneLine(line);
    }
}
