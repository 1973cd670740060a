package org.oddlens.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oddlens.engine.cli.OddlensCommand;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.sample.Sample;
import org.oddlens.sample.Samples;

/** {@code oddlens demo}: the main job in a terminal, MemAE on the bundled two moons, with a picture at the end. */
final class DemoCommand {
    static final String SUMMARY = "Trains MemAE on bundled data in the terminal and draws the run as a PNG.";

    private static final String SAMPLE = "two-moons-12d";
    private static final String DETECTOR = "memae";

    private final OddlensHome home;
    private final PrintStream out;

    DemoCommand(OddlensHome home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    /** Trains, reports and draws; further arguments are handed to {@code train}. Returns the exit code. */
    int run(String... args) {
        if (Arrays.stream(args).anyMatch(List.of("--help", "-h")::contains)) {
            out.println("Usage: oddlens demo [FLAG...]");
            out.println(SUMMARY);
            out.println("Flags are those of: oddlens train --detector " + DETECTOR + " --help");
            return 0;
        }
        Sample sample = Samples.find(SAMPLE).orElseThrow();
        Path data;
        try {
            data = Samples.install(SAMPLE, home.samples());
        } catch (IOException e) {
            System.err.println("oddlens: The sample cannot be written to " + home.samples() + " (" + e
                    + "). Set ODDLENS_HOME to a folder that can be written.");
            return 1;
        }
        Path run = home.newRun(DETECTOR, LocalDateTime.now());
        out.println(sample.title() + ": " + sample.description());
        List<String> train = new ArrayList<>(
                List.of("train", "--data", data.toString(), "--detector", DETECTOR, "--out", run.toString()));
        train.addAll(List.of(args));
        int exitCode = OddlensCommand.execute(train.toArray(String[]::new));
        return exitCode == 0 ? OddlensCommand.execute("picture", run.toString()) : exitCode;
    }
}
