package org.oddlens.engine.compute;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/**
 * Chooses OpenBLAS's kernels by what the processor can do. OpenBLAS 0.3.19 chooses by the processor's model number, and
 * one that is newer than the library gets the kernels of 2004 (SSE3): a quarter of the speed. The library reads the
 * variable {@code OPENBLAS_CORETYPE} when it is loaded; Java cannot set variables of its own process and an installed
 * program's launcher cannot either, so on Linux the entry is added to the C library's table before the library is loaded.
 *
 * <p>A value that the user has set stays. Elsewhere than on Linux x86-64 the library decides.
 */
public final class BlasCore {

    private static final String VARIABLE = "OPENBLAS_CORETYPE";
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final String CHOSEN = choose();

    private BlasCore() {}

    /**
     * Makes the choice if it has not been made; must come before the first use of ND4J or OpenBLAS.
     *
     * @return the kernels' name, empty if the library decides
     */
    public static String chosen() {
        return CHOSEN;
    }

    private static String choose() {
        String given = System.getenv(VARIABLE);
        if (given != null && !given.isBlank()) {
            return given;
        }
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String core = system.contains("linux") && System.getProperty("os.arch").equals("amd64") ? core(flags()) : "";
        if (!core.isEmpty()) {
            add(VARIABLE + "=" + core);
        }
        return core;
    }

    /** The best kernels for a processor with these instruction sets, empty if none of the newer. */
    static String core(Set<String> flags) {
        if (flags.containsAll(Set.of("avx512f", "avx512dq", "avx512bw", "avx512vl"))) {
            return "SkylakeX";
        }
        return flags.containsAll(Set.of("avx2", "fma")) ? "Haswell" : "";
    }

    private static Set<String> flags() {
        try (Stream<String> lines = Files.lines(PROCESSOR)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Arrays.stream(line.split("\\s+")).collect(Collectors.toSet()))
                    .orElse(Set.of());
        } catch (IOException e) {
            return Set.of();
        }
    }

    /** Replaces the table of variables by a longer copy. Both stay allocated: the C library may keep looking at them. */
    private static void add(String entry) {
        Loader.load(org.bytedeco.javacpp.presets.javacpp.class);
        Pointer symbol = Loader.addressof("environ");
        if (symbol == null) {
            return;
        }
        PointerPointer<BytePointer> variable = new PointerPointer<>(symbol);
        PointerPointer<BytePointer> table = new PointerPointer<>(variable.get(BytePointer.class, 0));
        int count = 0;
        while (table.get(BytePointer.class, count) != null) {
            count++;
        }
        PointerPointer<BytePointer> longer = new PointerPointer<>(count + 2L);
        for (int i = 0; i < count; i++) {
            longer.put(i, table.get(BytePointer.class, i));
        }
        BytePointer text = new BytePointer(entry, StandardCharsets.US_ASCII);
        longer.put(count, text);
        longer.put(count + 1L, (Pointer) null);
        variable.put(0, longer);
        // The C library looks at both as long as the process lives, so they must outlive these Java objects.
        text.deallocate(false);
        longer.deallocate(false);
    }
}
