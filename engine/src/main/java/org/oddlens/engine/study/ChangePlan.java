package org.oddlens.engine.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.SharedHyperparameters;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.InvalidValueException;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.HyperparameterChange;

/** Which changes of live hyperparameters a run can take; checked before there is a run. */
public final class ChangePlan {

    /** The key under which a change is refused: the flag of the command line. */
    public static final String FLAG = "change";

    private final DetectorDescriptor detector;
    private final int epochs;

    /** @param values values the run begins with */
    public ChangePlan(DetectorDescriptor detector, Values values) {
        this.detector = detector;
        this.epochs = values.texts().containsKey(SharedHyperparameters.EPOCHS.key())
                ? values.get(SharedHyperparameters.EPOCHS)
                : 1;
    }

    /**
     * The changes with their values as the run records them.
     *
     * @throws InvalidValuesException if a key is unknown or not live, or a value or an epoch out of range
     */
    public List<HyperparameterChange> checked(List<HyperparameterChange> wanted) {
        List<HyperparameterChange> checked = new ArrayList<>();
        for (HyperparameterChange change : wanted) {
            if (change.epoch() < 1 || change.epoch() > epochs) {
                throw refused("epoch " + change.epoch() + " is not among the " + epochs + " epochs of the run.");
            }
            checked.add(new HyperparameterChange(change.epoch(), change.key(), value(change.key(), change.value())));
        }
        return checked;
    }

    /**
     * A value of a live hyperparameter as a run records it.
     *
     * @throws InvalidValuesException with the sentence for the user
     */
    public Object value(String key, Object value) {
        Hyperparameter<?> declared = detector.hyperparameter(key)
                .filter(Hyperparameter::live)
                .orElseThrow(() -> refused(
                        detector.hyperparameter(key).isPresent()
                                ? "'" + key + "' cannot change while a run trains. " + live()
                                : detector.name() + " has no hyperparameter '" + key + "'. " + live()));
        try {
            return parsed(declared, RunPlan.text(value));
        } catch (InvalidValueException e) {
            throw refused(e.getMessage() + ".");
        }
    }

    private static <T> Object parsed(Hyperparameter<T> declared, String text) {
        return declared.domain().toJson(declared.parse(text));
    }

    private String live() {
        return detector.hyperparameters().stream()
                .filter(Hyperparameter::live)
                .map(Hyperparameter::key)
                .collect(Collectors.joining(", ", "These can: ", "."));
    }

    private static InvalidValuesException refused(String sentence) {
        return new InvalidValuesException(Map.of(FLAG, sentence));
    }
}
