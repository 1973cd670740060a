package org.oddlens.engine.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What this process holds of the machine's memory. */
final class ProcessMemory implements Soak.Memory {

    private static final Path STATUS = Path.of("/proc/self/status");

    /** Twice: what the first collection frees natively is handed back by the second at the latest. */
    @Override
    public long heapBytes() {
        System.gc();
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    @Override
    public long residentBytes() {
        try {
            return residentBytes(Files.readAllLines(STATUS));
        } catch (IOException e) {
            return Soak.UNKNOWN;
        }
    }

    /** From lines as in {@code VmRSS:    184320 kB}. */
    static long residentBytes(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(Soak.UNKNOWN);
    }
}
