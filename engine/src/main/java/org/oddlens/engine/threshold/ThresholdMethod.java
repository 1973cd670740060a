package org.oddlens.engine.threshold;

/** Ways to choose a decision threshold. */
public enum ThresholdMethod {
    PERCENTILE("percentile", 95, false, "The given percentile of the reference scores."),
    KNOWN_RATIO("known-ratio", Double.NaN, true, "Flags as many rows as there are anomalies by the labels."),
    KNOWN_PERCENT(
            "known-percent",
            Double.NaN,
            true,
            "The percentile at the labelled share of normal rows, rounded up to whole percents as in the 13-model program."),
    PERCENT_SCAN(
            "percent-scan",
            Double.NaN,
            true,
            "The best by F1 of 100 percentiles within 5 percent of the labelled share of normal rows, as in the 13-model"
                    + " program."),
    MEAN_SD("mean-sd", 3, false, "Mean + k standard deviations of the reference scores."),
    MEDIAN_MAD("median-mad", 3, false, "Median + k median absolute deviations of the reference scores."),
    VALUE("value", Double.NaN, false, "The given score itself, whatever the reference scores are."),
    TOP(
            "top",
            Double.NaN,
            false,
            "Flags the given number of rows with the highest reference scores, and those equal to the last."),
    SHARE("share", Double.NaN, false, "Flags the given share of the rows, those with the highest reference scores."),
    BEST_F1("best-f1", Double.NaN, true, "The threshold with the largest F1 on the labels.");

    private final String id;
    private final double defaultValue;
    private final boolean usesLabels;
    private final String help;

    ThresholdMethod(String id, double defaultValue, boolean usesLabels, String help) {
        this.id = id;
        this.defaultValue = defaultValue;
        this.usesLabels = usesLabels;
        this.help = help;
    }

    /** Stable name in files and flags. */
    public String id() {
        return id;
    }

    /** Default of the method's number; NaN if it takes none or has no default. */
    public double defaultValue() {
        return defaultValue;
    }

    public boolean takesValue() {
        return !Double.isNaN(defaultValue) || needsValue();
    }

    /** Whether its number has no default. */
    public boolean needsValue() {
        return this == VALUE || this == TOP || this == SHARE;
    }

    public boolean usesLabels() {
        return usesLabels;
    }

    public String help() {
        return help;
    }
}
