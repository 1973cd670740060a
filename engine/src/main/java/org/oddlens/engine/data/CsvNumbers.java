package org.oddlens.engine.data;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How numbers are written in a text table: 1234.5, 1234,5, 1.234,5 or 1,234.5. Everywhere understood are spaces and
 * apostrophes between thousands, exponents with e, E, d or D, hexadecimal whole numbers, and the minus of typesetters.
 *
 * @param decimalComma a comma stands before the fraction, else a point
 * @param grouped      the other mark stands between thousands
 * @param ambiguous    nothing tells whether the mark before three digits groups thousands or begins a fraction
 */
record CsvNumbers(boolean decimalComma, boolean grouped, boolean ambiguous) {

    /** Codes for "no value" of the usual programs: R, pandas, Excel, SAS, MySQL and old C libraries among them. */
    private static final Set<String> MISSING = Set.of(
            "",
            "na",
            "n/a",
            "nan",
            "null",
            "none",
            "?",
            "-",
            "missing",
            "nil",
            "<na>",
            "#n/a",
            "#na",
            "#n/a n/a",
            "#div/0!",
            "#value!",
            "#ref!",
            "#name?",
            "#num!",
            "#null!",
            "#n/d",
            ".",
            "..",
            "--",
            "---",
            "\\n",
            "n.a.",
            "-nan",
            "+nan",
            "nan(ind)",
            "-nan(ind)",
            "1.#ind",
            "-1.#ind",
            "1.#qnan",
            "-1.#qnan",
            "nat");

    private static final int LONGEST_CODE = 9;

    private static final Map<String, Double> INFINITE = Map.of(
            "inf", Double.POSITIVE_INFINITY,
            "+inf", Double.POSITIVE_INFINITY,
            "infinity", Double.POSITIVE_INFINITY,
            "+infinity", Double.POSITIVE_INFINITY,
            "1.#inf", Double.POSITIVE_INFINITY,
            "-inf", Double.NEGATIVE_INFINITY,
            "-infinity", Double.NEGATIVE_INFINITY,
            "-1.#inf", Double.NEGATIVE_INFINITY);

    private static final String GROUPS = "[ \u00a0\u2009\u202f'\u2019]";
    private static final Pattern SPACED =
            Pattern.compile("([+-]?\\d{1,3})((?:" + GROUPS + "\\d{3})+)((?:[.,]\\d*)?(?:[eE][+-]?\\d+)?)");
    private static final Pattern HEX = Pattern.compile("([+-]?)0[xX]([0-9a-fA-F]{1,13})");
    private static final Pattern GROUPED_BY_POINT =
            Pattern.compile("[+-]?\\d{1,3}(\\.\\d{3})+(,\\d*)?([eE][+-]?\\d+)?");
    private static final Pattern GROUPED_BY_COMMA =
            Pattern.compile("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d*)?([eE][+-]?\\d+)?");

    /** Counts what cells tell about the marks. */
    static final class Evidence {

        private final int[] certain = new int[2];
        private final int[] groups = new int[2];
        private final int[] unclear = new int[2];

        /** Looks at a stripped cell. */
        void add(String cell) {
            String text = sign(cell);
            boolean point = text.indexOf('.') >= 0;
            boolean comma = text.indexOf(',') >= 0;
            if (!point && !comma) {
                return;
            }
            Matcher spaced = SPACED.matcher(text);
            if (spaced.matches()) {
                certain[spaced.group(3).startsWith(",") ? 1 : 0] +=
                        spaced.group(3).isEmpty() ? 0 : 1;
                return;
            }
            for (int mark = 0; mark < 2; mark++) { // 0: decimal point, 1: decimal comma
                Matcher group = (mark == 0 ? GROUPED_BY_COMMA : GROUPED_BY_POINT).matcher(text);
                char decimal = mark == 0 ? '.' : ',';
                char other = mark == 0 ? ',' : '.';
                boolean grouped = group.matches();
                boolean several = grouped && (group.group(2) != null || text.indexOf(other) != text.lastIndexOf(other));
                if (several) {
                    groups[mark]++;
                } else if (grouped && text.charAt(0) != '0' && !text.startsWith("-0")) {
                    unclear[1 - mark]++;
                } else if (text.indexOf(other) < 0 && isPlain(text.replace(decimal, '.'))) {
                    boolean alsoGrouped = (mark == 0 ? GROUPED_BY_POINT : GROUPED_BY_COMMA)
                            .matcher(text)
                            .matches();
                    boolean zero = text.startsWith("0") || text.startsWith("-0");
                    certain[mark] += alsoGrouped && !zero ? 0 : 1;
                }
            }
        }

        /** The reading that most cells bear; with as many for either, the point. */
        CsvNumbers guess() {
            int forComma = certain[1] + groups[1];
            int forPoint = certain[0] + groups[0];
            if (forComma == 0 && forPoint == 0) {
                boolean comma = unclear[1] > unclear[0];
                return new CsvNumbers(comma, false, unclear[0] + unclear[1] > 0);
            }
            int decimal = forComma > forPoint ? 1 : 0;
            boolean groupMark = groups[decimal] > 0 || certain[1 - decimal] == 0 && unclear[1 - decimal] > 0;
            return new CsvNumbers(decimal == 1, groupMark, false);
        }
    }

    /** True for an empty cell and for the usual codes. */
    static boolean isMissing(String cell) {
        return cell.isEmpty() || cell.length() <= LONGEST_CODE && MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    boolean isNumber(String cell) {
        return !isMissing(cell) && !Double.isNaN(number(cell));
    }

    /** The number in a stripped cell; NaN if it is missing or no number. */
    double number(String cell) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        if (!decimalComma && isPlain(cell)) {
            return Double.parseDouble(cell);
        }
        char first = cell.charAt(0);
        if (first > 'n' && first < 128 || first == '"') {
            return Double.NaN;
        }
        String text = sign(cell);
        String plain = decimalComma && !grouped ? text.replace(',', '.') : text;
        if (!(grouped && mayBeGroup(text)) && isPlain(plain)) {
            return Double.parseDouble(plain);
        }
        return unusual(text);
    }

    /** True if the other mark is in the text, so that it must be well-formed groups. */
    private boolean mayBeGroup(String text) {
        return text.indexOf(decimalComma ? '.' : ',') >= 0 || decimalComma && text.indexOf(',') >= 0;
    }

    private double unusual(String text) {
        Double infinite = text.length() <= 9 ? INFINITE.get(text.toLowerCase(Locale.ROOT)) : null;
        if (infinite != null) {
            return infinite;
        }
        Matcher hex = HEX.matcher(text);
        if (hex.matches()) {
            long whole = Long.parseLong(hex.group(2), 16);
            return hex.group(1).equals("-") ? -whole : whole;
        }
        String plain = text;
        Matcher spaced = SPACED.matcher(text);
        if (spaced.matches()) {
            plain = spaced.group(1) + spaced.group(2).replaceAll(GROUPS, "") + spaced.group(3);
        } else if (grouped
                && (decimalComma ? GROUPED_BY_POINT : GROUPED_BY_COMMA)
                        .matcher(text)
                        .matches()) {
            plain = text.replace(decimalComma ? "." : ",", "");
        } else if (grouped && text.indexOf(decimalComma ? '.' : ',') >= 0) {
            return Double.NaN; // the other mark, but no groups of three
        }
        if (decimalComma) {
            plain = plain.replace(',', '.');
        }
        plain = plain.replace('d', 'e').replace('D', 'e'); // Fortran
        return isPlain(plain) ? Double.parseDouble(plain) : Double.NaN;
    }

    /** A typesetter's minus as the usual one. */
    private static String sign(String cell) {
        return cell.charAt(0) < 128 && cell.indexOf('\u2212') < 0
                ? cell
                : cell.replace('\u2212', '-').replaceFirst("^[\u2013\ufe63\uff0d](?=[\\d.,])", "-");
    }

    /** True for what {@link Double#parseDouble} reads as a decimal number; never leaves it to an exception. */
    private static boolean isPlain(String text) {
        int at = 0;
        int end = text.length();
        if (end > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
            at++;
        }
        int digits = 0;
        boolean point = false;
        for (; at < end; at++) {
            char c = text.charAt(at);
            if (c >= '0' && c <= '9') {
                digits++;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                break;
            }
        }
        if (digits == 0 || at == end) {
            return digits > 0;
        }
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        at++;
        if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            at++;
        }
        int from = at;
        while (at < end && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at == end && at > from;
    }

    /** "decimal comma, points between thousands, "; "" for plain decimal points. */
    String describe() {
        return (decimalComma ? "decimal comma, " : "")
                + (grouped ? (decimalComma ? "points" : "commas") + " between thousands, " : "");
    }
}
