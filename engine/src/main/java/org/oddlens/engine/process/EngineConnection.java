package org.oddlens.engine.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunService.RunHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One engine process: takes commands, hands its messages to the runs and questions they are for, tells its end once. */
final class EngineConnection {

    private static final Logger LOG = LoggerFactory.getLogger(EngineConnection.class);
    private static final long QUIT_SECONDS = 6;

    /** Told how the process stands, on a thread of the connection or of whoever looks at its pulse. */
    interface Listener {

        /** It is ready on that device. */
        void ready(String device);

        /** It is gone without having been asked to; {@code beating}: it had started up before. */
        void gone(String reason, boolean beating);
    }

    private final Listener listener;
    private final Process process;
    private final Writer commands;
    private final ExecutorService writer = writer();
    private final RunJson json = new RunJson();
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, EngineRun> runs = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonNode>> questions = new ConcurrentHashMap<>();
    private final Pulse pulse = new Pulse(System::nanoTime);
    private final AtomicReference<EngineGoneException> goneBecause = new AtomicReference<>();
    private volatile boolean endExpected;

    /**
     * Starts the process.
     *
     * @param logFile what the engine prints beside the protocol; replaced
     * @throws EngineGoneException if it cannot be started
     */
    EngineConnection(EngineCommand command, Path logFile, Listener listener) {
        this.listener = listener;
        try {
            Files.createDirectories(logFile.toAbsolutePath().getParent());
            process = command.process().redirectError(logFile.toFile()).start();
        } catch (IOException e) {
            throw new EngineGoneException(
                    "The engine process cannot be started: " + command.command().get(0)
                            + " is missing or may not be run, or its log " + logFile
                            + " cannot be written. Install Oddlens anew, or"
                            + " make room for the log.");
        }
        commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "engine messages");
        reader.setDaemon(true);
        reader.start();
    }

    /** Writes in the order of the calls; what is said to an engine that is gone is dropped, because nobody hears it. */
    private static ExecutorService writer() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, "engine commands");
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Hands a run in; {@code command} makes the command from the run's id. */
    RunHandle start(Path folder, Consumer<RunEvent> events, Function<String, Protocol.Command> command) {
        String id = "run-" + ids.incrementAndGet();
        EngineRun run = new EngineRun(this, folder, events);
        runs.put(id, run);
        failIfGone();
        send(command.apply(id));
        return run;
    }

    /** Asks; {@code question} makes the command from the question's id. */
    CompletionStage<JsonNode> ask(Function<String, Protocol.Command> question) {
        String id = "ask-" + ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        questions.put(id, answer);
        failIfGone();
        send(question.apply(id));
        return answer;
    }

    /** Hands a command to the writing thread; a caller never waits for the pipe, because it may draw the window. */
    void send(Protocol.Command command) {
        writer.execute(() -> {
            try {
                commands.write(json.line(command) + "\n");
                commands.flush();
            } catch (IOException e) {
                lost(exitReason());
            }
        });
    }

    /** The run has ended; nothing more is heard of it. */
    void forget(EngineRun run) {
        runs.values().remove(run);
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line; (line = in.readLine()) != null; ) {
                pulse.heard();
                dispatch(line);
                pulse.read();
            }
        } catch (IOException e) {
            LOG.info("the engine's messages broke off", e);
        }
        lost(exitReason());
    }

    private void dispatch(String line) {
        Protocol.Message message;
        try {
            message = json.read(line, Protocol.Message.class);
        } catch (IOException e) {
            LOG.warn("no message of the protocol: {}", line);
            return;
        }
        if (message instanceof Protocol.Heartbeat) {
            pulse.beat();
        } else if (message instanceof Protocol.Ready ready) {
            if (!endExpected) {
                listener.ready(ready.device());
            }
        } else if (message instanceof Protocol.Event event) {
            EngineRun run = runs.get(event.id());
            if (run != null) {
                run.take(event.event());
            }
        } else if (message instanceof Protocol.Answer answer) {
            CompletableFuture<JsonNode> question = questions.remove(answer.id());
            if (question != null) {
                question.complete(answer.result());
            }
        } else if (message instanceof Protocol.Refused refused) {
            refuse(refused);
        }
    }

    private void refuse(Protocol.Refused refused) {
        String id = refused.id() == null ? "" : refused.id();
        CompletableFuture<JsonNode> question = questions.remove(id);
        if (question != null) {
            question.completeExceptionally(new EngineRefusedException(refused.sentence()));
        }
        EngineRun run = runs.remove(id);
        if (run != null) {
            run.fail(new EngineRefusedException(refused.sentence()));
        }
    }

    /** Gives the engine up if it is dead or silent. */
    void checkPulse() {
        switch (pulse.check(process.isAlive())) {
            case DEAD -> lost(exitReason()); // usually the reader has come to the end first
            case SILENT -> {
                process.destroyForcibly();
                lost("The engine process has not answered for " + pulse.silentSeconds() + " s and was ended.");
            }
            case WELL -> {}
        }
    }

    private String exitReason() {
        try {
            if (!process.waitFor(500, TimeUnit.MILLISECONDS)) {
                return "The engine process closed its output.";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int code = process.isAlive() ? 0 : process.exitValue();
        if (code == 137 || code == 9) {
            return "The engine process ended unexpectedly (signal 9, probably out of system memory).";
        }
        return code > 128 && code < 160
                ? "The engine process ended unexpectedly (signal " + (code - 128) + ")."
                : "The engine process ended unexpectedly (exit code " + code + ").";
    }

    private void lost(String reason) {
        if (!goneBecause.compareAndSet(null, new EngineGoneException(reason))) {
            return;
        }
        writer.shutdown();
        failIfGone();
        if (!endExpected) {
            listener.gone(reason, pulse.beating());
        }
    }

    /** Whatever was handed in just before or after the engine went hears of it. */
    private void failIfGone() {
        EngineGoneException cause = goneBecause.get();
        if (cause != null) {
            runs.values().forEach(run -> run.fail(cause));
            questions.values().forEach(question -> question.completeExceptionally(cause));
        }
    }

    boolean gone() {
        return goneBecause.get() != null;
    }

    long pid() {
        return process.pid();
    }

    /** From now on nobody is told how the process stands. */
    void expectEnd() {
        endExpected = true;
    }

    /** Asks the process to end; a run that trains is stopped and kept. */
    void quit() {
        expectEnd();
        send(new Protocol.Quit());
    }

    /** Waits until the process has ended, and ends it if that takes too long. */
    void awaitEnd() {
        try {
            if (!process.waitFor(QUIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
