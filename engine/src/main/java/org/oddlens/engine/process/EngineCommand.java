package org.oddlens.engine.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the engine process is started: the same program as this one with the hidden word {@code engine}.
 *
 * @param command     program and arguments
 * @param environment variables set for it; the linear algebra reads its thread count from there at load time
 */
public record EngineCommand(List<String> command, Map<String, String> environment) {

    public EngineCommand {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /**
     * The command for the running program: the packaged launcher if there is one, else this Java with this class path.
     *
     * @param mainClass class whose {@code main} understands {@code engine}
     * @param threads   threads of the linear algebra
     */
    public static EngineCommand ofThisProgram(String mainClass, int threads) {
        Map<String, String> environment =
                Map.of("OMP_NUM_THREADS", String.valueOf(threads), "OPENBLAS_NUM_THREADS", String.valueOf(threads));
        String packaged = System.getProperty("jpackage.app-path");
        if (packaged != null) {
            return new EngineCommand(List.of(packaged, "engine"), environment);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass);
        command.add("engine");
        return new EngineCommand(command, environment);
    }
}
