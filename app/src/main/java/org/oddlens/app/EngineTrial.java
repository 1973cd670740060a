package org.oddlens.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.process.EngineClient;
import org.oddlens.engine.process.EngineCommand;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.sample.Samples;

/** Trains ten epochs in an engine process, as the window does, so that a native library that ends the process is seen. */
final class EngineTrial {
    private static final int EPOCHS = 10;
    private static final int MINUTES = 5;

    private EngineTrial() {}

    /** Trains and returns what was seen. */
    static String train() throws IOException, InterruptedException {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            return trainIn(folder.path());
        }
    }

    private static String trainIn(Path folder) throws IOException, InterruptedException {
        Path log = folder.resolve("engine.txt");
        EngineCommand command = EngineCommand.ofThisProgram(Launcher.class.getName(), 1);
        try (EngineClient engine = new EngineClient(command, log, (state, detail) -> {})) {
            String data = Samples.install("two-moons-12d", folder).toString();
            RunSpec spec = new RunSpec(
                    DataSpec.of(data), null, null, "memae", null, Map.of("epochs", EPOCHS), null, 42, null, null, 1);
            RunEvent.Ended ended = engine.submit(spec, folder.resolve("run"), event -> {})
                    .ended()
                    .toCompletableFuture()
                    .get(MINUTES, TimeUnit.MINUTES);
            if (ended.end() != RunEnd.COMPLETED) {
                throw new IOException(ended.message());
            }
            return String.format(
                    Locale.ROOT,
                    "an engine process trained MemAE for %d epochs in %.1f s",
                    EPOCHS,
                    ended.seconds().getOrDefault("train", Double.NaN));
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage() + " Its last words: " + end(log), e);
        } catch (TimeoutException e) {
            throw new IOException("training did not end within " + MINUTES + " minutes. Last words: " + end(log), e);
        }
    }

    private static String end(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }
}
