package org.oddlens.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.oddlens.engine.cli.OddlensCommand;
import org.oddlens.sample.Sample;
import org.oddlens.sample.Samples;

/** {@code oddlens demo}: the main job in a terminal, MemAE on the bundled two moons. */
final class DemoCommand {
    private static final String SAMPLE = "two-moons-12d";
    private static final String DETECTOR = "memae";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Home home;
    private final PrintStream out;

    DemoCommand(Home home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    /** Trains and reports; further arguments are handed to {@code train}. Returns the exit code. */
    int run(String... args) {
        Sample sample = Samples.find(SAMPLE).orElseThrow();
        Path data;
        try {
            data = Samples.install(SAMPLE, home.samples());
        } catch (IOException e) {
            out.println("The sample could not be written to " + home.samples() + ": " + e.getMessage());
            return 1;
        }
        String id = LocalDateTime.now().format(STAMP) + "-" + DETECTOR + "-"
                + UUID.randomUUID().toString().substring(0, 4);
        Path run = home.runs().resolve(id);
        out.println(sample.title() + ": " + sample.description());
        List<String> train = new ArrayList<>(
                List.of("train", "--data", data.toString(), "--detector", DETECTOR, "--out", run.toString()));
        train.addAll(List.of(args));
        int exitCode = OddlensCommand.execute(train.toArray(String[]::new));
        if (exitCode == 0) {
            out.println("Run folder: " + run);
        }
        return exitCode;
    }
}
