package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.autoencoder.Autoencoder;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;

/** Runs whose numbers leave the finite: they end with the last good weights and say where it happened. */
class DivergedRunTest extends HeardRuns {

    /** Single precision ends at 3.4e38: each row's squares still fit, their sum over the batch does not. */
    @Test
    void endsAsDivergedWithTheLastGoodWeightsAndNamesTermAndStep() throws IOException {
        float[] rows = ToyData.rows(TestRuns.NORMAL, TestRuns.ANOMALOUS, 1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= 1.2e18f;
        }
        Path huge = TestRuns.data(temp.resolve("huge.npz"), rows);
        RunFolder run = execute(TestRuns.scaled(
                "none", TestRuns.spec(huge, "alternate", Map.of("learning-rate", 1, "batch-size", 1000))));
        RunEvent.Ended ended = of(RunEvent.Ended.class).get(0);

        assertThat(ended.message()).contains("no longer finite");
        assertThat(ended.end()).isEqualTo(RunEnd.DIVERGED);
        assertThat(warnings("diverged"))
                .singleElement()
                .asString()
                .contains("in epoch 1, step 1 (term: reconstruction)")
                .contains("learning rate is 1.0")
                .contains("last good state is epoch 0");
        assertKeptAndFinite(run);
    }

    /**
     * Losses near 1e24 and gradients beyond 1.8e19 are finite, their squares are not: Adam's second moment would be infinite
     * and the weights would never move again.
     */
    @Test
    void endsAsDivergedWhereTheSquareOfAGradientIsNotFinite() throws IOException {
        float[] rows = ToyData.rows(TestRuns.NORMAL, TestRuns.ANOMALOUS, 1);
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= 1e12f;
        }
        Path large = TestRuns.data(temp.resolve("large.npz"), rows);
        Map<String, Object> values = Map.of("activation", "relu", "output", "linear");
        RunFolder run = execute(TestRuns.scaled("none", TestRuns.spec(large, "alternate", values)));

        assertThat(run.state()).isEqualTo(RunFolder.State.DIVERGED);
        assertThat(warnings("diverged"))
                .singleElement()
                .asString()
                .contains("in epoch 1, step 1 (term: gradient of ")
                .contains("above 1.8e+19");
        assertKeptAndFinite(run);
        // Clipped first, the same gradients are as good as any.
        Map<String, Object> clipped = Map.of("activation", "relu", "output", "linear", "grad-clip", 1);
        assertThat(execute(TestRuns.scaled("none", TestRuns.spec(large, "alternate", clipped)))
                        .state())
                .isEqualTo(RunFolder.State.COMPLETED);
    }

    /** The scores go wrong after two good epochs, although no loss term ever did. */
    @Test
    void endsAsDivergedWhereOnlyTheScoresAfterAnEpochAreNotFinite() throws IOException {
        RunExecution explosive = new RunExecution(
                new DetectorRegistry(List.of(new ScoresExplode(new Autoencoder(), 3))),
                () -> new MachineKind("processor", "system", "java", "blas", Map.of()),
                Clock.systemUTC());
        Path folder = folder();
        explosive.execute(TestRuns.spec(data, "alternate", Map.of("epochs", 9)), folder, new RunControl(), heard::add);
        RunFolder run = new RunFolder(folder);

        assertThat(run.state()).isEqualTo(RunFolder.State.DIVERGED);
        assertThat(of(RunEvent.Ended.class).get(0).epoch()).isEqualTo(2);
        assertThat(warnings("diverged")).singleElement().asString().contains("(term: score)");
        assertKeptAndFinite(run);
    }

    private static void assertKeptAndFinite(RunFolder run) throws IOException {
        assertThat(Arrays.stream(
                        NpyReader.read(run.file(RunFolder.FINAL_SCORES)).doubles()))
                .allMatch(Double::isFinite);
        assertThat(run.file(RunFolder.MODEL)).exists();
        for (String line : Files.readAllLines(run.file(RunFolder.EVENTS))) {
            assertThat(line).doesNotContain("NaN").doesNotContain("Infinity");
        }
    }
}
