package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.data.NpyWriter;
import org.oddlens.engine.data.Sha256;
import org.oddlens.engine.run.RunFolder;

/** All commands but {@code train}, and what they have in common. */
class OddlensCommandTest extends TypedCommands {

    @Test
    void printsOneDocumentFromEveryCommandWithJson() throws IOException {
        Path run = temp.resolve("run");
        train("--out", run.toString(), "--protocol", "transductive", "--quiet");
        Path csv = temp.resolve("scores.csv");
        List<List<String>> commands = List.of(
                List.of("inspect", data.toString()),
                List.of("detectors"),
                List.of("detectors", "memae"),
                List.of("runs"),
                List.of("evaluate", "--run", run.toString()),
                List.of("evaluate", "--run", run.toString(), "--threshold", "known-ratio"),
                List.of("score", "--run", run.toString(), "--data", data.toString(), "--out", csv.toString()),
                List.of("rerun", run.toString()));
        for (List<String> command : commands) {
            List<String> words = new ArrayList<>(command);
            words.add("--json");

            assertThat(run(words.toArray(new String[0]))).as(command + err).isZero();
            assertThat(json()).as(command.toString()).isNotNull();
            assertThat(err).as(command.toString()).isEmpty();
        }
        assertThat(Files.readAllLines(csv)).hasSize(1 + TestRuns.NORMAL + TestRuns.ANOMALOUS);
    }

    @Test
    void evaluatesToTheRecordedMetrics() throws IOException {
        Path run = temp.resolve("run");
        train("--out", run.toString(), "--json");
        JsonNode trained = json();
        run("evaluate", "--run", run.toString(), "--json");

        assertThat(json().get("metrics")).isEqualTo(trained.get("metrics"));
    }

    @Test
    void repeatsARunToTheSameBits() throws IOException {
        Path run = temp.resolve("run");
        train("--out", run.toString(), "--quiet");

        assertThat(run("rerun", run.toString(), "--json")).isZero();
        assertThat(json().get("identical").asBoolean()).isTrue();
        assertThat(json().get("sameMachine").asBoolean()).isTrue();
    }

    @Test
    void failsARepeatWithOtherBitsOnTheSameMachineOnly() throws IOException {
        Path run = temp.resolve("run");
        train("--out", run.toString(), "--quiet");
        Path scores = run.resolve(RunFolder.FINAL_SCORES);
        double[] changed = NpyReader.read(scores).doubles();
        changed[3] += 0.5;
        NpyWriter.write(scores, changed, changed.length);
        assertThat(run("rerun", run.toString())).isEqualTo(1);
        assertThat(err).contains("scores/final.npy").contains("expected SHA-256");
        Path metrics = run.resolve("metrics.json");
        Files.writeString(
                metrics,
                Files.readString(metrics)
                        .replaceFirst(
                                "\"scores/final.npy\" : \"\\w+\"",
                                "\"scores/final.npy\" : \"" + Sha256.of(scores) + "\""));

        assertThat(run("rerun", run.toString(), "--json")).isEqualTo(1);
        assertThat(json().get("differing").asInt()).isEqualTo(1);
        assertThat(json().get("largestDifference").asDouble()).isCloseTo(0.5, within(1e-9));

        Path file = run.resolve("run.json");
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"processor\" : \"", "\"processor\" : \"another "));
        assertThat(run("rerun", run.toString())).isZero();
        assertThat(out).contains("largest difference is 0.5").contains("another kind of machine");
    }

    @Test
    void listsTheDetectorsAndShowsOne() {
        assertThat(run("detectors")).isZero();
        assertThat(out).contains("autoencoder").contains("memae");
        assertThat(run("detectors", "memae")).isZero();
        assertThat(out)
                .contains("--memory-size")
                .contains("saltos")
                .contains("https://doi.org/10.1109/ICCV.2019.00179");
        assertThat(run("detectors", "nobody")).isEqualTo(2);
        assertThat(err).contains("nobody").contains("memae");
    }

    @Test
    void inspectsAFile() {
        assertThat(run("inspect", data.toString())).isZero();
        assertThat(out).contains("132 x 8").contains("anomalies: 12").contains("normal-split");
        assertThat(run("inspect", temp.resolve("absent.npz").toString())).isEqualTo(2);
        assertThat(err).contains("absent.npz");
    }

    @Test
    void saysWhichRunOrFileIsMissing() {
        assertThat(run("evaluate", "--run", "19990101")).isEqualTo(1);
        assertThat(err).contains("19990101");
        assertThat(run("evaluate")).isEqualTo(2);
        assertThat(err).contains("--run");
        assertThat(run("score", "--run", "x", "--data", "absent.npz", "--out", "s.csv"))
                .isEqualTo(2);
        assertThat(err).contains("--data");
        assertThat(run("rerun", "19990101")).isEqualTo(1);
    }

    @Test
    void refusesToScoreRowsOfAnotherWidth() throws IOException {
        Path run = temp.resolve("run");
        train("--out", run.toString(), "--quiet");
        Path narrow = temp.resolve("narrow.npy");
        NpyWriter.write(narrow, new float[30], 10, 3);

        assertThat(run("score", "--run", run.toString(), "--data", narrow.toString(), "--out", "s.csv"))
                .isEqualTo(1);
        assertThat(err).contains("8 features").contains("have 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "rerun", "inspect", "detectors", "score", "evaluate", "runs"})
    void helpsWithEveryCommand(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out).contains("Usage:").contains(command);
    }

    @Test
    void refusesAnUnknownCommand() {
        assertThat(run("trian")).isEqualTo(2);
        assertThat(err).contains("trian");
    }
}
