package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.data.NpyWriter;

/** Run folders that are damaged, or a stranger's: each is refused in a sentence before anything is built or written. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrokenRunTest extends TypedCommands {

    private Path runs;
    private Path run;

    @BeforeEach
    void trainARun() throws IOException {
        runs = temp.resolve("home/runs");
        run = runs.resolve("1-sound");
        assertThat(train("--out", run.toString(), "--quiet", "--protocol", "transductive"))
                .isZero();
    }

    private Path copy(String name) throws IOException {
        Path copy = runs.resolve(name);
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(run.relativize(file).toString()));
            }
        }
        return copy;
    }

    private void edit(Path file, Consumer<ObjectNode> change) throws IOException {
        ObjectNode node = (ObjectNode) mapper.readTree(Files.readString(file));
        change.accept(node);
        Files.writeString(file, mapper.writeValueAsString(node));
    }

    private void requireSentence(int code) {
        assertThat(code).as(err).isEqualTo(1);
        assertThat(err)
                .startsWith("oddlens: ")
                .doesNotContain("Exception", "java.", "null\n")
                .hasLineCount(1);
        assertThat(out).isEmpty();
    }

    @Test
    void oneBadRunHidesNoOther() throws Exception {
        Files.writeString(copy("2-null").resolve("run.json"), "null");
        edit(copy("3-no-spec").resolve("run.json"), record -> record.remove("spec"));
        Path pipe = copy("4-pipe").resolve("events.jsonl");
        Files.delete(pipe);
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Files.writeString(copy("5-deep").resolve("run.json"), "[".repeat(100_000));

        assertThat(run("runs")).isZero();
        assertThat(out).contains("1-sound").hasLineCount(1);
        assertThat(err).contains("2-null", "3-no-spec", "4-pipe", "5-deep").hasLineCount(4);
        assertThat(run("runs", "--json")).isZero();
        JsonNode listed = json();
        assertThat(listed).hasSize(5);
        assertThat(listed.get(0).get("state").asText()).isEqualTo("unreadable");
        assertThat(listed.get(0).get("problem").asText()).contains("5-deep");
        assertThat(listed.get(4).get("state").asText()).isEqualTo("completed");
    }

    @Test
    void listsARunOnOneLineWhateverItsName() throws IOException {
        copy("2-two\nlines\u001b[31m");
        Files.writeString(copy("3-bad\nname").resolve("run.json"), "null");
        assertThat(run("runs")).isZero();
        assertThat(out).contains("2-two?lines?[31m").hasLineCount(2);
        assertThat(err).contains("3-bad?name").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../evil", "/tmp/evil", "a b", ""})
    void refusesADetectorThatIsNoneBeforeItNamesAFolder(String detector) throws IOException {
        edit(run.resolve("run.json"), record -> ((ObjectNode) record.get("spec")).put("detector", detector));
        List<Path> before = everything();

        requireSentence(run("rerun", run.toString()));
        assertThat(everything()).isEqualTo(before);
    }

    private List<Path> everything() throws IOException {
        try (Stream<Path> files = Files.walk(temp)) {
            return files.sorted().toList();
        }
    }

    @Test
    void refusesNumbersThatCannotBe() throws IOException {
        for (String wrong : List.of(
                "\"threads\" : 1000000",
                "\"threads\" : -1",
                "\"seed\" : \"abc\"",
                "\"seed\" : 1.5",
                "\"seed\" : true")) {
            String key = wrong.substring(0, wrong.indexOf(':'));
            Path copy = copy("wrong-" + wrong.hashCode());
            Path file = copy.resolve("run.json");
            Files.writeString(file, Files.readString(file).replaceFirst(key + ": [^,\n]*", wrong));
            assertThat(file).content().contains(wrong);

            requireSentence(run("rerun", copy.toString()));
            requireSentence(
                    run("score", "--run", copy.toString(), "--data", data.toString(), "--out", temp + "/s.csv"));
        }
    }

    @Test
    void refusesEmptyRecordsAndResults() throws IOException {
        Path noResults = copy("2-no-results");
        Files.writeString(noResults.resolve("metrics.json"), "{}");
        requireSentence(run("evaluate", "--run", noResults.toString()));
        requireSentence(run("resume", noResults.toString()));
        Path noRecord = copy("3-no-record");
        Files.writeString(noRecord.resolve("run.json"), "{}");
        requireSentence(run("evaluate", "--run", noRecord.toString()));
        requireSentence(run("resume", noRecord.toString()));
    }

    /** Half of the final scores zeroed: without a checksum only the metrics would be others. */
    @Test
    void noticesFinalFilesThatAreNotThoseTheRunLeft() throws IOException {
        Path scores = run.resolve("scores/final.npy");
        byte[] bytes = Files.readAllBytes(scores);
        java.util.Arrays.fill(bytes, bytes.length / 2, bytes.length, (byte) 0);
        Files.write(scores, bytes);
        requireSentence(run("evaluate", "--run", run.toString()));
        assertThat(err).contains("scores/final.npy").contains("expected SHA-256");
        requireSentence(run("rerun", run.toString()));

        Files.write(run.resolve("model.zip"), new byte[] {0}, java.nio.file.StandardOpenOption.APPEND);
        requireSentence(run("score", "--run", run.toString(), "--data", data.toString(), "--out", temp + "/s.csv"));
        assertThat(err).contains("model.zip");
        requireSentence(run("explain", "--run", run.toString()));
    }

    @Test
    void readsARunWithoutChecksumsAndSaysSo() throws IOException {
        edit(run.resolve("metrics.json"), metrics -> metrics.remove("sha256"));

        assertThat(run("evaluate", "--run", run.toString())).isZero();
        assertThat(err).contains("without checksums");
        assertThat(run("score", "--run", run.toString(), "--data", data.toString(), "--out", temp + "/s.csv"))
                .isZero();
        assertThat(err).contains("without checksums");
    }

    private void requireRefusedModel(Consumer<ObjectNode> change) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(
                URI.create("jar:" + run.resolve("model.zip").toUri()), Map.of())) {
            edit(zip.getPath("model.json"), change);
        }
        edit(run.resolve("metrics.json"), metrics -> metrics.remove("sha256")); // a stranger would mend them
        requireSentence(run("score", "--run", run.toString(), "--data", data.toString(), "--out", temp + "/s.csv"));
        assertThat(err).contains("model.zip cannot be used as a model");
        assertThat(temp.resolve("s.csv")).doesNotExist();
    }

    @Test
    void refusesAModelWithoutAThreshold() throws IOException {
        requireRefusedModel(model -> model.remove("threshold"));
    }

    @Test
    void refusesAModelWhoseThresholdIsNoNumber() throws IOException {
        requireRefusedModel(model -> model.put("threshold", "NaN"));
    }

    @Test
    void refusesAModelThatDividesByZero() throws IOException {
        requireRefusedModel(model -> ((com.fasterxml.jackson.databind.node.ArrayNode)
                        model.get("scaler").get("scales"))
                .set(2, 0));
        assertThat(err).contains("divides feature 3 by 0");
    }

    @Test
    void refusesAModelWithoutAScaler() throws IOException {
        requireRefusedModel(model -> model.putNull("scaler"));
    }

    @Test
    void refusesAModelOfImpossibleRows() throws IOException {
        requireRefusedModel(model -> model.putArray("rowShape").add(1 << 20).add(1 << 20));
    }

    /** A network of a billion numbers is declared by a few bytes; it must not be built to find that they are not there. */
    @Test
    void refusesANetworkThatItsWeightsCannotFillWithoutBuildingIt() throws IOException {
        long before = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        requireRefusedModel(model -> {
            var hidden = ((ObjectNode) model.get("hyperparameters")).putArray("hidden");
            for (int i = 0; i < 8; i++) {
                hidden.add(8192);
            }
        });
        long taken = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;

        assertThat(err).contains("declare a network of");
        assertThat(taken / 1e9).as("seconds").isLessThan(2);
    }

    @Test
    void refusesWeightsThatAreNotFinite() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(
                URI.create("jar:" + run.resolve("model.zip").toUri()), Map.of())) {
            Path weights;
            try (Stream<Path> files = Files.walk(zip.getPath("/weights"))) {
                weights = files.filter(file -> file.toString().endsWith("bias.npy"))
                        .findFirst()
                        .orElseThrow();
            }
            float[] values =
                    org.oddlens.engine.data.NpyReader.read(extracted(weights)).floats();
            values[0] = Float.NaN;
            try (var out = Files.newOutputStream(weights)) {
                NpyWriter.write(out, values, values.length);
            }
        }
        requireRefusedModel(model -> {});
        assertThat(err).contains("not finite");
    }

    private Path extracted(Path inside) throws IOException {
        return Files.copy(inside, temp.resolve("extracted.npy"));
    }

    @Test
    void refusesWeightsFarBeyondTheNetwork() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(
                        URI.create("jar:" + run.resolve("model.zip").toUri()), Map.of());
                var out = Files.newOutputStream(zip.getPath("/weights/zeros.npy"))) {
            NpyWriter.write(out, new float[5_000_000], 5_000_000);
        }
        requireRefusedModel(model -> {});
        assertThat(err).contains("and it holds 19 MB");
    }

    @Test
    void resumesThroughNoLink() throws IOException {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Path log = Files.move(run.resolve("log.txt"), elsewhere.resolve("log.txt"));
        Files.createSymbolicLink(run.resolve("log.txt"), log);
        Path events = run.resolve("events.jsonl");
        Files.write(
                events,
                Files.readAllLines(events).stream()
                        .filter(line -> !line.contains("\"ended\""))
                        .toList());
        byte[] before = Files.readAllBytes(log);

        requireSentence(run("resume", run.toString()));
        assertThat(err).contains("log.txt is a link");
        assertThat(log).hasBinaryContent(before);
    }

    @Test
    void looksAtACompleteRunWithoutWriting() throws IOException {
        List<Path> before = everything();
        Files.delete(run.resolve("lock"));
        Files.createDirectory(run.resolve("lock")); // cannot be opened for writing, whoever asks

        assertThat(run("resume", run.toString(), "--quiet")).isZero();
        assertThat(run("runs")).isZero();
        assertThat(everything()).isEqualTo(before);
    }
}
