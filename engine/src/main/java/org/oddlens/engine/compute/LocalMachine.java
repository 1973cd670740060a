package org.oddlens.engine.compute;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.run.MachineKind;

/** The machine this process runs on, as far as it decides about the bits of a result. Loads the native libraries. */
public final class LocalMachine {

    private final String oddlensVersion;

    /** @param oddlensVersion version of Oddlens to be recorded */
    public LocalMachine(String oddlensVersion) {
        this.oddlensVersion = oddlensVersion;
    }

    public MachineKind kind() {
        BlasCore.chosen();
        Map<String, String> versions = new TreeMap<>();
        versions.put("oddlens", oddlensVersion);
        versions.put("nd4j", "1.0.0-M2.1 " + Nd4j.getBackend().getClass().getSimpleName());
        return new MachineKind(
                processor(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                blas(),
                versions);
    }

    /**
     * What decides OpenBLAS's kernels: ours or the user's choice; where the library chooses, which the binding cannot ask
     * it about, the instruction sets it looks at.
     */
    private static String blas() {
        String core = BlasCore.chosen();
        Set<String> flags = Arrays.stream(cpuInfo("flags").split(" ")).collect(Collectors.toSet());
        String sets = Stream.of("sse4_2", "avx", "avx2", "fma", "avx512f", "avx512vl", "avx512_bf16")
                .filter(flags::contains)
                .collect(Collectors.joining(" "));
        return "OpenBLAS 0.3.19, " + openblas_nolapack.blas_get_num_threads() + " threads, "
                + (core.isEmpty() ? sets : "core type " + core);
    }

    private static String processor() {
        String model = cpuInfo("model name");
        if (!model.isEmpty()) {
            return model;
        }
        String identifier = System.getenv("PROCESSOR_IDENTIFIER");
        return identifier == null ? System.getProperty("os.arch") : identifier;
    }

    /** A line of Linux's processor description, empty elsewhere. */
    private static String cpuInfo(String key) {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(info)) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
