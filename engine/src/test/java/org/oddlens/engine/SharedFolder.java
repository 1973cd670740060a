package org.oddlens.engine;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * The folder of development data and golden vectors: {@code -Doddlens.shared}, else {@code $ODDLENS_SHARED}, else
 * {@code ../shared} beside the checkout's root. Tests that need it are skipped where it is missing, unless
 * {@code $ODDLENS_GOLDEN} says {@code required}; a file missing inside it is a failure.
 */
public final class SharedFolder {

    private SharedFolder() {}

    /** The folder; skips the running test if there is none. */
    public static Path require() {
        Path folder = locate();
        if ("required".equals(System.getenv("ODDLENS_GOLDEN")) && !Files.isDirectory(folder)) {
            fail("ODDLENS_GOLDEN says that the shared folder is required, but there is none at " + folder);
        }
        Assumptions.assumeTrue(
                Files.isDirectory(folder), () -> "skipped: no shared folder at " + folder + " (set ODDLENS_SHARED)");
        return folder;
    }

    /** A file or folder inside it. */
    public static Path require(String path) {
        Path found = require().resolve(path);
        if (!Files.exists(found)) {
            fail("The shared folder exists, but " + found + " does not");
        }
        return found;
    }

    private static Path locate() {
        String property = System.getProperty("oddlens.shared");
        if (property != null && !property.isEmpty()) {
            return Path.of(property);
        }
        String variable = System.getenv("ODDLENS_SHARED");
        if (variable != null && !variable.isEmpty()) {
            return Path.of(variable);
        }
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve(".git"))) {
            folder = folder.getParent();
        }
        return folder == null ? Path.of("no-checkout") : folder.resolveSibling("shared");
    }
}
