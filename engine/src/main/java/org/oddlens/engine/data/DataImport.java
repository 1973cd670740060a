package org.oddlens.engine.data;

import java.nio.file.Path;

/** Turns a file and the roles of its arrays into a {@link Dataset}. */
public final class DataImport {

    private DataImport() {}

    /** Loads with guessed roles; missing values are refused ({@link MissingPolicy#REPORT}). */
    public static ImportedData load(Path file) {
        return load(DataSpec.of(file.toString()));
    }

    /** Loads with {@link ReadBudget#DEFAULT}. */
    public static ImportedData load(DataSpec spec) {
        return load(spec, ReadBudget.DEFAULT);
    }

    /**
     * Loads.
     *
     * @throws DataFormatException if the file cannot be read, the roles do not fit, the digest differs from
     *     {@code spec.sha256()} where one is given, or values are missing under {@link MissingPolicy#REPORT}
     */
    public static ImportedData load(DataSpec spec, ReadBudget budget) {
        throw new UnsupportedOperationException("later");
    }
}
