package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.OutputFile;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.study.RunPainting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code oddlens picture}: loss curves and latent space of a run as a PNG, without a display. */
@Command(name = "picture", description = "Draws the loss curves and the latent space of a run as a PNG.")
final class PictureCommand implements Callable<Integer> {

    private final DetectorRegistry registry;
    private final OddlensHome home;
    private final Console console;

    @Mixin
    private Output output;

    @Mixin
    private OverwriteFlag overwrite;

    @Parameters(paramLabel = "RUN", description = "A run folder, or the beginning of an id.")
    private String run;

    @Option(
            names = "--out",
            paramLabel = "PNG",
            description = "The file to write; default: picture.png in the run folder.")
    private Path out;

    PictureCommand(DetectorRegistry registry, OddlensHome home, Console console) {
        this.registry = registry;
        this.home = home;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (out != null && !out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
            throw new UsageException("--out: " + out + " does not end in .png; pictures are written as PNG only.");
        }
        RunFolder folder = home.find(run);
        Path file = out == null ? folder.file("picture.png") : out;
        // Its own place in the run folder holds nothing of the user's: there it is drawn anew.
        OutputFile target = out == null ? OutputFile.at(file, true) : overwrite.file(file);
        for (Path part : folder.parts()) {
            target.not("the run", part);
        }
        OverwriteFlag.require("--out", target);
        new RunPainting(registry).of(folder).write(target);
        String place = file.toAbsolutePath().normalize().toString();
        if (output.json) {
            console.json(Map.of("format", "oddlens.picture/1", "picture", place));
        } else {
            console.out().println("Picture: " + place);
        }
        return 0;
    }
}
