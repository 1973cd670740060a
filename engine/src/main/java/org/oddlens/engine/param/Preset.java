package org.oddlens.engine.param;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Named values of one source: a paper, an original program, ours. A preset never applies itself.
 *
 * @param id     {@code default}, {@code paper}, {@code nrcan}, {@code nrcan/thyroid}, …
 * @param source where the values come from, one sentence
 * @param values key to text; hyperparameters that are not named keep their default
 * @param scaler the scaler the source uses, if it says
 */
public record Preset(String id, String source, Map<String, String> values, Optional<String> scaler) {

    public Preset {
        values = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * A preset written as {@code key=value} pairs with blanks between them; later ones override earlier ones.
     *
     * @param scaler the scaler the source uses, null if it does not say
     */
    public static Preset of(String id, String source, String scaler, String... settings) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pairs : settings) {
            for (String pair : pairs.split(" ")) {
                int equals = pair.indexOf('=');
                values.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return new Preset(id, source, values, Optional.ofNullable(scaler));
    }

    /** The declared defaults under the name {@code default}. */
    public static Preset defaults(String source) {
        return new Preset("default", source, Map.of(), Optional.empty());
    }
}
