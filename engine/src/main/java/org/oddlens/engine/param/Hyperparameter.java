package org.oddlens.engine.param;

import java.util.List;
import java.util.OptionalInt;

/**
 * The declaration of one hyperparameter: the single place of its key, bounds, unit, help and default. Form, command
 * line, run record, search space and manual follow from it.
 *
 * @param key           kebab-case name that never changes; the flag is {@code --key}
 * @param label         name shown in the form
 * @param unit          unit of the value ("epochs", "rows", "fraction"), empty if it has none
 * @param help          one or two sentences: what it does and when to change it
 * @param group         where the form shows it
 * @param domain        allowed values
 * @param defaultValue  value of the preset {@code default}
 * @param originalFlags spellings of the original programs, read as aliases
 * @param live          whether it may change while a run trains
 * @param <T>           type of a value
 */
public record Hyperparameter<T>(
        String key,
        String label,
        String unit,
        String help,
        Group group,
        Domain<T> domain,
        T defaultValue,
        List<String> originalFlags,
        boolean live) {

    /** Sections of the form, in their order. */
    public enum Group {
        ESSENTIALS("Essentials"),
        NETWORK("Network"),
        LOSS("Loss"),
        TRAINING("Training"),
        ADVANCED("Advanced");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        /** The heading shown. */
        public String title() {
            return title;
        }
    }

    public Hyperparameter {
        originalFlags = List.copyOf(originalFlags);
    }

    public static Hyperparameter<Integer> whole(String key, String label, int min, int max, int defaultValue) {
        return of(key, label, new Domain.Whole(min, max), defaultValue);
    }

    public static Hyperparameter<OptionalInt> autoWhole(String key, String label, int min, int max) {
        return of(key, label, new Domain.AutoWhole(min, max), OptionalInt.empty());
    }

    public static Hyperparameter<Double> real(String key, String label, double min, double max, double defaultValue) {
        return of(key, label, new Domain.Real(min, max, false), defaultValue);
    }

    public static Hyperparameter<Double> logReal(String key, String label, double min, double max, double value) {
        return of(key, label, new Domain.Real(min, max, true), value);
    }

    /** A whole number, or a name for one that the detector finds from the data. */
    public static Hyperparameter<String> namedWhole(
            String key, String label, List<String> names, int min, int max, String defaultValue) {
        return of(key, label, new Domain.NamedWhole(names, min, max), defaultValue);
    }

    /** A number on a logarithmic scale, or a name for one that the detector finds from the data. */
    public static Hyperparameter<String> namedReal(
            String key, String label, List<String> names, double min, double max, String defaultValue) {
        return of(key, label, new Domain.NamedReal(names, min, max), defaultValue);
    }

    public static Hyperparameter<String> choice(String key, String label, List<String> options, String defaultValue) {
        return of(key, label, new Domain.Choice(options), defaultValue);
    }

    public static Hyperparameter<Boolean> flag(String key, String label, boolean defaultValue) {
        return of(key, label, new Domain.Switch(), defaultValue);
    }

    public static Hyperparameter<Widths> widths(String key, String label, int maxLayers, int maxWidth) {
        return of(key, label, new Domain.LayerWidths(maxLayers, maxWidth), Widths.AUTO);
    }

    private static <T> Hyperparameter<T> of(String key, String label, Domain<T> domain, T defaultValue) {
        return new Hyperparameter<>(key, label, "", "", Group.ADVANCED, domain, defaultValue, List.of(), false);
    }

    public Hyperparameter<T> unit(String newUnit) {
        return new Hyperparameter<>(key, label, newUnit, help, group, domain, defaultValue, originalFlags, live);
    }

    public Hyperparameter<T> help(String newHelp) {
        return new Hyperparameter<>(key, label, unit, newHelp, group, domain, defaultValue, originalFlags, live);
    }

    public Hyperparameter<T> in(Group newGroup) {
        return new Hyperparameter<>(key, label, unit, help, newGroup, domain, defaultValue, originalFlags, live);
    }

    public Hyperparameter<T> defaultsTo(T value) {
        return new Hyperparameter<>(key, label, unit, help, group, domain, value, originalFlags, live);
    }

    public Hyperparameter<T> flags(String... flags) {
        return new Hyperparameter<>(key, label, unit, help, group, domain, defaultValue, List.of(flags), live);
    }

    public Hyperparameter<T> changesLive() {
        return new Hyperparameter<>(key, label, unit, help, group, domain, defaultValue, originalFlags, true);
    }

    /**
     * Reads a value as the form and the command line give it.
     *
     * @throws InvalidValueException with the sentence to show: "Epochs must be a whole number from 1 to 100, not '0'"
     */
    public T parse(String text) {
        try {
            return domain.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException(key, label + " must be " + domain.describe() + ", not '" + text + "'");
        }
    }

    /** The text of the default value. */
    public String defaultText() {
        return domain.format(defaultValue);
    }
}
