package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.device.DeviceReport;
import org.oddlens.engine.process.Protocol;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.study.CheckpointInterval;
import org.oddlens.engine.study.RunMetrics;

/** The pages under docs/formats: their examples are read by the classes that read the real files. */
class FormatsTest {

    private static final Pattern EXAMPLE = Pattern.compile("<!-- (\\w+) -->\\s*```json\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern FIELD = Pattern.compile("^\\| `([^`]+)` \\|", Pattern.MULTILINE);
    private static final List<String> PAGES = List.of(
            "run", "run-folder", "checkpoint", "events", "metrics", "model", "engine-protocol", "train", "devices");

    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record Example(String kind, String text) {}

    @TempDir
    static Path temp;

    private static Path run;
    private static String document;

    @BeforeAll
    static void trainOnce() throws IOException {
        run = temp.resolve("run");
        Typed trained = Typed.in(
                temp,
                "train",
                "--data",
                TestRuns.data(temp).toString(),
                "--detector",
                "memae",
                "--epochs",
                "2",
                "--out",
                run.toString(),
                "--json");
        assertThat(trained.code()).isZero();
        document = trained.out();
    }

    @Test
    void describesEveryFormat() throws IOException {
        try (var files = Files.list(folder())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsAll(PAGES.stream().map(page -> page + ".md").toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "events", "metrics", "model", "engine-protocol", "train", "devices"})
    void giveExamplesThatTheRealClassesRead(String page) throws Exception {
        List<Example> examples = examples(page);

        assertThat(examples).isNotEmpty();
        for (Example example : examples) {
            try (MappingIterator<Object> values =
                    STRICT.readerFor(type(example.kind)).readValues(example.text)) {
                List<Object> read = values.readAll();
                assertThat(read).as(example.kind).isNotEmpty().doesNotContainNull();
                for (Object value : read) {
                    // Written again, nothing of the example is lost.
                    JsonNode again = STRICT.readTree(STRICT.writeValueAsString(value));
                    assertThat(Set.copyOf(paths(again))).containsAll(paths(first(example, read.indexOf(value))));
                }
            }
        }
    }

    @Test
    void showEveryKindOfEventCommandAndMessage() throws Exception {
        assertThat(values("events", "RunEvent").stream()
                        .map(node -> node.get("type").asText()))
                .contains("phase", "started", "epoch", "change", "checkpoint", "resumed", "paused", "warning", "ended");
        assertThat(values("engine-protocol", "Command").stream()
                        .map(node -> node.get("cmd").asText()))
                .contains("train", "resume", "control", "change", "inspect", "picture", "contributions", "quit");
        assertThat(values("engine-protocol", "Message").stream()
                        .map(node -> node.get("msg").asText()))
                .contains("ready", "heartbeat", "event", "answer", "refused");
    }

    @Test
    void haveTheKeysOfRealOutput() throws Exception {
        assertThat(paths(values("train", "TrainDocument").get(0))).isEqualTo(paths(STRICT.readTree(document)));
        assertThat(paths(values("run", "RunRecord").get(0))).isEqualTo(paths(read("run.json")));
        assertThat(paths(values("metrics", "RunMetrics").get(0))).isEqualTo(paths(read("metrics.json")));
        try (FileSystem zip = FileSystems.newFileSystem(run.resolve("model.zip"), Map.of())) {
            assertThat(paths(values("model", "ModelHeader").get(0)))
                    .isEqualTo(paths(STRICT.readTree(Files.readString(zip.getPath("model.json")))));
        }
    }

    @Test
    void listTheFilesOfARun() throws Exception {
        Set<String> expected = new TreeSet<>();
        STRICT.readTree(examples("run-folder").get(0).text).forEach(file -> expected.add(file.asText()));
        try (var files = Files.walk(run)) {
            Set<String> actual = files.filter(Files::isRegularFile)
                    .map(file -> run.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(actual).isEqualTo(expected);
        }
    }

    /** The page's example: an autoencoder of one layer with patience, 17 steps done of 3 an epoch. */
    @Test
    void listTheArraysOfACheckpoint() throws Exception {
        Path folder = temp.resolve("checkpointed");
        RunControl control = new RunControl();
        TestRuns.execution()
                .checkpointing(new CheckpointInterval(1e-9, 0))
                .execute(
                        TestRuns.spec(
                                TestRuns.data(temp),
                                "normal-split",
                                Map.of(
                                        "epochs", 6,
                                        "batch-size", 16,
                                        "validation-share", 0.2,
                                        "patience", 9,
                                        "hidden", "none")),
                        folder,
                        control,
                        event -> {
                            if (event instanceof RunEvent.Checkpoint checkpoint
                                    && checkpoint.epoch() == 5
                                    && checkpoint.step() == 2) {
                                control.stop(RunControl.Stop.KEEP);
                            }
                        });
        Map<String, String> expected = new LinkedHashMap<>();
        STRICT.readTree(examples("checkpoint").get(0).text)
                .fields()
                .forEachRemaining(
                        field -> expected.put(field.getKey(), field.getValue().asText()));
        Map<String, String> actual = new LinkedHashMap<>();
        NpyReader.readAll(folder.resolve("checkpoint-000000000017.npz"))
                .forEach((key, array) -> actual.put(key, array.type() + " " + Arrays.toString(array.shape())));

        assertThat(actual).isEqualTo(expected);
        assertThat(NpyReader.read(folder.resolve("checkpoint-000000000017.npz"), "place")
                        .doubles())
                .startsWith(5, 17, 6, 2);
        assertThat(text("checkpoint")).contains("`place`").contains("`losses`").contains("`sha256`");
    }

    /** Each number and word of an example stands in the page's table, itself or the object it lies in. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "metrics", "model", "train", "devices"})
    void explainEveryKey(String page) throws IOException {
        List<String> named = new ArrayList<>();
        Matcher fields = FIELD.matcher(text(page));
        while (fields.find()) {
            named.add(fields.group(1));
        }
        for (Example example : examples(page)) {
            for (String path : paths(STRICT.readTree(example.text))) {
                assertThat(named).as(path).anyMatch(name -> path.equals(name) || path.startsWith(name + "."));
            }
        }
    }

    private static Class<?> type(String kind) throws ClassNotFoundException {
        return switch (kind) {
            case "RunRecord" -> RunRecord.class;
            case "RunEvent" -> RunEvent.class;
            case "RunMetrics" -> RunMetrics.class;
            case "TrainDocument" -> TrainDocument.class;
            case "ModelHeader" -> Class.forName("org.oddlens.engine.study.ModelFile$Header");
            case "DeviceReport" -> DeviceReport.class;
            case "Command" -> Protocol.Command.class;
            case "Message" -> Protocol.Message.class;
            default -> throw new IllegalArgumentException("an example of an unknown kind: " + kind);
        };
    }

    private static JsonNode first(Example example, int index) throws IOException {
        try (MappingIterator<JsonNode> nodes = STRICT.readerFor(JsonNode.class).readValues(example.text)) {
            return nodes.readAll().get(index);
        }
    }

    private static List<JsonNode> values(String page, String kind) throws IOException {
        for (Example example : examples(page)) {
            if (example.kind.equals(kind)) {
                try (MappingIterator<JsonNode> nodes =
                        STRICT.readerFor(JsonNode.class).readValues(example.text)) {
                    return nodes.readAll();
                }
            }
        }
        throw new AssertionError(page + ".md has no example of " + kind);
    }

    private static List<Example> examples(String page) throws IOException {
        List<Example> examples = new ArrayList<>();
        Matcher matcher = EXAMPLE.matcher(text(page));
        while (matcher.find()) {
            examples.add(new Example(matcher.group(1), matcher.group(2)));
        }
        return examples;
    }

    private static JsonNode read(String file) throws IOException {
        return STRICT.readTree(Files.readString(run.resolve(file)));
    }

    /** Paths of all leaves, {@code a.b.c}; an array or empty object counts as one. */
    private static Set<String> paths(JsonNode node) {
        Set<String> paths = new TreeSet<>();
        collect(node, "", paths);
        return paths;
    }

    private static void collect(JsonNode node, String path, Set<String> paths) {
        if (!node.isObject() || node.isEmpty()) {
            paths.add(path);
            return;
        }
        node.fields()
                .forEachRemaining(field -> collect(
                        field.getValue(), path.isEmpty() ? field.getKey() : path + "." + field.getKey(), paths));
    }

    private static String text(String page) throws IOException {
        return Files.readString(folder().resolve(page + ".md"));
    }

    private static Path folder() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve("docs/formats"))) {
            folder = folder.getParent();
        }
        assertThat(folder)
                .as("a folder with docs/formats above the working directory")
                .isNotNull();
        return folder.resolve("docs/formats");
    }
}
