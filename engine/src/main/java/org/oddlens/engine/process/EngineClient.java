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
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunService;
import org.oddlens.engine.run.RunSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The window's side of the border: keeps one engine process warm, hands runs and questions to it, and notices within
 * three seconds when it is gone. After a death the next engine is started at once.
 *
 * <p>Callbacks come on threads of this client.
 */
public final class EngineClient implements RunService, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineClient.class);
    private static final long SILENCE_MILLIS = 3_000;
    private static final long START_MILLIS = 60_000;
    private static final long CHECK_MILLIS = 500;
    private static final long LAST_WORDS_MILLIS = 1_000;

    /** What the client sees of its engine; whether it trains is told by the run. */
    public enum State {
        STARTING,
        READY,
        GONE
    }

    /** Told of changes of state; {@code detail} is the device when ready, the reason when gone. */
    public interface StateListener {
        void changed(State state, String detail);
    }

    private final EngineCommand processor;
    private final Path logFile;
    private final StateListener stateListener;
    private final RunJson json = new RunJson();
    private final AtomicLong ids = new AtomicLong();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "engine watch");
        thread.setDaemon(true);
        return thread;
    });
    private final Object lock = new Object();
    private EngineCommand command;
    private Connection connection;
    private boolean closed;

    /**
     * @param command starts an engine on the processor
     * @param logFile what the engine prints beside the protocol; replaced at each start
     */
    public EngineClient(EngineCommand command, Path logFile, StateListener stateListener) {
        this.processor = command;
        this.command = command;
        this.logFile = logFile;
        this.stateListener = stateListener;
        watch.scheduleWithFixedDelay(this::checkPulse, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Starts the engine if none runs. */
    public void warmUp() {
        synchronized (lock) {
            if (!closed && (connection == null || connection.gone)) {
                connection = new Connection();
            }
        }
    }

    /**
     * Ends the engine and starts one on another device. Questions that wait are refused, a run that trains is stopped and
     * kept; so ask before.
     */
    public void use(DeviceChoice.Chosen device) {
        Connection before;
        synchronized (lock) {
            before = connection;
            command = device.engine().orElse(processor).with(device.use());
            if (closed) {
                return;
            }
            if (before != null) {
                before.closing = true;
            }
            connection = new Connection();
        }
        if (before != null && !before.gone) {
            before.send(new Protocol.Quit());
        }
    }

    @Override
    public RunHandle submit(RunSpec spec, Path folder, Consumer<RunEvent> listener) {
        return start(
                folder,
                listener,
                id -> new Protocol.Train(id, spec, folder.toAbsolutePath().toString()));
    }

    @Override
    public RunHandle resume(Path folder, Consumer<RunEvent> listener) {
        return start(
                folder,
                listener,
                id -> new Protocol.Resume(id, folder.toAbsolutePath().toString()));
    }

    private RunHandle start(Path folder, Consumer<RunEvent> listener, Function<String, Protocol.Command> command) {
        Connection engine = engine();
        String id = "run-" + ids.incrementAndGet();
        Handle handle = new Handle(engine, folder, listener);
        engine.runs.put(id, handle);
        engine.failIfGone();
        engine.send(command.apply(id));
        return handle;
    }

    /** What a file holds; the answer is a {@code DataInspection} as JSON. */
    public CompletionStage<JsonNode> inspect(DataSpec data) {
        return ask(id -> new Protocol.Inspect(id, data));
    }

    /** A data set in two dimensions; the answer is a {@code DataPicture} as JSON. */
    public CompletionStage<JsonNode> picture(DataSpec data, String method, long seed) {
        return ask(id -> new Protocol.Picture(id, data, method, seed));
    }

    /** Why a row of a finished run has its score; the answer is a {@code RowContributions.Row} as JSON. */
    public CompletionStage<JsonNode> contributions(Path run, int row) {
        return ask(id -> new Protocol.Contributions(id, run.toAbsolutePath().toString(), row));
    }

    private CompletionStage<JsonNode> ask(Function<String, Protocol.Command> question) {
        return ask(engine(), question);
    }

    private CompletionStage<JsonNode> ask(Connection engine, Function<String, Protocol.Command> question) {
        String id = "ask-" + ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        engine.questions.put(id, answer);
        engine.failIfGone();
        engine.send(question.apply(id));
        return answer;
    }

    private Connection engine() {
        synchronized (lock) {
            warmUp();
            if (connection == null) {
                throw new EngineGoneException("The engine is closed.");
            }
            return connection;
        }
    }

    /** Process id of the engine, −1 if none runs. */
    public long pid() {
        synchronized (lock) {
            return connection == null || connection.gone ? -1 : connection.process.pid();
        }
    }

    private void checkPulse() {
        Connection engine;
        synchronized (lock) {
            engine = connection;
        }
        if (engine != null && !engine.gone) {
            engine.checkPulse();
        }
    }

    /** Ends the engine; a run that trains is stopped and kept. */
    @Override
    public void close() {
        Connection engine;
        synchronized (lock) {
            closed = true;
            engine = connection;
        }
        watch.shutdownNow();
        if (engine != null && !engine.gone) {
            engine.closing = true;
            engine.send(new Protocol.Quit());
            try {
                if (!engine.process.waitFor(6, TimeUnit.SECONDS)) {
                    engine.process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                engine.process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
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

    /** One engine process. */
    private final class Connection {

        private final Process process;
        private final Writer commands;
        private final ExecutorService writer = writer();
        private final Map<String, Handle> runs = new ConcurrentHashMap<>();
        private final Map<String, CompletableFuture<JsonNode>> questions = new ConcurrentHashMap<>();
        private volatile long lastSign = System.nanoTime();
        private volatile boolean dispatching;
        private volatile boolean beating;
        private volatile boolean gone;
        private volatile boolean closing;
        private volatile EngineGoneException goneBecause;
        private long lastCheck = System.nanoTime(); // of the watch's thread, as is the next
        private long deadSince;

        Connection() {
            stateListener.changed(State.STARTING, "");
            try {
                Files.createDirectories(logFile.toAbsolutePath().getParent());
                process = command.process().redirectError(logFile.toFile()).start();
            } catch (IOException e) {
                throw new EngineGoneException("The engine process cannot be started: " + e.getMessage());
            }
            commands = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
            Thread reader = new Thread(this::read, "engine messages");
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader in =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line; (line = in.readLine()) != null; ) {
                    lastSign = System.nanoTime();
                    dispatching = true;
                    dispatch(line);
                    dispatching = false;
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
                beating = true;
            } else if (message instanceof Protocol.Ready ready) {
                if (!closing) {
                    stateListener.changed(State.READY, ready.device());
                }
            } else if (message instanceof Protocol.Event event) {
                Handle handle = runs.get(event.id());
                if (handle != null) {
                    handle.take(event.event());
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
            Handle handle = runs.remove(id);
            if (handle != null) {
                handle.ended.completeExceptionally(new EngineRefusedException(refused.sentence()));
            }
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

        /**
         * Neither a dead engine nor a silent one is given up while something it said has yet to be read: the end of a run
         * may be in the pipe, and this process may have been held itself.
         */
        void checkPulse() {
            long now = System.nanoTime();
            if (dispatching || now - lastCheck > 3 * CHECK_MILLIS * 1_000_000) {
                lastSign = now;
            }
            lastCheck = now;
            if (!process.isAlive()) {
                deadSince = deadSince == 0 || dispatching ? now : deadSince;
                if (now - deadSince > LAST_WORDS_MILLIS * 1_000_000) { // usually the reader has come to the end first
                    lost(exitReason());
                }
                return;
            }
            long silent = (now - lastSign) / 1_000_000;
            if (silent > (beating ? SILENCE_MILLIS : START_MILLIS)) {
                process.destroyForcibly();
                lost("The engine process has not answered for " + silent / 1000 + " s and was ended.");
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

        /** Whatever was handed in just before or after the engine went hears of it. */
        void failIfGone() {
            EngineGoneException cause = goneBecause;
            if (cause != null) {
                runs.values().forEach(run -> run.ended.completeExceptionally(cause));
                questions.values().forEach(question -> question.completeExceptionally(cause));
            }
        }

        private void lost(String reason) {
            synchronized (lock) {
                if (gone) {
                    return;
                }
                gone = true;
            }
            writer.shutdown();
            goneBecause = new EngineGoneException(reason);
            failIfGone();
            if (!closing) {
                backToProcessor(reason);
                stateListener.changed(State.GONE, reason);
                if (beating) {
                    warmUp();
                }
            }
        }
    }

    /** An engine on a card that has died would die again. */
    private void backToProcessor(String reason) {
        synchronized (lock) {
            if (command != processor) {
                command = processor.with(DeviceUse.cpuInsteadOf(DeviceUse.CUDA, reason + " Training uses the CPU."));
            }
        }
    }

    /** A run in an engine process. */
    private final class Handle implements RunHandle {

        private final Connection engine;
        private final Path folder;
        private final Consumer<RunEvent> listener;
        private final CompletableFuture<RunEvent.Ended> ended = new CompletableFuture<>();

        Handle(Connection engine, Path folder, Consumer<RunEvent> listener) {
            this.engine = engine;
            this.folder = folder;
            this.listener = listener;
        }

        void take(RunEvent event) {
            try {
                listener.accept(event);
            } catch (RuntimeException e) { // a listener's mistake must not cut the line to the engine
                LOG.error("a listener failed on {}", event, e);
            }
            if (event instanceof RunEvent.Ended end) {
                engine.runs.values().remove(this);
                ended.complete(end);
            }
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public void stop(RunControl.Stop stop) {
            engine.send(new Protocol.Control(stop == RunControl.Stop.KEEP ? "stop" : "discard"));
        }

        @Override
        public void pause() {
            engine.send(new Protocol.Control("pause"));
        }

        @Override
        public void proceed() {
            engine.send(new Protocol.Control("proceed"));
        }

        @Override
        public void stepEpoch() {
            engine.send(new Protocol.Control("step"));
        }

        @Override
        public CompletionStage<Object> change(String key, Object value) {
            return ask(engine, id -> new Protocol.Change(id, key, value))
                    .thenApply(accepted -> accepted.isNumber() ? accepted.numberValue() : accepted.asText());
        }

        @Override
        public CompletionStage<RunEvent.Ended> ended() {
            return ended;
        }
    }
}
