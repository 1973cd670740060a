package org.oddlens.engine.study;

/**
 * How often a checkpoint is written while a run trains; at a pause and at a stop there is always one.
 *
 * @param seconds after so many seconds of training
 * @param epochs  and after so many epochs, 0 for not
 */
public record CheckpointInterval(double seconds, int epochs) {

    /** Every ten seconds. */
    public static final CheckpointInterval DEFAULT = new CheckpointInterval(10, 0);

    public CheckpointInterval {
        if (!(seconds > 0) || epochs < 0) {
            throw new IllegalArgumentException(
                    "seconds must be above 0 and epochs 0 or more, not " + seconds + " and " + epochs);
        }
    }
}
