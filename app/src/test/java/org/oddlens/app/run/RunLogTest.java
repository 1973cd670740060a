package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;

class RunLogTest {

    private static final String NOW = "2026-01-30T14:22:33Z";

    private final RunLog log = new RunLog();

    @Test
    void tellsWhatHappenedWithTheTimeOfDay() {
        log.add(new RunEvent.Phase(NOW, "training"));
        log.add(new RunEvent.Started(
                NOW, Map.of("train", 1000), 12, "12 → 2 → 12", 738, 100, 3, List.of("reconstruction")));
        log.add(new RunEvent.Change(NOW, 11, 320, "learning-rate", 2e-4, 1e-4));
        log.add(new RunEvent.Resumed(NOW, 4, 1));
        log.add(new RunEvent.Resumed(NOW, 0, 0));
        log.add(new RunEvent.Ended(NOW, RunEnd.COMPLETED, 9, "All done.", Map.of()));
        assertThat(log.lines())
                .containsExactly(
                        "14:22:33  training",
                        "14:22:33  Network 12 → 2 → 12, 738 parameters",
                        "14:22:33  learning-rate 2.0E-4 → 1.0E-4 from epoch 11 on",
                        "14:22:33  Resumed in epoch 4 after 1 of its steps",
                        "14:22:33  Resumed from the start: there was no checkpoint",
                        "14:22:33  All done.");
    }

    @Test
    void hasNoLineForEpochsAndPauses() {
        log.add(new RunEvent.Epoch(NOW, 1, 1, Map.of("reconstruction", 1.0), null, 1e-3, 0.2, null, false));
        log.add(new RunEvent.Paused(NOW, true));
        assertThat(log.lines()).isEmpty();
    }
}
