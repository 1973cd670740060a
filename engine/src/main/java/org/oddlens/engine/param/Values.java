package org.oddlens.engine.param;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A value for every declared hyperparameter, defaults included. Immutable. */
public final class Values {

    private final List<Hyperparameter<?>> declared;
    private final Map<String, Object> values;

    private Values(List<Hyperparameter<?>> declared, Map<String, Object> values) {
        this.declared = List.copyOf(declared);
        this.values = values;
    }

    /** The defaults of the declaration. */
    public static Values defaults(List<Hyperparameter<?>> declared) {
        return parse(declared, Map.of());
    }

    /**
     * Reads texts by key; what is missing takes its default.
     *
     * @throws InvalidValuesException naming every unknown key and every value out of its domain
     */
    public static Values parse(List<Hyperparameter<?>> declared, Map<String, String> texts) {
        Map<String, String> problems = new LinkedHashMap<>();
        Map<String, Object> values = new LinkedHashMap<>();
        for (Hyperparameter<?> hyperparameter : declared) {
            String text = texts.get(hyperparameter.key());
            try {
                values.put(
                        hyperparameter.key(),
                        text == null ? hyperparameter.defaultValue() : hyperparameter.parse(text));
            } catch (InvalidValueException e) {
                problems.put(hyperparameter.key(), e.getMessage());
            }
        }
        for (String key : texts.keySet()) {
            if (declared.stream().noneMatch(h -> h.key().equals(key))) {
                problems.put(
                        key,
                        "There is no hyperparameter '" + key + "'. Known are: "
                                + declared.stream().map(Hyperparameter::key).collect(Collectors.joining(", ")));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidValuesException(problems);
        }
        return new Values(declared, values);
    }

    /** The value of a declared hyperparameter. */
    @SuppressWarnings("unchecked")
    public <T> T get(Hyperparameter<T> hyperparameter) {
        Object value = values.get(hyperparameter.key());
        if (value == null) {
            throw new IllegalArgumentException("'" + hyperparameter.key() + "' is not declared by this detector");
        }
        return (T) value;
    }

    /** Key to text, in the order of the declaration, defaults written out. */
    public Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Hyperparameter<?> hyperparameter : declared) {
            texts.put(hyperparameter.key(), text(hyperparameter));
        }
        return texts;
    }

    /** Key to JSON value, in the order of the declaration, defaults written out. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Hyperparameter<?> hyperparameter : declared) {
            json.put(hyperparameter.key(), json(hyperparameter));
        }
        return json;
    }

    private <T> String text(Hyperparameter<T> hyperparameter) {
        return hyperparameter.domain().format(get(hyperparameter));
    }

    private <T> Object json(Hyperparameter<T> hyperparameter) {
        return hyperparameter.domain().toJson(get(hyperparameter));
    }

    /** These values with some texts replaced. */
    public Values with(Map<String, String> texts) {
        Map<String, String> all = new LinkedHashMap<>(texts());
        all.putAll(texts);
        return parse(declared, all);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return texts().toString();
    }
}
