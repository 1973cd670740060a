package org.oddlens.app.run;

import java.util.Locale;
import org.oddlens.engine.run.RunEvent;

/** Where a run stands, in one line: phase, epoch, seconds per epoch, time left. */
record RunStatus(RunViewModel run) {

    String text() {
        RunEvent.Started begun = run.startedProperty().get();
        RunViewModel.Phase phase = run.phaseProperty().get();
        if (!phase.live()) {
            return phase.word() + ": " + run.title(); // why stands in the verdict
        }
        if (begun == null || !RunLog.hasNetwork(begun)) {
            return phase.word() + " " + run.title();
        }
        int epoch = run.epochProperty().get();
        StringBuilder text = new StringBuilder(phase.word() + " " + run.title());
        text.append(" – epoch ").append(epoch).append('/').append(begun.epochs());
        double seconds = run.secondsPerEpochProperty().get();
        if (!Double.isNaN(seconds)) {
            text.append(String.format(Locale.ROOT, " – %s per epoch", Durations.brief(seconds)));
            text.append(String.format(Locale.ROOT, " – %s left", Durations.clock(seconds * (begun.epochs() - epoch))));
        }
        return text.toString();
    }
}
