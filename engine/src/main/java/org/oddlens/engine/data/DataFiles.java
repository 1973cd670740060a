package org.oddlens.engine.data;

import java.nio.file.Path;

/** Opens data files; the reader is chosen by the first bytes, never by the extension. */
public final class DataFiles {

    private DataFiles() {}

    /** Opens with {@link ReadBudget#DEFAULT}. */
    public static DataFile open(Path file) {
        return open(file, ReadBudget.DEFAULT);
    }

    /**
     * Opens a file.
     *
     * @throws DataFormatException if it is missing, unreadable, damaged, of an unknown format or over the budget
     */
    public static DataFile open(Path file, ReadBudget budget) {
        throw new UnsupportedOperationException("later");
    }
}
