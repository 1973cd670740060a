package org.oddlens.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.NpyWriter;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunService.RunHandle;
import org.oddlens.engine.study.RowContributions;
import org.oddlens.engine.study.WarmUp;

/** The two sides of the border where they meet at a bad moment. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineBorderTest {

    @TempDir
    Path temp;

    private static EngineCommand shell(String script) {
        return new EngineCommand(List.of("sh", "-c", script), Map.of());
    }

    /** Else a broken installation would start processes without end. */
    @Test
    void doesNotStartAnEngineAgainThatDiesWhileItStarts() throws Exception {
        Path starts = temp.resolve("starts");
        CountDownLatch gone = new CountDownLatch(1);
        try (EngineClient client = new EngineClient(
                shell("echo once >> '" + starts + "'; exit 3"), temp.resolve("log"), (state, detail) -> {
                    if (state == EngineClient.State.GONE) {
                        gone.countDown();
                    }
                })) {
            client.warmUp();
            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
            Thread.sleep(1_500);
        }
        assertThat(Files.readAllLines(starts)).hasSize(1);
    }

    @Test
    void tellsARunOrAQuestionHandedToAnEngineThatIsGone() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        EngineConnection connection =
                new EngineConnection(shell("exit 3"), temp.resolve("log"), new EngineConnection.Listener() {
                    @Override
                    public void ready(String device) {}

                    @Override
                    public void gone(String reason, boolean beating) {
                        gone.countDown();
                    }
                });
        assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();

        RunHandle run = connection.start(temp, event -> {}, id -> new Protocol.Resume(id, temp.toString(), null));
        assertThatThrownBy(() -> run.ended().toCompletableFuture().get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(EngineGoneException.class)
                .hasMessageContaining("exit code 3");
        assertThatThrownBy(() -> connection
                        .ask(id -> new Protocol.Inspect(id, DataSpec.of("x.csv")))
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS))
                .hasCauseInstanceOf(EngineGoneException.class);
    }

    /** An engine in this process, spoken to through a pipe. */
    private final class Engine extends OutputStream {

        private final PipedOutputStream commands = new PipedOutputStream();
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();
        private final java.util.concurrent.LinkedBlockingQueue<String> said =
                new java.util.concurrent.LinkedBlockingQueue<>();
        private volatile String onEnd;

        Engine() throws IOException {
            var execution = TestRuns.execution();
            WarmUp none = new WarmUp(execution, DetectorRegistry.installed());
            none.stop();
            EngineProcess engine = new EngineProcess(
                    execution,
                    new RowContributions(DetectorRegistry.installed()),
                    none,
                    new PipedInputStream(commands, 1 << 16),
                    new PrintStream(this, false, StandardCharsets.UTF_8));
            Thread thread = new Thread(() -> engine.serve(() -> "cpu"), "engine of a test");
            thread.setDaemon(true);
            thread.start();
        }

        void say(Protocol.Command command) throws IOException {
            commands.write((new RunJson().line(command) + "\n").getBytes(StandardCharsets.UTF_8));
            commands.flush();
        }

        String next(String part) throws InterruptedException {
            while (true) {
                String message = said.poll(30, TimeUnit.SECONDS);
                assertThat(message).as("a message with " + part).isNotNull();
                if (message.contains(part)) {
                    return message;
                }
            }
        }

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            line.write(bytes, from, length);
            String text = line.toString(StandardCharsets.UTF_8);
            if (text.endsWith("\n")) {
                line.reset();
                if (text.contains("\"ended\"") && onEnd != null) {
                    commands.write((onEnd + "\n").getBytes(StandardCharsets.UTF_8));
                    commands.flush();
                    onEnd = null;
                    try {
                        Thread.sleep(1_000); // time to decide on the command before the end is told
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                said.add(text);
            }
        }
    }

    private Protocol.Train train(String id) throws IOException {
        return new Protocol.Train(
                id,
                TestRuns.spec(TestRuns.data(temp), "alternate", Map.of()),
                temp.resolve(id).toString(),
                null);
    }

    /** Whoever hears of the end may start the next run at once, even while the end is still being told. */
    @Test
    void isFreeForTheNextRunWhenItTellsTheEnd() throws Exception {
        Engine engine = new Engine();
        engine.onEnd = new RunJson().line(train("second"));
        engine.say(train("first"));

        engine.next("\"ended\"");
        assertThat(engine.next("\"second\"")).doesNotContain("refused");
        assertThat(engine.next("\"ended\"")).contains("\"second\"");
    }

    @Test
    void dropsAPictureWhenAnotherFileIsLookedAt() throws Exception {
        Path large = temp.resolve("large.npy");
        float[] rows = new float[1_500 * 400];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = (float) Math.sin(i * 0.7 + i * (double) i);
        }
        NpyWriter.write(large, rows, 1_500, 400);
        Engine engine = new Engine();
        engine.say(new Protocol.Picture("slow", DataSpec.of(large.toString()), "mds", 1));
        engine.say(new Protocol.Inspect("look", DataSpec.of(TestRuns.data(temp).toString())));

        assertThat(engine.next("\"slow\"")).contains("refused").contains("no longer wanted");
        assertThat(engine.next("\"look\"")).contains("\"answer\"");
    }
}
