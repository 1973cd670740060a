package org.oddlens.engine.device;

/**
 * What a process with the pack's libraries saw in one training step.
 *
 * @param passed            whether the step ran on the card and agrees with the processor's
 * @param backend           ND4J's backend, empty if the process did not get that far
 * @param largestDifference largest difference of two gradients' numbers, relative to the largest; null if none was computed
 * @param seconds           time it took
 * @param sentence          what happened
 */
public record TrialResult(boolean passed, String backend, Double largestDifference, double seconds, String sentence) {

    /** The process ended before it could tell anything. */
    public static TrialResult failed(double seconds, String sentence) {
        return new TrialResult(false, "", null, seconds, sentence);
    }
}
