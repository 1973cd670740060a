package org.oddlens.app.run;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.oddlens.engine.run.RunEvent;

/** A run's log for people: one line, with its time, for each event that is worth one. UI thread only. */
final class RunLog {

    private final ObservableList<String> lines = FXCollections.observableArrayList();

    /** Adds the event's line; epochs and pauses have none, the curves and the status bar tell them. */
    void add(RunEvent event) {
        if (event instanceof RunEvent.Phase now) {
            add(now.time(), now.phase());
        } else if (event instanceof RunEvent.Started begun) {
            add(
                    begun.time(),
                    hasNetwork(begun)
                            ? "Network " + begun.shape() + ", " + begun.parameters() + " parameters"
                            : begun.features() + " features, no network");
        } else if (event instanceof RunEvent.Resumed resumed) {
            add(
                    resumed.time(),
                    "Resumed "
                            + (resumed.fromEpoch() == 0
                                    ? "from the start: there was no checkpoint"
                                    : "in epoch " + resumed.fromEpoch() + " after " + resumed.fromStep()
                                            + " of its steps"));
        } else if (event instanceof RunEvent.Change change) {
            add(
                    change.time(),
                    change.key() + " " + change.from() + " → " + change.to() + " from epoch " + change.epoch() + " on");
        } else if (event instanceof RunEvent.Checkpoint checkpoint) {
            add(checkpoint.time(), "Checkpoint after epoch " + checkpoint.epoch());
        } else if (event instanceof RunEvent.Warning warning) {
            add(warning.time(), warning.text());
        } else if (event instanceof RunEvent.Ended ended) {
            add(ended.time(), ended.message());
        }
    }

    /** A shape is a chain of widths; a detector without a network tells only the width of its rows. */
    static boolean hasNetwork(RunEvent.Started begun) {
        return begun.shape().contains("→");
    }

    private void add(String time, String text) {
        lines.add((time.length() >= 19 ? time.substring(11, 19) : time) + "  " + text);
    }

    /** Adds what no event tells, because the engine is gone. */
    void add(String sentence) {
        lines.add(sentence);
    }

    /** The lines, oldest first. */
    ObservableList<String> lines() {
        return lines;
    }
}
