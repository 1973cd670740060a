package org.oddlens.engine.study;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;

/**
 * The hyperparameters in force, which change between two epochs: as planned, as recorded before the run was resumed, or as
 * the user wishes. What the data cannot bear is refused with a warning, and the run goes on as before.
 */
final class LiveValues {

    private final Map<Integer, Map<String, Object>> planned;
    private final RunControl control;
    private Values values;

    /** @param planned changes by the first epoch trained with them */
    LiveValues(Values values, Map<Integer, Map<String, Object>> planned, RunControl control) {
        this.values = values;
        this.planned = planned;
        this.control = control;
    }

    /** The values in force. */
    Values now() {
        return values;
    }

    /** Makes the planned changes up to an epoch again, unrecorded because they are recorded already. */
    void replay(Training training, int epoch) {
        planned.forEach((from, changes) -> {
            if (from <= epoch) {
                change(training, changes);
            }
        });
    }

    /** Makes the changes due before an epoch and records them. */
    void apply(Training training, int epoch, long steps, RunRecorder recorder) throws IOException {
        Map<String, Object> due = new LinkedHashMap<>(planned.getOrDefault(epoch, Map.of()));
        due.putAll(control.takeChanges());
        Map<String, Object> before = values.json();
        String problem = change(training, due);
        if (problem != null) {
            recorder.warn("change-refused", "Nothing was changed before epoch " + epoch + ": " + problem);
            return;
        }
        for (Map.Entry<String, Object> now : values.json().entrySet()) {
            Object was = before.get(now.getKey());
            if (!now.getValue().equals(was)) {
                recorder.record(new RunEvent.Change(recorder.now(), epoch, steps, now.getKey(), was, now.getValue()));
            }
        }
    }

    /** @return why not, null if done */
    private String change(Training training, Map<String, Object> changes) {
        if (changes.isEmpty()) {
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        changes.forEach((key, value) -> texts.put(key, RunPlan.text(value)));
        try {
            Values wanted = values.with(texts);
            if (!wanted.equals(values)) {
                training.change(wanted);
            }
            values = wanted;
            return null;
        } catch (IllegalArgumentException e) { // among them values that do not fit the data
            return e.getMessage().lines().collect(Collectors.joining(" "));
        }
    }
}
