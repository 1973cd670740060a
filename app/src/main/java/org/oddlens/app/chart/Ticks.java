package org.oddlens.app.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis with their labels; pure. */
final class Ticks {

    /** One tick: where it stands on the axis, and what is written there (empty: a minor tick). */
    record Tick(double value, String label) {}

    private Ticks() {}

    /** Steps of 1, 2 or 5 times a power of ten, at most about {@code wanted} of them. */
    static List<Tick> linear(double low, double high, int wanted) {
        List<Tick> ticks = new ArrayList<>();
        double span = high - low;
        if (!(span > 0) || Double.isInfinite(span)) {
            return ticks;
        }
        double step = step(span / Math.max(1, wanted));
        if (Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) < 1) {
            step = step(span / 5); // an axis with less than two numbers cannot be read
        }
        int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        boolean scientific = decimals > 4 || Math.max(Math.abs(low), Math.abs(high)) >= 1e6;
        long first = (long) Math.ceil(low / step - 1e-9);
        long last = (long) Math.floor(high / step + 1e-9);
        for (long k = first; k <= last; k++) {
            double value = k * step;
            ticks.add(new Tick(value, scientific ? NumberText.score(value) : fixed(value, decimals)));
        }
        return ticks;
    }

    /**
     * Powers of ten on an axis that shows log10 values; within a narrow range also 2 and 5.
     *
     * @param low  log10 of the lower end
     * @param high log10 of the upper end
     */
    static List<Tick> log(double low, double high, int wanted) {
        List<Tick> ticks = new ArrayList<>();
        int decades = (int) Math.ceil(high - low);
        if (high - low < 0.7) { // not even 1, 2 and 5 are sure to fall into it
            for (Tick tick : linear(Math.pow(10, low), Math.pow(10, high), wanted)) {
                ticks.add(new Tick(Math.log10(tick.value()), tick.label()));
            }
            return ticks;
        }
        int every = Math.max(1, decades / Math.max(1, wanted));
        double[] factors = decades <= 2 ? new double[] {1, 2, 5} : new double[] {1};
        for (int k = (int) Math.floor(low); k <= Math.ceil(high); k++) {
            for (double factor : factors) {
                double value = k + Math.log10(factor);
                if (value >= low - 1e-9 && value <= high + 1e-9 && Math.floorMod(k, every) == 0) {
                    ticks.add(new Tick(value, NumberText.score(factor * Math.pow(10, k))));
                }
            }
        }
        return ticks;
    }

    private static double step(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
    }

    private static String fixed(double value, int decimals) {
        String text = String.format(Locale.ENGLISH, "%,." + decimals + "f", value == 0 ? 0.0 : value);
        return text.startsWith("-") ? "−" + text.substring(1) : text;
    }
}
