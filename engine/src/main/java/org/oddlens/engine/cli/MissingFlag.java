package org.oddlens.engine.cli;

import java.util.Arrays;
import org.oddlens.engine.data.MissingPolicy;

/** The value of {@code --missing}. */
final class MissingFlag {

    private MissingFlag() {}

    /** Null for null. */
    static MissingPolicy parse(String text) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(MissingPolicy.values())
                .filter(policy -> policy.id().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        new UsageException("--missing: there is no '" + text + "'; choose report, drop or impute."));
    }
}
