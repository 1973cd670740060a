package org.oddlens.engine.detector;

import static org.oddlens.engine.detector.SharedHyperparameters.PATIENCE;
import static org.oddlens.engine.detector.SharedHyperparameters.SCHEDULE;
import static org.oddlens.engine.detector.SharedHyperparameters.VALIDATION_SHARE;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Values;

/** Settings that contradict each other, whatever the network: all problems are collected, so that they are shown at once. */
public final class LayoutChecks {

    private final Map<String, String> problems = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();

    public LayoutChecks(Values values) {
        needValidationRows(values, problems);
    }

    /** Collects what watches the validation loss although no rows are set aside for it. */
    public static void needValidationRows(Values values, Map<String, String> problems) {
        boolean validated = values.get(VALIDATION_SHARE) > 0;
        if (values.get(PATIENCE) > 0 && !validated) {
            problems.put(
                    PATIENCE.key(),
                    "Patience watches the validation loss, and no rows are set aside for it. Set 'Validation share' to"
                            + " 0.1, say, or patience to 0.");
        }
        if (values.get(SCHEDULE).equals("plateau") && !validated) {
            problems.put(
                    SCHEDULE.key(),
                    "The plateau schedule watches the validation loss, and no rows are set aside for it. Set"
                            + " 'Validation share' to 0.1, say, or choose another schedule.");
        }
    }

    /** Adds a sentence that stops training. */
    public void problem(String key, String sentence) {
        problems.put(key, sentence);
    }

    /** Adds a sentence that does not stop training. */
    public void warn(String sentence) {
        warnings.add(sentence);
    }

    Map<String, String> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    /**
     * The shape, if there is nothing wrong.
     *
     * @param widths     widths from input to output
     * @param parameters trainable numbers by part
     * @throws InvalidValuesException if anything is wrong
     */
    public NetworkShape shape(List<Integer> widths, Map<String, Long> parameters) {
        if (!problems.isEmpty()) {
            throw new InvalidValuesException(problems);
        }
        return new NetworkShape(widths, parameters, warnings);
    }
}
