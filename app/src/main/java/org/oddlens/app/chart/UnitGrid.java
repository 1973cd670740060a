package org.oddlens.app.chart;

/**
 * A map of units and what the rows score that each wins.
 *
 * @param name    what the units are, in words of the interface: "Map units"
 * @param rows    of the grid
 * @param columns of the grid
 * @param score   mean score per unit, row by row; without meaning where it wins no row
 * @param hits    rows each unit wins
 * @param low     score where colours begin
 * @param high    score where colours end
 */
public record UnitGrid(String name, int rows, int columns, float[] score, int[] hits, double low, double high) {

    int units() {
        return hits.length;
    }

    /** Rows of the unit that wins most, at least 1. */
    int most() {
        int most = 1;
        for (int count : hits) {
            most = Math.max(most, count);
        }
        return most;
    }

    int all() {
        int all = 0;
        for (int count : hits) {
            all += count;
        }
        return all;
    }

    int empty() {
        int empty = 0;
        for (int count : hits) {
            empty += count == 0 ? 1 : 0;
        }
        return empty;
    }

    /** Whether a unit with rows scores below where colours begin. */
    boolean cutLow() {
        return any(-1);
    }

    /** Whether a unit with rows scores above where colours end. */
    boolean cutHigh() {
        return any(1);
    }

    private boolean any(int side) {
        for (int u = 0; u < hits.length; u++) {
            if (hits[u] > 0 && (side < 0 ? score[u] < (float) low : score[u] > (float) high)) {
                return true;
            }
        }
        return false;
    }

    /** Place of a unit's score in the colours. */
    double place(int unit) {
        return new ScoreScale(low, high).place(score[unit]);
    }

    /** "Row 3, column 5: 41 rows, mean score 0.413". */
    String words(int unit) {
        String where = "Row " + (unit / columns + 1) + ", column " + (unit % columns + 1) + ": ";
        return hits[unit] == 0
                ? where + "no rows"
                : where
                        + NumberText.count(hits[unit])
                        + (hits[unit] == 1 ? " row, score " : " rows, mean score ")
                        + NumberText.score(score[unit]);
    }
}
