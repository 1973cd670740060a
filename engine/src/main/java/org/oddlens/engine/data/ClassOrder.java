package org.oddlens.engine.data;

import java.util.Comparator;

/** Orders label values: numbers by size, before text in dictionary order. */
enum ClassOrder implements Comparator<String> {
    INSTANCE;

    private static final CsvNumbers PLAIN = new CsvNumbers(false, false, false);

    @Override
    public int compare(String a, String b) {
        Double x = number(a);
        Double y = number(b);
        if (x != null && y != null) {
            return Double.compare(x, y);
        }
        if (x == null && y == null) {
            return a.compareTo(b);
        }
        return x != null ? -1 : 1;
    }

    static boolean isNumber(String text) {
        return number(text) != null;
    }

    private static Double number(String text) {
        double value = PLAIN.number(text);
        return Double.isNaN(value) ? null : (Double) value;
    }
}
