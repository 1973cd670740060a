package org.oddlens.app.chart;

/** What the colour of a row in the scatter means. */
public enum ColourBy {
    LABEL("Label"),
    SCORE("Score");

    private final String word;

    ColourBy(String word) {
        this.word = word;
    }

    @Override
    public String toString() {
        return word;
    }
}
