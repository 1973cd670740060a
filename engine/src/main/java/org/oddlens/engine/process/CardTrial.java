package org.oddlens.engine.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.oddlens.engine.device.CardVerdict;
import org.oddlens.engine.device.DeviceProbe;
import org.oddlens.engine.device.PackFolder;
import org.oddlens.engine.device.TrialResult;
import org.oddlens.engine.run.RunJson;

/**
 * One training step on a card in a process of its own, because a native library that does not fit the card takes its
 * process with it.
 */
final class CardTrial implements DeviceProbe.Trial {

    /** The first start unpacks several gigabytes. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final BiFunction<PackFolder, CardVerdict, EngineCommand> engines;
    private final Path log;
    private final Duration limit;

    CardTrial(String mainClass, Path log) {
        this((pack, card) -> EngineCommand.onCard(mainClass, pack, card), log, LIMIT);
    }

    /** @param log receives what the process prints beside its result; replaced each time */
    CardTrial(BiFunction<PackFolder, CardVerdict, EngineCommand> engines, Path log, Duration limit) {
        this.engines = engines;
        this.log = log;
        this.limit = limit;
    }

    @Override
    public TrialResult run(PackFolder pack, CardVerdict card) {
        long start = System.nanoTime();
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process = engines.apply(pack, card)
                    .trial()
                    .process()
                    .redirectError(log.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return failed(start, card, "had not ended after " + limit.toSeconds() + " s and was ended");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.isBlank() ? failed(start, card, words(process.exitValue())) : result(said);
        } catch (IOException e) {
            return failed(start, card, "could not be started, because its program is missing or may not be run");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(start, card, "was cancelled");
        }
    }

    private static TrialResult result(String said) throws IOException {
        List<String> lines = said.strip().lines().toList();
        return new RunJson().read(lines.get(lines.size() - 1), TrialResult.class);
    }

    private TrialResult failed(long start, CardVerdict card, String how) {
        return TrialResult.failed(
                (System.nanoTime() - start) / 1e9,
                "The self-test on " + card.name() + " " + how + ". Its words are in " + log + ".");
    }

    private static String words(int code) {
        return code > 128 && code < 160
                ? "ended with signal " + (code - 128) + " before it computed anything"
                : "ended with exit code " + code + " before it computed anything";
    }
}
