package org.oddlens.app.chart;

/**
 * A range of anomaly scores, as one bar of the histogram holds them.
 *
 * @param low    lowest score in it
 * @param high   where it ends
 * @param closed whether a score of exactly {@code high} is in it, too
 */
public record ScoreRange(double low, double high, boolean closed) {

    /** Whether a row with this score is counted in the bar. */
    public boolean contains(double score) {
        return score >= low && (score < high || closed && score == high);
    }
}
