package org.oddlens.app.run;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.InvalidValueException;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunService;
import org.oddlens.engine.study.RunPlan;

/**
 * The live hyperparameters of a run: what is in force, what is asked for, what was refused and why. UI thread only.
 */
public final class LiveChanges {

    private final Executor uiThread;
    private final Map<String, String> inForce = new HashMap<>();
    private final Map<String, Hyperparameter<?>> pending = new LinkedHashMap<>();
    private final ObservableList<RunEvent.Change> made = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper refused = new ReadOnlyBooleanWrapper();

    /** @param uiThread runs a task later on the UI thread */
    LiveChanges(Executor uiThread) {
        this.uiThread = uiThread;
    }

    /** Takes the values a run begins with. */
    public void begin(Map<String, Object> hyperparameters) {
        hyperparameters.forEach((key, value) -> inForce.put(key, RunPlan.text(value)));
    }

    /** The text of the value in force. */
    String inForce(Hyperparameter<?> hyperparameter) {
        String text = inForce.get(hyperparameter.key());
        return text == null ? hyperparameter.defaultText() : normal(hyperparameter, text);
    }

    /** A value as the form writes it. */
    static <T> String normal(Hyperparameter<T> hyperparameter, String text) {
        try {
            return hyperparameter.domain().format(hyperparameter.parse(text));
        } catch (InvalidValueException e) {
            return text;
        }
    }

    /** Asks for another value, unless it makes no sense or changes nothing. */
    void ask(RunService.RunHandle run, Hyperparameter<?> hyperparameter, String text) {
        try {
            hyperparameter.parse(text);
        } catch (InvalidValueException e) {
            say(e.getMessage() + ".", true);
            return;
        }
        String value = normal(hyperparameter, text);
        if (value.equals(inForce(hyperparameter))) {
            say(hyperparameter.label() + " is " + value + " already.", false);
            return;
        }
        pending.put(hyperparameter.key(), hyperparameter);
        say(hyperparameter.label() + " " + value + " is asked for; it acts from the next epoch on.", false);
        run.change(hyperparameter.key(), value)
                .whenComplete((accepted, failure) -> uiThread.execute(() -> {
                    if (failure != null && pending.remove(hyperparameter.key()) != null) {
                        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
                        say(cause.getMessage(), true);
                    }
                }));
    }

    /** A change is in force. */
    void made(RunEvent.Change change) {
        inForce.put(change.key(), RunPlan.text(change.to())); // first: whoever hears of the change finds the value
        made.removeIf(same -> same.epoch() == change.epoch() && same.key().equals(change.key()));
        made.add(change);
        Hyperparameter<?> asked = pending.remove(change.key());
        if (asked != null) {
            say(asked.label() + " is " + inForce(asked) + " since epoch " + change.epoch() + ".", false);
        }
    }

    /** The run refused a change at the border of two epochs. */
    void refused(String sentence) {
        pending.clear();
        say(sentence, true);
    }

    private void say(String sentence, boolean problem) {
        refused.set(problem);
        note.set(sentence);
    }

    /** Changes in force, in their order. */
    public ObservableList<RunEvent.Change> made() {
        return made;
    }

    /** What became of the last wish; empty before the first. */
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    /** Whether the note says why something was refused. */
    ReadOnlyBooleanProperty refusedProperty() {
        return refused.getReadOnlyProperty();
    }
}
