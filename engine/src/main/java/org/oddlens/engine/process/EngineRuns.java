package org.oddlens.engine.process;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunService.RunHandle;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.Snapshots;

/** One run after the other in an engine process that stays warm between them; each is waited for. */
public final class EngineRuns implements AutoCloseable {

    private static final long GLANCE_MILLIS = 100;

    private final EngineClient engine;

    /**
     * @param log       receives what the engine prints beside the protocol
     * @param snapshots how often the runs are recorded
     */
    public EngineRuns(EngineCommand command, Path log, Snapshots snapshots) {
        this.engine = new EngineClient(command, log, (state, detail) -> {}, snapshots);
    }

    /**
     * Runs to the end.
     *
     * @throws EngineGoneException if the engine died; the next run gets a new one
     * @throws EngineRefusedException if the run could not be recorded
     */
    public RunEvent.Ended execute(RunSpec spec, Path folder, RunControl control, Consumer<RunEvent> listener) {
        try {
            RunHandle run = engine.submit(spec, folder, listener);
            CompletableFuture<RunEvent.Ended> ended = run.ended().toCompletableFuture();
            boolean told = false;
            while (true) {
                try {
                    return ended.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    if (!told && control.requestedStop().isPresent()) {
                        run.stop(control.requestedStop().get());
                        told = true;
                    }
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineGoneException("Waiting for the run was cancelled.");
        }
    }

    /** Ends the engine. */
    @Override
    public void close() {
        engine.close();
    }
}
