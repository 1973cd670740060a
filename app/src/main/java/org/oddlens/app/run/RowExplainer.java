package org.oddlens.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletionStage;

/** Asks the engine why a row of a finished run has its score. */
@FunctionalInterface
public interface RowExplainer {

    /** The answer is a {@code RowContributions.Row} as JSON; comes on any thread. */
    CompletionStage<JsonNode> contributions(int row);

    /** Whether rows have an id, time or context, so that there is something to tell about them before the run ends. */
    default boolean besideFeatures() {
        return false;
    }
}
