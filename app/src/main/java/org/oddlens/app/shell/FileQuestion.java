package org.oddlens.app.shell;

import java.nio.file.Path;
import java.util.Optional;
import javafx.stage.Window;

/** Asks the user for a data file. */
@FunctionalInterface
public interface FileQuestion {

    /** The file chosen, empty if the user thought better of it. */
    Optional<Path> ask(Window owner);
}
