package org.oddlens.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.cli.OddlensCommand;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;

/** The engine process line by line, in a locale that knows ASCII only. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineProcessTest {

    @TempDir
    Path temp;

    private final ObjectMapper mapper = new ObjectMapper();
    private Process process;
    private Writer commands;
    private BufferedReader messages;

    @BeforeEach
    void start() throws Exception {
        EngineCommand command = EngineCommand.ofThisProgram(OddlensCommand.class.getName(), 1);
        ProcessBuilder builder =
                new ProcessBuilder(command.command()).redirectError(new File(temp.toFile(), "err.txt"));
        builder.environment().putAll(command.environment());
        builder.environment().put("LC_ALL", "C");
        process = builder.start();
        commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        messages = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void speaksJsonOnlyBeatsOnceASecondAndEndsWithItsStandardInput() throws Exception {
        List<JsonNode> seen = new ArrayList<>();
        readUntil("ready", seen);
        assertThat(seen.get(seen.size() - 1).get("protocol").asText()).isEqualTo(Protocol.Ready.VERSION);
        assertThat(seen.get(seen.size() - 1).get("pid").asLong()).isEqualTo(process.pid());

        say("no json at all");
        readUntil("refused", seen);
        say("{\"cmd\":\"control\",\"action\":\"stop\"}"); // nothing trains: nothing happens
        Path folder = temp.resolve("run");
        say(new RunJson()
                .line(new Protocol.Train(
                        "r1",
                        TestRuns.spec(TestRuns.data(temp), "alternate", Map.of("epochs", 100_000)),
                        folder.toString(),
                        null)));
        readUntil("started", seen);
        assertThat(seen.get(seen.size() - 1).get("event").get("shape").asText()).contains(" → ");
        for (int epoch = 0; epoch < 3; epoch++) {
            readUntil("epoch", seen);
        }

        long closed = System.nanoTime();
        commands.close();
        readUntil("ended", seen);
        assertThat(process.waitFor(3, TimeUnit.SECONDS)).isTrue();

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - closed)).isLessThan(3000);
        assertThat(new RunFolder(folder).state()).isEqualTo(RunFolder.State.STOPPED);
        assertThat(seen.stream().filter(message -> kind(message).equals("ended")))
                .hasSize(1);
        assertThat(seen.stream().filter(message -> kind(message).equals("heartbeat")))
                .isNotEmpty();
        for (String line; (line = messages.readLine()) != null; ) {
            mapper.readTree(line);
        }
    }

    private void say(String line) throws Exception {
        commands.write(line + "\n");
        commands.flush();
    }

    /** Reads lines, each of which must be JSON, until one of that kind came. */
    private void readUntil(String kind, List<JsonNode> seen) throws Exception {
        while (true) {
            String line = messages.readLine();
            assertThat(line).as("a line before '" + kind + "'").isNotNull();
            JsonNode message = mapper.readTree(line);
            seen.add(message);
            if (kind(message).equals(kind)) {
                return;
            }
        }
    }

    private static String kind(JsonNode message) {
        return message.has("event")
                ? message.get("event").get("type").asText()
                : message.get("msg").asText();
    }
}
