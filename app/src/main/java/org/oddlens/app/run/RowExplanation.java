package org.oddlens.app.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.oddlens.engine.study.RowContributions;

/** Why the row asked about last has its score, as far as the engine has answered. UI thread only. */
public final class RowExplanation {

    static final String NOT_YET = "What each feature adds to the score can be asked when the run has finished.";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RowExplainer explainer;
    private final BooleanSupplier finished;
    private final Executor uiThread;
    private final ReadOnlyObjectWrapper<RowContributions.Row> found = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private int asked = -1;

    /**
     * @param finished whether the run has finished with a model
     * @param uiThread runs a task later on the UI thread
     */
    RowExplanation(RowExplainer explainer, BooleanSupplier finished, Executor uiThread) {
        this.explainer = explainer;
        this.finished = finished;
        this.uiThread = uiThread;
    }

    /**
     * Asks why a row has its score; only a finished run with a model can answer that, a live one tells the row's context.
     * Of several questions the last counts.
     */
    void ask(int row) {
        found.set(null);
        problem.set("");
        asked = row;
        if (!finished.getAsBoolean() && !explainer.besideFeatures()) {
            problem.set(NOT_YET);
            return;
        }
        explainer
                .contributions(row)
                .whenComplete((answer, failure) -> uiThread.execute(() -> {
                    if (row != asked) {
                        return;
                    }
                    if (failure == null) {
                        found.set(MAPPER.convertValue(answer, RowContributions.Row.class));
                    } else {
                        problem.set(failure.getMessage());
                    }
                }));
    }

    /** No row is looked at any more. */
    void askNothing() {
        asked = -1;
        found.set(null);
        problem.set("");
    }

    /** What each feature adds; null while unknown. */
    public ReadOnlyObjectProperty<RowContributions.Row> foundProperty() {
        return found.getReadOnlyProperty();
    }

    /** Why there is no explanation, or empty. */
    ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }
}
