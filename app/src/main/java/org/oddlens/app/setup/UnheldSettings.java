package org.oddlens.app.setup;

import java.util.ArrayList;
import java.util.List;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.run.RunSpec;

/** What a run was told that the form has no field for, so that nothing is lost without a word when a run is loaded into it. */
final class UnheldSettings {

    private final RunSpec run;

    UnheldSettings(RunSpec run) {
        this.run = run;
    }

    /** A sentence after a space; empty if the form holds all. */
    String sentence() {
        ProtocolSpec plain = ProtocolSpec.of(run.protocol().id())
                .withNormalClasses(run.protocol().normalClasses())
                .withAnomalousClass(run.protocol().anomalousClass())
                .withSplitSeed(run.seed());
        List<String> unheld = new ArrayList<>();
        if (!plain.equals(run.protocol())) {
            unheld.add("options of its split");
        }
        if (!run.data().leftOut().isEmpty()) {
            unheld.add("the features it left out");
        }
        if (run.constantFeatures() != null) {
            unheld.add("its rule for constant features");
        }
        return unheld.isEmpty()
                ? ""
                : " The form has no place for " + String.join(" and ", unheld)
                        + "; the command under Settings repeats them.";
    }
}
