package org.oddlens.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.process.DeviceChoice;
import org.oddlens.engine.process.EngineClient;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunSpec;

/** The engine in a process of its own. */
public record ProcessDesk(EngineClient client) implements EngineDesk {

    @Override
    public void warmUp() {
        client.warmUp();
    }

    @Override
    public RunHandle submit(RunSpec spec, Path folder, Consumer<RunEvent> listener) {
        return client.submit(spec, folder, listener);
    }

    @Override
    public RunHandle resume(Path folder, Consumer<RunEvent> listener) {
        return client.resume(folder, listener);
    }

    @Override
    public void pace(double epochsPerSecond) {
        client.pace(epochsPerSecond);
    }

    @Override
    public CompletionStage<JsonNode> inspect(DataSpec data) {
        return client.inspect(data);
    }

    @Override
    public CompletionStage<JsonNode> picture(DataSpec data, String method, long seed) {
        return client.picture(data, method, seed);
    }

    @Override
    public CompletionStage<JsonNode> contributions(Path run, int row) {
        return client.contributions(run, row);
    }

    @Override
    public void use(DeviceChoice.Chosen device) {
        client.use(device);
    }

    @Override
    public long pid() {
        return client.pid();
    }

    @Override
    public void close() {
        client.close();
    }
}
