package org.oddlens.engine.picture;

/**
 * One loss term over the epochs.
 *
 * @param name what the legend says
 * @param values mean loss per row of epoch 1, 2, …; values that are not finite leave a gap
 */
public record LossCurve(String name, double[] values) {

    /** A copy of the values is kept. */
    public LossCurve {
        values = values.clone();
    }

    @Override
    public double[] values() {
        return values.clone();
    }
}
