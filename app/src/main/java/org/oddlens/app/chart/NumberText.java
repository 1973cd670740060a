package org.oddlens.app.chart;

import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/** How numbers are written in charts: scores with 4 significant digits, metrics with 3 decimals. */
public final class NumberText {

    private NumberText() {}

    /** A score with four significant digits: {@code 0.413}, {@code 12.34}, {@code 3.2e−6}. */
    public static String score(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        String text;
        if (size != 0 && (size < 1e-3 || size >= 1e6)) {
            text = strip(String.format(Locale.ENGLISH, "%.3e", value));
        } else {
            int digits = size == 0 ? 0 : Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
            text = stripZeros(String.format(Locale.ENGLISH, "%,." + digits + "f", value));
        }
        return text.replace('-', '−');
    }

    /**
     * How the numbers of one table column are written, so that they can be compared: all as whole numbers if they are, else
     * all with four significant digits, zeros at the end too.
     *
     * @param values of the whole column; not finite ones do not count
     */
    public static DoubleFunction<String> alike(DoubleStream values) {
        boolean whole = values.filter(Double::isFinite).allMatch(v -> v == Math.rint(v) && Math.abs(v) < 1e6);
        return whole ? NumberText::score : NumberText::fourDigits;
    }

    /** Four significant digits, zeros at the end too: {@code 12.00}, {@code 0.4130}, {@code 3.200e−6}. */
    public static String fourDigits(double value) {
        double size = Math.abs(value);
        if (!Double.isFinite(value) || size == 0) {
            return score(value);
        }
        if (size < 1e-3 || size >= 1e6) {
            String text = String.format(Locale.ENGLISH, "%.3e", value);
            int e = text.indexOf('e');
            return (text.substring(0, e) + "e" + Integer.parseInt(text.substring(e + 1))).replace('-', '−');
        }
        int digits = Math.max(0, 3 - (int) Math.floor(Math.log10(size)));
        return String.format(Locale.ENGLISH, "%,." + digits + "f", value).replace('-', '−');
    }

    /** A metric with three decimals; "–" where it is undefined. */
    public static String metric(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ENGLISH, "%.3f", value);
    }

    /** A count with its thousands apart: {@code 250,000}. */
    public static String count(long value) {
        return String.format(Locale.ENGLISH, "%,d", value);
    }

    /** A share as whole per cent, or one decimal below 10 %: {@code 4 %}, {@code 0.3 %}. */
    public static String percent(double share) {
        double value = share * 100;
        return value > 0 && value < 1
                ? String.format(Locale.ENGLISH, "%.1f %%", value)
                : String.format(Locale.ENGLISH, "%.0f %%", value);
    }

    private static String strip(String scientific) {
        int e = scientific.indexOf('e');
        int exponent = Integer.parseInt(scientific.substring(e + 1));
        return stripZeros(scientific.substring(0, e)) + "e" + exponent;
    }

    private static String stripZeros(String number) {
        if (number.indexOf('.') < 0) {
            return number;
        }
        String short0 = number.replaceAll("0+$", "");
        return short0.endsWith(".") ? short0.substring(0, short0.length() - 1) : short0;
    }
}
