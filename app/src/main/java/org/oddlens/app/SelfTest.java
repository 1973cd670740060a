package org.oddlens.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.oddlens.sample.Sample;
import org.oddlens.sample.Samples;

/**
 * {@code oddlens self-test}: does this copy of the program work on this machine?
 *
 * <p>One line for each check: {@code ok}, {@code FAILED} or {@code skipped}, its name, and what was seen. Exit code 1 if
 * one failed.
 */
final class SelfTest {
    static final String SUMMARY = "Checks this installation: Java, samples, engine, window.";

    private final PrintStream out;
    private boolean failed;

    SelfTest(PrintStream out) {
        this.out = out;
    }

    /** Runs all checks and returns the exit code. */
    int run() {
        check("java", SelfTest::javaRuntime);
        check("samples", SelfTest::samples);
        check("engine", EngineTrial::train);
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

    /** One check: what was seen, or an exception whose message says what is wrong. */
    private interface Check {
        String seen() throws Exception;
    }
}
