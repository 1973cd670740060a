package org.oddlens.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.oddlens.sample.Sample;
import org.oddlens.sample.Samples;

/**
 * {@code oddlens self-test}: does this copy of the program work on this machine?
 *
 * <p>One line for each check: {@code ok}, {@code FAILED} or {@code skipped}, its name, and what was seen. Exit code 1 if
 * one failed.
 */
final class SelfTest {
    private static final int MINUTES_TO_TRAIN = 5;

    private final PrintStream out;
    private boolean failed;

    SelfTest(PrintStream out) {
        this.out = out;
    }

    /** Runs all checks and returns the exit code. */
    int run() {
        check("java", SelfTest::javaRuntime);
        check("samples", SelfTest::samples);
        check("engine", SelfTest::trainTenEpochs);
        Optional<String> noDisplay = Display.ofThisSession().missing();
        if (noDisplay.isPresent()) {
            out.println("skipped  window   " + noDisplay.get());
        } else {
            check("window", OffScreenWindow::render);
        }
        return failed ? 1 : 0;
    }

    private void check(String name, Check check) {
        long start = System.nanoTime();
        String line;
        try {
            line = "ok       %-8s %s".formatted(name, check.seen());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed = true;
            line = "FAILED   %-8s interrupted".formatted(name);
        } catch (Exception | LinkageError e) {
            failed = true;
            line = "FAILED   %-8s %s".formatted(name, e.getMessage() == null ? e.toString() : e.getMessage());
        }
        out.println(line + String.format(Locale.ROOT, " (%.1f s)", (System.nanoTime() - start) / 1e9));
    }

    private static String javaRuntime() {
        return System.getProperty("java.version") + " on " + System.getProperty("os.name") + " "
                + System.getProperty("os.arch");
    }

    private static String samples() throws IOException, NoSuchAlgorithmException {
        for (Sample sample : Samples.all()) {
            try (InputStream stream = Samples.open(sample)) {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(stream.readAllBytes());
                if (!HexFormat.of().formatHex(digest).equals(sample.sha256())) {
                    throw new IOException(sample.fileName() + " is damaged: its checksum is not the listed one");
                }
            }
        }
        return Samples.all().size() + " data sets with their checksums";
    }

    /** Trains in a child process, as the window does, so that a native library that ends the process is seen. */
    private static String trainTenEpochs() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("oddlens-self-test");
        try {
            Path data = Samples.install("two-moons-12d", folder);
            Path log = folder.resolve("log.txt");
            Process process = OwnBinary.process(
                            "train",
                            "--data",
                            data.toString(),
                            "--detector",
                            "memae",
                            "--epochs",
                            "10",
                            "--quiet",
                            "--out",
                            folder.resolve("run").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(MINUTES_TO_TRAIN, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException("training did not end within " + MINUTES_TO_TRAIN + " minutes");
            }
            if (process.exitValue() != 0) {
                throw new IOException("training ended with exit code " + process.exitValue() + ": " + end(log));
            }
            return "ND4J loaded, MemAE trained for ten epochs on two-moons-12d";
        } finally {
            delete(folder);
        }
    }

    private static String end(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** One check: what was seen, or an exception whose message says what is wrong. */
    private interface Check {
        String seen() throws Exception;
    }
}
