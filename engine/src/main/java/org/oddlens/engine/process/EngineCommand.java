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

    private static final int RESTRICTED_NATIVE_ACCESS = 24;

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
        return new EngineCommand(
                words(
                        System.getProperty("jpackage.app-path"),
                        Path.of(System.getProperty("java.home")),
                        Runtime.version().feature(),
                        System.getProperty("java.class.path"),
                        mainClass),
                Map.of("OMP_NUM_THREADS", String.valueOf(threads), "OPENBLAS_NUM_THREADS", String.valueOf(threads)));
    }

    static List<String> words(String packaged, Path javaHome, int javaVersion, String classPath, String mainClass) {
        if (packaged != null) {
            return List.of(packaged, "engine");
        }
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        if (javaVersion >= RESTRICTED_NATIVE_ACCESS) {
            command.add("--enable-native-access=ALL-UNNAMED");
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-Dfile.encoding=UTF-8", "-cp", classPath, mainClass, "engine"));
        return command;
    }

    /**
     * A builder with command and environment.
     *
     * <p>jpackage's launcher on Linux marks its own second start by an environment variable; a child that inherits it
     * would take our arguments for those of Java. So the child does not get it.
     */
    ProcessBuilder process() {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("_JPACKAGE_LAUNCHER"));
        builder.environment().putAll(environment);
        return builder;
    }
}
