package org.oddlens.engine.study;

import org.oddlens.engine.run.MachineKind;

/**
 * Where an interrupted or stopped run goes on.
 *
 * @param checkpoint its state; null if there is none and the run starts again
 * @param machine    where the run was begun
 */
record Resumption(Checkpoint checkpoint, MachineKind machine) {

    /** The epoch in which training goes on, 0 from the very start. */
    int fromEpoch() {
        return checkpoint == null ? 0 : checkpoint.goesOnIn();
    }

    /** Steps of that epoch done before. */
    int fromStep() {
        return checkpoint == null ? 0 : checkpoint.training().steps();
    }

    /** Says so where other last bits than those of an undisturbed run must be expected. */
    void compare(MachineKind now, RunRecorder recorder) {
        if (!now.repeatsBitsOf(machine)) {
            recorder.warn(
                    "other-machine",
                    "The run was begun on another kind of machine; from here on the last bits may differ from those of"
                            + " an undisturbed run.");
        }
    }
}
