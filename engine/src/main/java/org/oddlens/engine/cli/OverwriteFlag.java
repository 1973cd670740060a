package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.oddlens.engine.run.OutputException;
import org.oddlens.engine.run.OutputFile;
import picocli.CommandLine.Option;

/** The flag of commands that write a file the user names. */
final class OverwriteFlag {

    @Option(names = "--overwrite", description = "Lets the file written take the place of one that is there.")
    private boolean overwrite;

    /** The file to write. */
    OutputFile file(Path path) {
        return OutputFile.at(path, overwrite);
    }

    /**
     * Looks before any work is done.
     *
     * @param flag that named the file
     * @throws UsageException if it may not be written
     */
    static OutputFile require(String flag, OutputFile file) throws IOException {
        try {
            file.require();
            return file;
        } catch (OutputException e) {
            throw new UsageException(flag + ": " + e.getMessage());
        }
    }
}
