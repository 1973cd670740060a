package org.oddlens.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.oddlens.app.dataset.DataViewModel;
import org.oddlens.engine.process.DeviceChoice;
import org.oddlens.engine.run.RunService;

/** What the window asks of the engine. Questions are answered on any thread. */
public interface EngineDesk extends RunService, DataViewModel.Questions, AutoCloseable {

    /** Starts the engine if none runs. */
    void warmUp();

    /** Why a row of a finished run has its score; the answer is a {@code RowContributions.Row} as JSON. */
    CompletionStage<JsonNode> contributions(Path run, int row);

    /** Ends the waiting engine and starts one on another device; not while a run trains. */
    void use(DeviceChoice.Chosen device);

    /** Process id of the engine, −1 if none runs. */
    long pid();

    /** Ends the engine; a run that trains is stopped and kept. */
    @Override
    void close();
}
