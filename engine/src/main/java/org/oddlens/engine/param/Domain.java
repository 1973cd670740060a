package org.oddlens.engine.param;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * The values a hyperparameter may take, and how they are written.
 *
 * <p>One text form serves the form, the command line and the run record: {@code parse(format(v)).equals(v)} for every
 * value of the domain.
 *
 * @param <T> the Java type of a value
 */
public sealed interface Domain<T> {

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException if the text is no value of this domain
     */
    T parse(String text);

    /** The text that {@link #parse} reads back to the same value. */
    String format(T value);

    /** What is allowed, to be put after "must be": {@code a whole number from 1 to 100}. */
    String describe();

    /** The value as JSON knows it: a number, a Boolean, a string or a list of whole numbers. */
    default Object toJson(T value) {
        return value;
    }

    /** Whole numbers in {@code [min, max]}. */
    record Whole(int min, int max) implements Domain<Integer> {
        @Override
        public Integer parse(String text) {
            return whole(text, min, max);
        }

        @Override
        public String format(Integer value) {
            return Integer.toString(value);
        }

        @Override
        public String describe() {
            return "a whole number from " + min + " to " + max;
        }
    }

    /** Whole numbers in {@code [min, max]}, or {@code auto} (an empty value): the detector chooses from the data. */
    record AutoWhole(int min, int max) implements Domain<OptionalInt> {
        @Override
        public OptionalInt parse(String text) {
            return isAuto(text) ? OptionalInt.empty() : OptionalInt.of(whole(text, min, max));
        }

        @Override
        public String format(OptionalInt value) {
            return value.isPresent() ? Integer.toString(value.getAsInt()) : AUTO;
        }

        @Override
        public String describe() {
            return "'auto' or a whole number from " + min + " to " + max;
        }

        @Override
        public Object toJson(OptionalInt value) {
            return value.isPresent() ? (Object) value.getAsInt() : AUTO;
        }
    }

    /** Whole numbers in {@code [min, max]}, or one of a few names for a number that the detector finds from the data. */
    record NamedWhole(List<String> names, int min, int max) implements Domain<String> {
        public NamedWhole {
            names = List.copyOf(names);
        }

        @Override
        public String parse(String text) {
            String wanted = text.strip().toLowerCase(Locale.ROOT);
            return names.contains(wanted) ? wanted : Integer.toString(whole(wanted, min, max));
        }

        @Override
        public String format(String value) {
            return value;
        }

        @Override
        public String describe() {
            return "'" + String.join("', '", names) + "' or a whole number from " + min + " to " + max;
        }

        @Override
        public Object toJson(String value) {
            return names.contains(value) ? (Object) value : (Object) Integer.valueOf(value);
        }
    }

    /**
     * Finite real numbers in {@code [min, max]}; {@code logarithmic} says that steps are factors, for sliders and
     * searches. Reads {@code 1e-4}, {@code 0,0001} and {@code 1/128} alike.
     */
    record Real(double min, double max, boolean logarithmic) implements Domain<Double> {
        @Override
        public Double parse(String text) {
            double value = number(text.strip());
            if (!Double.isFinite(value) || value < min || value > max) {
                throw new IllegalArgumentException("out of bounds");
            }
            return value;
        }

        private static double number(String text) {
            int slash = text.indexOf('/');
            if (slash > 0) {
                return number(text.substring(0, slash).strip())
                        / number(text.substring(slash + 1).strip());
            }
            String dotted = text.indexOf('.') < 0 ? text.replace(',', '.') : text;
            if (!dotted.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?")) {
                throw new IllegalArgumentException("no number");
            }
            return Double.parseDouble(dotted);
        }

        @Override
        public String format(Double value) {
            if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                return Long.toString(value.longValue());
            }
            return brief(new BigDecimal(Double.toString(value)).stripTrailingZeros());
        }

        /** {@code 0.0025}, {@code 2e-4}: the same decimal as {@code Double.toString}, so that reading it is exact. */
        private static String brief(BigDecimal decimal) {
            int exponent = decimal.precision() - decimal.scale() - 1;
            if (exponent >= -3 && exponent < 15) {
                return decimal.toPlainString();
            }
            return decimal.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
        }

        @Override
        public String describe() {
            return "a number from " + format(min) + " to " + format(max);
        }
    }

    /** Finite real numbers in {@code [min, max]}, or one of a few names for a value that the detector finds from the data. */
    record NamedReal(List<String> names, double min, double max) implements Domain<String> {
        public NamedReal {
            names = List.copyOf(names);
        }

        private Real numbers() {
            return new Real(min, max, true);
        }

        @Override
        public String parse(String text) {
            String wanted = text.strip().toLowerCase(Locale.ROOT);
            return names.contains(wanted) ? wanted : numbers().format(numbers().parse(text));
        }

        @Override
        public String format(String value) {
            return value;
        }

        @Override
        public String describe() {
            return "'" + String.join("', '", names) + "' or " + numbers().describe();
        }

        @Override
        public Object toJson(String value) {
            return names.contains(value) ? (Object) value : (Object) numbers().parse(value);
        }
    }

    /** One of a few named options; ids are kebab-case, case is ignored when reading. */
    record Choice(List<String> options) implements Domain<String> {
        public Choice {
            options = List.copyOf(options);
        }

        @Override
        public String parse(String text) {
            String wanted = text.strip().toLowerCase(Locale.ROOT);
            if (!options.contains(wanted)) {
                throw new IllegalArgumentException("no option");
            }
            return wanted;
        }

        @Override
        public String format(String value) {
            return value;
        }

        @Override
        public String describe() {
            return "one of " + String.join(", ", options);
        }
    }

    /** Yes or no. */
    record Switch() implements Domain<Boolean> {
        @Override
        public Boolean parse(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on", "1", "" -> true;
                case "false", "no", "off", "0" -> false;
                default -> throw new IllegalArgumentException("no switch");
            };
        }

        @Override
        public String format(Boolean value) {
            return value.toString();
        }

        @Override
        public String describe() {
            return "true or false";
        }
    }

    /**
     * Widths of hidden layers in {@code [1, maxWidth]}, at most {@code maxLayers} of them; {@code auto}: the detector
     * chooses; {@code none}: no hidden layer. A width of 0 is read, so that the detector can refuse it in its own words.
     */
    record LayerWidths(int maxLayers, int maxWidth) implements Domain<Widths> {
        @Override
        public Widths parse(String text) {
            String stripped = text.strip();
            if (isAuto(stripped)) {
                return Widths.AUTO;
            }
            if (stripped.equalsIgnoreCase("none")) {
                return new Widths(false, List.of());
            }
            List<Integer> sizes = java.util.Arrays.stream(stripped.split("[,;\\s]+|-"))
                    .map(part -> whole(part, 0, maxWidth))
                    .toList();
            if (sizes.size() > maxLayers) {
                throw new IllegalArgumentException("too many layers");
            }
            return new Widths(false, sizes);
        }

        @Override
        public String format(Widths value) {
            return value.toString();
        }

        @Override
        public String describe() {
            return "'auto', 'none' or at most " + maxLayers + " widths from 1 to " + maxWidth + " such as 64,32,16";
        }

        @Override
        public Object toJson(Widths value) {
            return value.auto() ? AUTO : value.sizes().isEmpty() ? "none" : value.sizes();
        }
    }

    /** The text of a value that the detector chooses. */
    String AUTO = "auto";

    private static boolean isAuto(String text) {
        return text.strip().equalsIgnoreCase(AUTO);
    }

    private static int whole(String text, int min, int max) {
        int value = Integer.parseInt(text.strip());
        if (value < min || value > max) {
            throw new IllegalArgumentException("out of bounds");
        }
        return value;
    }
}
