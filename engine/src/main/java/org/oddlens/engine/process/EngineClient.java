package org.oddlens.engine.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunService;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.Snapshots;

/**
 * The window's side of the border: keeps one engine process warm, hands runs and questions to it, and notices within
 * three seconds when it is gone. After a death the next engine is started at once.
 *
 * <p>Callbacks come on threads of this client.
 */
public final class EngineClient implements RunService, AutoCloseable {

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
    private final Snapshots snapshots;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "engine watch");
        thread.setDaemon(true);
        return thread;
    });
    private final Object lock = new Object();
    private EngineCommand command;
    private EngineConnection connection;
    private boolean closed;
    private double pace = Double.POSITIVE_INFINITY;

    /**
     * @param command starts an engine on the processor
     * @param logFile what the engine prints beside the protocol; replaced at each start
     * @param snapshots how often runs are recorded
     */
    EngineClient(EngineCommand command, Path logFile, StateListener stateListener, Snapshots snapshots) {
        this.snapshots = snapshots;
        this.processor = command;
        this.command = command;
        this.logFile = logFile;
        this.stateListener = stateListener;
        watch.scheduleWithFixedDelay(this::checkPulse, Pulse.CHECK_MILLIS, Pulse.CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** A client for a person who watches. */
    public EngineClient(EngineCommand command, Path logFile, StateListener stateListener) {
        this(command, logFile, stateListener, Snapshots.WATCHED);
    }

    /** Starts the engine if none runs. */
    public void warmUp() {
        synchronized (lock) {
            if (!closed && (connection == null || connection.gone())) {
                connection = connect();
            }
        }
    }

    /**
     * Ends the engine and starts one on another device. Questions that wait are refused, a run that trains is stopped and
     * kept; so ask before.
     */
    public void use(DeviceChoice.Chosen device) {
        EngineConnection before;
        synchronized (lock) {
            before = connection;
            command = device.engine().orElse(processor).with(device.use());
            if (closed) {
                return;
            }
            if (before != null) {
                before.expectEnd();
            }
            connection = connect();
        }
        if (before != null && !before.gone()) {
            before.quit();
        }
    }

    @Override
    public RunHandle submit(RunSpec spec, Path folder, Consumer<RunEvent> listener) {
        return engine().start(
                        folder,
                        listener,
                        id -> new Protocol.Train(
                                id, spec, folder.toAbsolutePath().toString(), snapshots.id()));
    }

    @Override
    public RunHandle resume(Path folder, Consumer<RunEvent> listener) {
        return engine().start(
                        folder,
                        listener,
                        id -> new Protocol.Resume(id, folder.toAbsolutePath().toString(), snapshots.id()));
    }

    @Override
    public void pace(double epochsPerSecond) {
        synchronized (lock) {
            pace = epochsPerSecond;
            if (connection != null && !connection.gone()) {
                tellPace(connection);
            }
        }
    }

    private void tellPace(EngineConnection engine) {
        engine.send(new Protocol.Pace(Double.isInfinite(pace) ? null : (Double) pace));
    }

    /** What a file holds; the answer is a {@code DataInspection} as JSON. */
    public CompletionStage<JsonNode> inspect(DataSpec data) {
        return engine().ask(id -> new Protocol.Inspect(id, data));
    }

    /** A data set in two dimensions; the answer is a {@code DataPicture} as JSON. */
    public CompletionStage<JsonNode> picture(DataSpec data, String method, long seed) {
        return engine().ask(id -> new Protocol.Picture(id, data, method, seed));
    }

    /** Why a row of a finished run has its score; the answer is a {@code RowContributions.Row} as JSON. */
    public CompletionStage<JsonNode> contributions(Path run, int row) {
        return engine().ask(id ->
                new Protocol.Contributions(id, run.toAbsolutePath().toString(), row));
    }

    private EngineConnection engine() {
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
            return connection == null || connection.gone() ? -1 : connection.pid();
        }
    }

    private void checkPulse() {
        EngineConnection engine;
        synchronized (lock) {
            engine = connection;
        }
        if (engine != null && !engine.gone()) {
            engine.checkPulse();
        }
    }

    /** Ends the engine; a run that trains is stopped and kept. */
    @Override
    public void close() {
        EngineConnection engine;
        synchronized (lock) {
            closed = true;
            engine = connection;
        }
        watch.shutdownNow();
        if (engine != null && !engine.gone()) {
            engine.quit();
            engine.awaitEnd();
        }
    }

    private EngineConnection connect() {
        stateListener.changed(State.STARTING, "");
        EngineConnection started = new EngineConnection(command, logFile, new EngineConnection.Listener() {
            @Override
            public void ready(String device) {
                stateListener.changed(State.READY, device);
            }

            @Override
            public void gone(String reason, boolean beating) {
                backToProcessor(reason);
                stateListener.changed(State.GONE, reason);
                if (beating) { // one that dies while it starts would do so again
                    warmUp();
                }
            }
        });
        if (!Double.isInfinite(pace)) {
            tellPace(started); // a new engine knows of none
        }
        return started;
    }

    /** An engine on a card that has died would die again. */
    private void backToProcessor(String reason) {
        synchronized (lock) {
            if (command != processor) {
                command = processor.with(DeviceUse.cpuInsteadOf(DeviceUse.CUDA, reason + " Training uses the CPU."));
            }
        }
    }
}
