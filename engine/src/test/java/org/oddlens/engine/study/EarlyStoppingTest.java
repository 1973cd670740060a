package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;

/** Runs that end when patience does: what is kept, and what their snapshots show. */
class EarlyStoppingTest extends HeardRuns {

    /**
     * With a huge rate every later epoch is worse than an early one, so the kept weights score as that epoch did; those of
     * ALAD are means over batches, of that epoch too.
     */
    @ParameterizedTest
    @CsvSource({"autoencoder, 0.3", "alad, 0.01"})
    void keepsTheBestEpochWhenPatienceEnds(String detector, double rate) throws IOException {
        Map<String, Object> values = Map.of("validation-share", 0.3, "learning-rate", rate, "batch-size", 16);
        Map<String, Object> patient = new HashMap<>(values);
        patient.putAll(Map.of("patience", 3, "epochs", 500));
        RunFolder run = execute(TestRuns.of(detector, TestRuns.spec(data, "transductive", patient)));
        RunEvent.Ended ended = of(RunEvent.Ended.class).get(0);
        List<RunEvent.Epoch> epochs = of(RunEvent.Epoch.class);
        RunEvent.Epoch best = epochs.stream()
                .filter(epoch -> epoch.validation() != null)
                .min(Comparator.comparing(RunEvent.Epoch::validation))
                .orElseThrow();

        assertThat(ended.end()).isEqualTo(RunEnd.EARLY_STOPPED);
        assertThat(ended.epoch()).isEqualTo(best.epoch() + 3);
        assertThat(warnings("early-stopped")).singleElement().asString().contains("epoch " + best.epoch() + ",");

        // The same run cut off after its best epoch ends with the same weights.
        Map<String, Object> toTheBest = new HashMap<>(values);
        toTheBest.put("epochs", best.epoch());
        assertSameWeights(execute(TestRuns.of(detector, TestRuns.spec(data, "transductive", toTheBest))), run);
    }

    /** A snapshot shows the network of the epoch it is named after, also where an earlier epoch is kept in the end. */
    @Test
    void namesSnapshotsAfterTheEpochTheyShow() throws IOException {
        Map<String, Object> values =
                Map.of("validation-share", 0.3, "patience", 3, "epochs", 500, "learning-rate", 0.3, "batch-size", 16);
        RunFolder run = execute(TestRuns.spec(data, "transductive", values));
        int last = of(RunEvent.Ended.class).get(0).epoch();
        Map<String, Object> cut = new HashMap<>(values);
        cut.put("epochs", last);
        cut.put("patience", 0);
        RunFolder whole = execute(TestRuns.spec(data, "transductive", cut));

        assertThat(run.snapshots()).endsWith(last);
        assertThat(NpyReader.read(run.scoresFile(last)).doubles())
                .containsExactly(NpyReader.read(whole.scoresFile(last)).doubles());
    }
}
