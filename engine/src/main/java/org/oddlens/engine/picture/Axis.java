package org.oddlens.engine.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Maps values to pixels along one axis, straight or logarithmic, and names its tick marks.
 *
 * @param low value at {@code from}
 * @param high value at {@code to}
 * @param from pixel of the low end
 * @param to pixel of the high end
 * @param logarithmic whether equal ratios take equal room
 */
record Axis(double low, double high, double from, double to, boolean logarithmic) {
    private static final double[] STEPS = {1, 2, 5, 10};

    /** One tick mark: its value and the text beside it. */
    record Tick(double value, String text) {}

    Axis {
        if (!(high > low) || logarithmic && !(low > 0)) {
            throw new IllegalArgumentException("No axis from " + low + " to " + high);
        }
    }

    double pixel(double value) {
        double share = logarithmic
                ? (Math.log(value) - Math.log(low)) / (Math.log(high) - Math.log(low))
                : (value - low) / (high - low);
        return from + share * (to - from);
    }

    /** About {@code wanted} tick marks at round values inside the axis. */
    List<Tick> ticks(int wanted) {
        return logarithmic ? logarithmicTicks(wanted) : straightTicks(wanted, 0);
    }

    /** Like {@link #ticks}, at whole numbers only. */
    List<Tick> wholeTicks(int wanted) {
        return straightTicks(wanted, 1);
    }

    private List<Tick> straightTicks(int wanted, double smallestStep) {
        double raw = (high - low) / wanted;
        double power = Math.pow(10, Math.floor(Math.log10(raw)));
        double step = power * 10;
        for (double candidate : STEPS) {
            if (candidate * power >= raw * 0.999) {
                step = candidate * power;
                break;
            }
        }
        step = Math.max(step, smallestStep);
        int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        double largest = Math.max(Math.abs(low), Math.abs(high));
        List<Tick> ticks = new ArrayList<>();
        for (long k = (long) Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
            double value = k * step;
            ticks.add(new Tick(value, text(value, largest, digits)));
        }
        return ticks;
    }

    private List<Tick> logarithmicTicks(int wanted) {
        double decades = Math.log10(high / low);
        List<Tick> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= Math.log10(high); exponent++) {
            int stride = (int) Math.max(1, Math.ceil(decades / wanted));
            for (double lead : decades < wanted / 2.0 ? new double[] {1, 2, 5} : new double[] {1}) {
                double value = lead * Math.pow(10, exponent);
                if (value >= low * 0.999 && value <= high * 1.001 && Math.floorMod(exponent, stride) == 0) {
                    ticks.add(new Tick(value, text(value, value, Math.max(0, -exponent))));
                }
            }
        }
        return ticks;
    }

    private static String text(double value, double largest, int digits) {
        if (value == 0) {
            return "0";
        }
        if (largest >= 100_000 || digits > 4) {
            String text = String.format(Locale.ROOT, "%.1e", value)
                    .replace("e-0", "e-")
                    .replace("e+0", "e");
            return text.replace(".0e", "e");
        }
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
