package org.oddlens.engine.cli;

import java.nio.file.Path;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ImportedData;
import org.oddlens.engine.data.MissingPolicy;
import org.oddlens.engine.data.MissingValuesException;
import org.oddlens.engine.study.Scoring;
import picocli.CommandLine.Option;

/** The flag of commands that read data which a run has not seen, and how they read them. */
final class NewDataFlags {

    @Option(
            names = "--missing",
            paramLabel = "POLICY",
            description =
                    "Missing values of --data: report (stop and say where), drop rows, or impute the median of the rows"
                            + " trained on; default: what the run did with its own.")
    private String missing;

    /** @throws UsageException if there is no such policy; to be called before any work is done */
    MissingPolicy policy() {
        return MissingFlag.parse(missing);
    }

    /**
     * Reads a file as a run read its own.
     *
     * @param id column that names the rows, {@code none} for none, null for the run's or a guess
     */
    ImportedData read(Path file, DataSpec recorded, String id) {
        try {
            return Scoring.read(file, recorded, policy(), id);
        } catch (MissingValuesException e) {
            throw new IllegalArgumentException(e.getMessage() + " Say --missing drop or --missing impute.", e);
        }
    }
}
