package org.oddlens.engine.param;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Everything that is wrong with a set of values, reported at once so that the user mends it in one go. */
public final class InvalidValuesException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, String> problems;

    /**
     * @param problems key of the hyperparameter to the sentence shown beside it, never empty
     */
    public InvalidValuesException(Map<String, String> problems) {
        super(problems.values().stream().collect(Collectors.joining(System.lineSeparator())));
        this.problems = new LinkedHashMap<>(problems);
    }

    /** Key of the hyperparameter to the sentence, in the order of the declaration. */
    public Map<String, String> problems() {
        return java.util.Collections.unmodifiableMap(problems);
    }
}
