package org.oddlens.engine.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunSpec;
import picocli.CommandLine.Option;

/** The flags of commands that read a run's data again, which may have moved since. */
final class MovedData {

    @Option(
            names = "--data",
            paramLabel = "FILE",
            description = "Where the run's data are now, if they were moved; the content must be the same.")
    private Path data;

    @Option(
            names = "--test-data",
            paramLabel = "FILE",
            description = "Likewise for a run with a second file of test rows.")
    private Path testData;

    /** The specification of a run with its data where they are now. */
    RunSpec of(RunFolder run, RunSpec spec) {
        if (data != null) {
            InputFiles.require("--data", data);
        }
        if (testData != null) {
            InputFiles.require("--test-data", testData);
            if (spec.data().secondFile() == null) {
                throw new UsageException("--test-data: run " + run.id() + " has no second file of test rows.");
            }
        }
        requireThere(run, data, spec.data().file(), "--data");
        requireThere(run, testData, spec.data().secondFile(), "--test-data");
        return spec.movedTo(data, testData);
    }

    private static void requireThere(RunFolder run, Path moved, String recorded, String flag) {
        if (moved == null && recorded != null && !Files.exists(Path.of(recorded))) {
            throw new RunFolderException("The data of run " + run.id() + " are no longer at " + recorded
                    + ". If they were moved, say where they are with " + flag + " FILE.");
        }
    }
}
