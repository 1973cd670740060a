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

/**
 * The checks every network detector makes before training: widths, and settings that contradict each other. Collects
 * all problems, so that they are shown at once.
 */
public final class NetworkLayout {

    private final Map<String, String> problems = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final EncoderWidths widths;

    public NetworkLayout(Values values, DataShape data) {
        widths = EncoderWidths.resolve(values, data.features(), problems, warnings);
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

    public EncoderWidths widths() {
        return widths;
    }

    /** Adds a sentence that does not stop training. */
    public void warn(String sentence) {
        warnings.add(sentence);
    }

    /**
     * The shape, with parts added to encoder and decoder.
     *
     * @throws InvalidValuesException if anything is wrong
     */
    public NetworkShape shape(Map<String, Long> furtherParameters) {
        if (!problems.isEmpty()) {
            throw new InvalidValuesException(problems);
        }
        Map<String, Long> parameters = new LinkedHashMap<>();
        parameters.put("network", widths.parameters());
        parameters.putAll(furtherParameters);
        return new NetworkShape(widths.all(), parameters, warnings);
    }
}
