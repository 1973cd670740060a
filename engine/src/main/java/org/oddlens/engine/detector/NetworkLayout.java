package org.oddlens.engine.detector;

import java.util.LinkedHashMap;
import java.util.Map;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Values;

/** The checks of a detector with a mirrored encoder and decoder before training: widths, and those of every network. */
public final class NetworkLayout {

    private final LayoutChecks checks;
    private final EncoderWidths widths;

    public NetworkLayout(Values values, DataShape data) {
        checks = new LayoutChecks(values);
        widths = EncoderWidths.resolve(values, data.features(), checks.problems(), checks.warnings());
    }

    public EncoderWidths widths() {
        return widths;
    }

    /** Adds a sentence that does not stop training. */
    public void warn(String sentence) {
        checks.warn(sentence);
    }

    /**
     * The shape, with parts added to encoder and decoder.
     *
     * @throws InvalidValuesException if anything is wrong
     */
    public NetworkShape shape(Map<String, Long> furtherParameters) {
        Map<String, Long> parameters = new LinkedHashMap<>();
        parameters.put("network", widths.parameters());
        parameters.putAll(furtherParameters);
        return checks.shape(widths.all(), parameters);
    }
}
