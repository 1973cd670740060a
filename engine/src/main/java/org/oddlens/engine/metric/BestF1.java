package org.oddlens.engine.metric;

/**
 * The largest F1 over all thresholds, and the highest threshold reaching it. Uses labels.
 *
 * @param threshold a score of the data
 * @param confusion counts at it
 */
public record BestF1(double threshold, Confusion confusion) {

    public double f1() {
        return confusion.f1();
    }
}
