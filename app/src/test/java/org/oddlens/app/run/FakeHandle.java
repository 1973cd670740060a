package org.oddlens.app.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunService;

/** A run in no engine: remembers what it is told, and ends when the test says so. */
public final class FakeHandle implements RunService.RunHandle {

    /** What it was told. */
    public final List<String> orders = new ArrayList<>();
    /** How it ends. */
    public final CompletableFuture<RunEvent.Ended> end = new CompletableFuture<>();
    /** The answer to a wished change. */
    public final CompletableFuture<Object> answer = new CompletableFuture<>();

    private final Path folder;

    public FakeHandle(Path folder) {
        this.folder = folder;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public void stop(RunControl.Stop stop) {
        orders.add("stop " + stop);
    }

    @Override
    public void pause() {
        orders.add("pause");
    }

    @Override
    public void proceed() {
        orders.add("proceed");
    }

    @Override
    public void stepEpoch() {
        orders.add("step");
    }

    @Override
    public CompletionStage<Object> change(String key, Object value) {
        orders.add("change " + key + " " + value);
        return answer;
    }

    @Override
    public CompletionStage<RunEvent.Ended> ended() {
        return end;
    }
}
