package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder that a command writes a run to: absent or empty. */
final class OutputFolder {

    private OutputFolder() {}

    /**
     * Looks before any work is done.
     *
     * @throws UsageException naming the flag and what stands there
     */
    static Path require(String flag, Path folder) throws IOException {
        if (Files.isSymbolicLink(folder) && !Files.isDirectory(folder)) {
            throw new UsageException(flag + ": " + folder + " is a link that leads to no folder. Choose another name.");
        }
        if (!Files.exists(folder)) {
            return folder;
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    flag + ": " + folder + " is a file; a run needs a folder of its own. Choose another" + " name.");
        }
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()) {
                throw new UsageException(flag + ": " + folder
                        + " is not empty; a run never writes over anything. Choose another folder.");
            }
        }
        return folder;
    }
}
