package org.oddlens.engine.process;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunService.RunHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run in an engine process: passes its events on and orders back. */
final class EngineRun implements RunHandle {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRun.class);

    private final EngineConnection engine;
    private final Path folder;
    private final Consumer<RunEvent> listener;
    private final CompletableFuture<RunEvent.Ended> ended = new CompletableFuture<>();

    EngineRun(EngineConnection engine, Path folder, Consumer<RunEvent> listener) {
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
            engine.forget(this);
            ended.complete(end);
        }
    }

    /** The run was refused, or its engine is gone. */
    void fail(RuntimeException cause) {
        ended.completeExceptionally(cause);
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
        return engine.ask(id -> new Protocol.Change(id, key, value))
                .thenApply(accepted -> accepted.isNumber() ? accepted.numberValue() : accepted.asText());
    }

    @Override
    public CompletionStage<RunEvent.Ended> ended() {
        return ended;
    }
}
