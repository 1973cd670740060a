package org.oddlens.app.chart;

/**
 * One named series over epochs.
 *
 * @param name       as written in the legend, for example "reconstruction"
 * @param kind       which plot it belongs to
 * @param usesLabels whether labels were needed to compute it; such curves carry a star
 * @param epoch      ascending
 * @param value      same length; a value that is not finite is marked
 */
public record Curve(String name, Kind kind, boolean usesLabels, double[] epoch, double[] value) {

    /** Which plot a curve belongs to. */
    public enum Kind {
        /** A loss term of the training rows. */
        LOSS,
        /** A loss of rows held back from training; drawn dashed. */
        VALIDATION,
        /** A metric from 0 to 1, in a plot of its own below the losses. */
        METRIC
    }

    /** Checks the lengths. */
    public Curve {
        if (epoch.length != value.length) {
            throw new IllegalArgumentException(
                    name + " has " + epoch.length + " epochs but " + value.length + " values");
        }
    }

    /** A curve of epochs 1, 2, 3, … */
    public static Curve of(String name, Kind kind, boolean usesLabels, double... values) {
        double[] epochs = new double[values.length];
        for (int i = 0; i < epochs.length; i++) {
            epochs[i] = i + 1;
        }
        return new Curve(name, kind, usesLabels, epochs, values);
    }

    /** Name with the star of a curve that needed labels. */
    public String starredName() {
        return usesLabels ? name + " ★" : name;
    }

    /** Last value that is finite, NaN when there is none. */
    double last() {
        for (int i = value.length - 1; i >= 0; i--) {
            if (Double.isFinite(value[i])) {
                return value[i];
            }
        }
        return Double.NaN;
    }

    double first() {
        for (double v : value) {
            if (Double.isFinite(v)) {
                return v;
            }
        }
        return Double.NaN;
    }

    /** The curve in one sentence for a screen reader: "total from 1.21 to 0.08, still falling". */
    String inWords() {
        if (Double.isNaN(last())) {
            return starredName() + " has no finite value yet";
        }
        String trend = trend();
        return starredName() + " from " + NumberText.score(first()) + " to " + NumberText.score(last())
                + (trend.isEmpty() ? "" : ", " + trend);
    }

    /** Compares the last tenth of the epochs with the tenth before; one per cent of the whole change counts. */
    private String trend() {
        int tenth = Math.max(1, value.length / 10);
        if (value.length < 2 * tenth + 1) {
            return "";
        }
        double before = mean(value.length - 2 * tenth, value.length - tenth);
        double now = mean(value.length - tenth, value.length);
        double whole = Math.abs(first() - last());
        if (!(Math.abs(now - before) > 0.01 * whole)) {
            return "level";
        }
        return now < before ? "still falling" : "still rising";
    }

    private double mean(int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += value[i];
        }
        return sum / (to - from);
    }
}
