package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.run.HyperparameterChange;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.KilledRun;

/**
 * Signal 9 at random moments, every second time inside the writer of checkpoints, each run several times over; then
 * {@code oddlens resume} finishes it. Weights and scores must have the bits of the run that nobody disturbed.
 */
class KilledRunTest {

    private static final int EPOCHS = 160;
    private static final String CHECKPOINT_SECONDS = "0.05";

    /** Stages of one checkpoint: opened, some twenty arrays, closed, forced, renamed. */
    private static final int STAGES = 60;

    @TempDir
    Path temp;

    private final ObjectMapper mapper = new ObjectMapper();
    private final SplittableRandom random = new SplittableRandom(20260130);
    private int kills;

    @Test
    void endsWithTheSameBitsAfterFourKills() throws Exception {
        survive(1, 4);
    }

    @Test
    @Tag("training")
    void endsWithTheSameBitsAfterThirtyKills() throws Exception {
        survive(5, 6);
        assertThat(kills).isEqualTo(30);
    }

    private void survive(int runs, int killsPerRun) throws Exception {
        Path spec = temp.resolve("spec.json");
        new RunJson().write(spec, spec());
        Path whole = temp.resolve("whole");
        TestRuns.execution().execute(spec(), whole, new RunControl(), event -> {});
        int total = NpyReader.read(whole.resolve(RunFolder.SPLIT), "train").size() / 8 * EPOCHS;
        for (int run = 0; run < runs; run++) {
            Path folder = temp.resolve("run-" + run);
            for (int kill = 0; kill < killsPerRun; kill++) {
                boolean inWriter = kills++ % 2 == 1;
                killOne(spec, folder, inWriter);
            }
            assertThat(new RunFolder(folder).state()).isEqualTo(RunFolder.State.INTERRUPTED);
            JsonNode resumed = resume(folder);
            assertThat(resumed.get("resumed_from_epoch").asInt()).isBetween(1, EPOCHS - 1);
            assertThat(resumed.get("steps_executed").asInt()).isBetween(1, total - 1);
            assertSame(whole, folder);
            assertThat(checkpointEvents(folder)).isGreaterThanOrEqualTo(5);
        }
    }

    /** A MemAE with everything that has a state: validation, plateau, patience, decay, changes on the way. */
    private RunSpec spec() throws IOException {
        Path data = TestRuns.data(temp.resolve("large.npz"), ToyData.rows(4000, TestRuns.ANOMALOUS, 7));
        Map<String, Object> values = Map.of(
                "epochs",
                EPOCHS,
                "batch-size",
                8,
                "schedule",
                "plateau",
                "validation-share",
                0.1,
                "patience",
                EPOCHS,
                "grad-clip",
                1);
        return TestRuns.of("memae", TestRuns.spec(data, "normal-split", values))
                .withChanges(List.of(
                        new HyperparameterChange(4, "entropy-weight", 0.001),
                        new HyperparameterChange(9, "learning-rate", 5e-4),
                        new HyperparameterChange(20, "entropy-weight", 0.0005)));
    }

    private void killOne(Path spec, Path folder, boolean inWriter) throws Exception {
        int stages = inWriter ? random.nextInt(STAGES, 3 * STAGES) : -1;
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledRun.class.getName(),
                        spec.toString(),
                        folder.toString(),
                        CHECKPOINT_SECONDS,
                        Integer.toString(stages))
                .redirectError(temp.resolve("err-" + kills + ".txt").toFile())
                .start();
        try {
            assertThat(process.getInputStream().read()).as("kill " + kills).isEqualTo('t');
            if (inWriter) {
                assertThat(process.getInputStream().read()).as("kill " + kills).isEqualTo('h');
            } else {
                Thread.sleep(random.nextInt(600));
            }
            assertThat(process.isAlive())
                    .as("kill " + kills + " comes before the end")
                    .isTrue();
        } finally {
            process.destroyForcibly(); // signal 9
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(137);
    }

    private JsonNode resume(Path folder) throws IOException {
        Typed resumed =
                Typed.in(temp, "resume", folder.toString(), "--json", "--checkpoint-seconds", CHECKPOINT_SECONDS);
        assertThat(resumed.code()).isZero();
        return mapper.readTree(resumed.out());
    }

    private static long checkpointEvents(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve(RunFolder.EVENTS)).stream()
                .filter(line -> line.contains("\"type\":\"checkpoint\""))
                .count();
    }

    private static void assertSame(Path expected, Path actual) {
        Map<String, NpyArray> weights = NpyReader.readAll(expected.resolve(RunFolder.MODEL));
        Map<String, NpyArray> found = NpyReader.readAll(actual.resolve(RunFolder.MODEL));
        assertThat(found.keySet()).isEqualTo(weights.keySet());
        weights.forEach(
                (name, array) -> assertThat(found.get(name).floats()).as(name).containsExactly(array.floats()));
        assertThat(NpyReader.read(actual.resolve(RunFolder.FINAL_SCORES)).doubles())
                .containsExactly(
                        NpyReader.read(expected.resolve(RunFolder.FINAL_SCORES)).doubles());
    }
}
