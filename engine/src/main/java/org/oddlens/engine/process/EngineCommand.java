package org.oddlens.engine.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.oddlens.engine.device.CardVerdict;
import org.oddlens.engine.device.PackFolder;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.RunJson;

/**
 * How the engine process is started: the same program as this one with the hidden word {@code engine}.
 *
 * @param command     program and arguments
 * @param environment variables set for it; the linear algebra reads its thread count from there at load time
 */
public record EngineCommand(List<String> command, Map<String, String> environment) {

    /** Tells the engine its {@link DeviceUse}, as JSON. */
    public static final String DEVICE_VARIABLE = "ODDLENS_DEVICE_USE";

    /** Argument of {@code engine}: do one training step, tell what was seen, and end. */
    public static final String TRIAL = "--trial";

    /** Beside the data the heap holds little; this collector gives the rest back to the system. */
    private static final List<String> SMALL_HEAP = List.of(
            "-Xms48m",
            "-XX:+UseSerialGC",
            "-XX:-ShrinkHeapInSteps",
            "-XX:MinHeapFreeRatio=10",
            "-XX:MaxHeapFreeRatio=20");

    private static final int RESTRICTED_NATIVE_ACCESS = 24;

    /** What Java calls the encoding of names of files in the C locale. */
    private static final String ASCII = "ANSI_X3.4-1968";

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

    /**
     * The command for an engine that computes on a card: this Java, the packaged one too, with the pack's jars before
     * everything else. ND4J then takes its CUDA backend, and only where that cannot be loaded the processor's.
     *
     * @param mainClass class whose {@code main} understands {@code engine}
     */
    public static EngineCommand onCard(String mainClass, PackFolder pack, CardVerdict card) {
        String jars = pack.jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(words(
                null,
                Path.of(System.getProperty("java.home")),
                Runtime.version().feature(),
                jars + File.pathSeparator + System.getProperty("java.class.path"),
                mainClass));
        command.add(1, "-Dorg.bytedeco.javacpp.cachedir=" + pack.unpacked());
        Map<String, String> environment = new HashMap<>(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1"));
        if (System.getenv("CUDA_VISIBLE_DEVICES") == null) {
            // CUDA counts cards by speed, the driver's command by place, unless told so.
            environment.put("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
            environment.put("CUDA_VISIBLE_DEVICES", String.valueOf(card.index()));
        }
        return new EngineCommand(command, environment);
    }

    /** The same engine, told what it trains on and why. */
    public EngineCommand with(DeviceUse device) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(DEVICE_VARIABLE, new RunJson().line(device));
        return new EngineCommand(command, more);
    }

    /** The same process with at most so many bytes of heap. */
    public EngineCommand withHeap(long bytes) {
        Map<String, String> more = new HashMap<>(environment);
        more.put("JDK_JAVA_OPTIONS", "-Xmx" + Math.max(1, bytes >> 20) + "m");
        return new EngineCommand(command, more);
    }

    /** The same process, for one training step only. */
    EngineCommand trial() {
        List<String> words = new ArrayList<>(command);
        words.add(TRIAL);
        return new EngineCommand(words, environment);
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
        command.addAll(SMALL_HEAP);
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
        if (ASCII.equals(System.getProperty("sun.jnu.encoding"))) {
            // In the bare C locale the child could open no file whose name has other letters.
            builder.environment().put("LC_ALL", "C.UTF-8");
        }
        builder.environment().putAll(environment);
        return builder;
    }
}
