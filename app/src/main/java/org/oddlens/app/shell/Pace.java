package org.oddlens.app.shell;

/** How many epochs of a training may begin in a second, so that one can watch it. It never changes what is learned. */
public enum Pace {
    FULL("As fast as it can", Double.POSITIVE_INFINITY),
    THIRTY("30 epochs a second", 30),
    TEN("10 epochs a second", 10),
    THREE("3 epochs a second", 3),
    ONE("1 epoch a second", 1);

    private final String words;
    private final double epochsPerSecond;

    Pace(String words, double epochsPerSecond) {
        this.words = words;
        this.epochsPerSecond = epochsPerSecond;
    }

    public String words() {
        return words;
    }

    /** Infinity without a limit. */
    public double epochsPerSecond() {
        return epochsPerSecond;
    }
}
