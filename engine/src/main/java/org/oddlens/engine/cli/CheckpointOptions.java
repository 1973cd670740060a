package org.oddlens.engine.cli;

import org.oddlens.engine.study.CheckpointInterval;
import picocli.CommandLine.Option;

/** How often a run writes checkpoints, as flags of {@code train} and {@code resume}. */
final class CheckpointOptions {

    static final String SECONDS = "--checkpoint-seconds";
    static final String EPOCHS = "--checkpoint-epochs";
    static final String SECONDS_HELP = "A checkpoint after so many seconds of training; default 10.";
    static final String EPOCHS_HELP = "And one after so many epochs; default 0, none.";

    @Option(names = SECONDS, paramLabel = "S", description = SECONDS_HELP)
    private String seconds;

    @Option(names = EPOCHS, paramLabel = "N", description = EPOCHS_HELP)
    private String epochs;

    CheckpointInterval interval() {
        return interval(seconds, epochs);
    }

    /**
     * Reads the two flags; null stands for the default.
     *
     * @throws UsageException naming the flag that makes no sense
     */
    static CheckpointInterval interval(String seconds, String epochs) {
        double every = CheckpointInterval.DEFAULT.seconds();
        int after = CheckpointInterval.DEFAULT.epochs();
        try {
            every = seconds == null ? every : Double.parseDouble(seconds.strip());
        } catch (NumberFormatException e) {
            every = Double.NaN;
        }
        if (!(every > 0)) {
            throw new UsageException(SECONDS + " must be a number above 0, not '" + seconds + "'.");
        }
        try {
            after = epochs == null ? after : Integer.parseInt(epochs.strip());
        } catch (NumberFormatException e) {
            after = -1;
        }
        if (after < 0) {
            throw new UsageException(EPOCHS + " must be a whole number from 0, not '" + epochs + "'.");
        }
        return new CheckpointInterval(every, after);
    }
}
