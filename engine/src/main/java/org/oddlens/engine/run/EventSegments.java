package org.oddlens.engine.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The events of a run that may have been resumed: each resuming begins a segment, which takes the place of whatever was
 * recorded at or after the point where it goes on.
 */
final class EventSegments {

    private final List<RunEvent> recorded;

    /** @param recorded every event, in the order of the file */
    EventSegments(List<RunEvent> recorded) {
        this.recorded = recorded;
    }

    /** What counts: later segments over earlier ones, and no end but that of the last segment. */
    List<RunEvent> joined() {
        List<RunEvent> joined = new ArrayList<>();
        for (RunEvent event : recorded) {
            if (event instanceof RunEvent.Resumed resumed) {
                joined.removeIf(earlier -> replaced(earlier, resumed.fromEpoch()));
            } else if (event instanceof RunEvent.Change change) {
                joined.removeIf(earlier -> earlier instanceof RunEvent.Change same
                        && same.epoch() == change.epoch()
                        && same.key().equals(change.key()));
            }
            joined.add(event);
        }
        return joined;
    }

    private static boolean replaced(RunEvent earlier, int fromEpoch) {
        return earlier instanceof RunEvent.Ended
                || earlier instanceof RunEvent.Epoch epoch && epoch.epoch() >= fromEpoch
                || earlier instanceof RunEvent.Checkpoint checkpoint && checkpoint.epoch() >= fromEpoch;
    }

    /**
     * The changes of the whole run by epoch, what was planned and what came while it trained. A change that was recorded
     * beyond the point of resuming belongs to the run and happens again.
     */
    Map<Integer, Map<String, Object>> changes(List<HyperparameterChange> planned) {
        Map<Integer, Map<String, Object>> changes = new TreeMap<>();
        planned.forEach(change -> put(changes, change.epoch(), change.key(), change.value()));
        for (RunEvent event : recorded) {
            if (event instanceof RunEvent.Change change) {
                put(changes, change.epoch(), change.key(), change.to());
            }
        }
        return changes;
    }

    private static void put(Map<Integer, Map<String, Object>> changes, int epoch, String key, Object value) {
        changes.computeIfAbsent(epoch, e -> new LinkedHashMap<>()).put(key, value);
    }
}
