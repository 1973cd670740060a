package org.oddlens.engine.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.oddlens.engine.run.FailureSentence;

/** Files that a command reads: there, and files. */
final class InputFiles {

    private InputFiles() {}

    /**
     * The path of a file.
     *
     * @throws UsageException saying under its flag what stands there instead
     */
    static Path require(String flag, String name) {
        try {
            return require(flag, Path.of(name));
        } catch (InvalidPathException e) {
            throw new UsageException(flag + ": " + FailureSentence.of(e));
        }
    }

    /** Likewise. */
    static Path require(String flag, Path path) {
        if (path.toString().isEmpty()) {
            throw new UsageException(flag + ": no name of a file is given.");
        }
        if (Files.isDirectory(path)) {
            throw new UsageException(flag + ": " + path + " is a folder. Name a file in it.");
        }
        if (!Files.exists(path)) {
            throw new UsageException(flag + ": there is no file " + path + ".");
        }
        if (!Files.isRegularFile(path)) {
            throw new UsageException(flag + ": " + path + " is no ordinary file. Name a file.");
        }
        return path;
    }
}
