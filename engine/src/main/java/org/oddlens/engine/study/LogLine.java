package org.oddlens.engine.study;

import java.util.Locale;
import java.util.stream.Collectors;
import org.oddlens.engine.run.RunEvent;

/** An event as a line of {@code log.txt}. */
final class LogLine {

    private LogLine() {}

    static String of(RunEvent event) {
        return event.time() + "  " + text(event);
    }

    private static String text(RunEvent event) {
        if (event instanceof RunEvent.Phase phase) {
            return phase.phase();
        }
        if (event instanceof RunEvent.Started started) {
            return "network " + started.shape() + ", " + started.parameters() + " parameters, rows " + started.rows();
        }
        if (event instanceof RunEvent.Epoch epoch) {
            return epoch(epoch);
        }
        if (event instanceof RunEvent.Paused paused) {
            return paused.paused() ? "paused" : "continued";
        }
        if (event instanceof RunEvent.Warning warning) {
            return "note: " + warning.text();
        }
        if (event instanceof RunEvent.Change change) {
            return change.key() + " " + change.from() + " → " + change.to() + " from epoch " + change.epoch() + " on";
        }
        if (event instanceof RunEvent.Checkpoint checkpoint) {
            return "checkpoint after epoch " + checkpoint.epoch() + " and " + checkpoint.step() + " steps: "
                    + checkpoint.file();
        }
        if (event instanceof RunEvent.Resumed resumed) {
            return "resumed in epoch " + resumed.fromEpoch() + " after " + resumed.fromStep() + " steps";
        }
        RunEvent.Ended ended = (RunEvent.Ended) event;
        return "end: " + ended.end().id() + ". " + ended.message();
    }

    private static String epoch(RunEvent.Epoch epoch) {
        String terms = epoch.terms().entrySet().stream()
                .map(term -> String.format(Locale.ROOT, "%s %.6g", term.getKey(), term.getValue()))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "epoch %d  %s  (%.3f s)", epoch.epoch(), terms, epoch.seconds());
    }
}
