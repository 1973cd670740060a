package org.oddlens.engine.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.compute.BackendTrial;
import org.oddlens.engine.compute.NativeThreads;
import org.oddlens.engine.device.TrialResult;
import org.oddlens.engine.process.EngineCommand;
import org.oddlens.engine.process.EngineProcess;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.study.RowContributions;
import org.oddlens.engine.study.RunExecution;
import org.oddlens.engine.study.WarmUp;
import picocli.CommandLine;

/** {@code oddlens engine}: the engine process of a window, or its self-test on the device it was started for. */
final class EngineWord implements Callable<Integer> {

    private final RunExecution execution;
    private final RowContributions contributions;
    private final WarmUp warmUp;
    private final InputStream input;
    private final Console console;
    private final Map<String, String> environment;
    private CommandLine line;

    EngineWord(
            RunExecution execution,
            RowContributions contributions,
            WarmUp warmUp,
            InputStream input,
            Console console,
            Map<String, String> environment) {
        this.execution = execution;
        this.contributions = contributions;
        this.warmUp = warmUp;
        this.input = input;
        this.console = console;
        this.environment = environment;
    }

    void readFrom(CommandLine parser) {
        line = parser;
    }

    @Override
    public Integer call() throws IOException {
        if (line.getParseResult().hasMatchedOption(EngineCommand.TRIAL)) {
            return trial();
        }
        DeviceUse device = device();
        new EngineProcess(execution.on(device), contributions, warmUp, input, console.out()).serve(() -> {
            NativeThreads.load();
            return device.name();
        });
        return 0;
    }

    private DeviceUse device() throws IOException {
        String told = environment.get(EngineCommand.DEVICE_VARIABLE);
        return told == null ? DeviceUse.cpu() : new RunJson().read(told, DeviceUse.class);
    }

    private int trial() {
        BackendTrial.Result seen = BackendTrial.run();
        TrialResult result = new TrialResult(
                seen.onCard() && seen.agrees(),
                seen.backend(),
                seen.largestDifference(),
                seen.seconds(),
                sentence(seen));
        byte[] text = (new RunJson().line(result) + "\n").getBytes(StandardCharsets.UTF_8);
        console.out().write(text, 0, text.length);
        console.out().flush();
        return 0;
    }

    private static String sentence(BackendTrial.Result seen) {
        if (!seen.onCard()) {
            return "The CUDA libraries were loaded but found no card they can work with, so ND4J took its backend for"
                    + " the CPU.";
        }
        return String.format(
                Locale.ROOT,
                seen.agrees()
                        ? "One training step on the card agrees with the CPU's (largest difference %.1e) and took %.1f s."
                        : "One training step on the card differs from the CPU's by %.1e, which rounding does not"
                                + " explain (%.1f s).",
                seen.largestDifference(),
                seen.seconds());
    }
}
