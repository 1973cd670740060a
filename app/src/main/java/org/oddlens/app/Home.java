package org.oddlens.app;

import java.nio.file.Path;
import java.util.Map;

/**
 * The folder in which Oddlens keeps what it writes: {@code $ODDLENS_HOME}, or {@code Oddlens} in the user's home.
 *
 * @param folder that folder; it need not exist yet
 */
record Home(Path folder) {

    static Home ofThisUser() {
        return of(System.getenv(), System.getProperty("user.home"));
    }

    static Home of(Map<String, String> environment, String userHome) {
        String chosen = environment.getOrDefault("ODDLENS_HOME", "");
        return new Home(chosen.isBlank() ? Path.of(userHome, "Oddlens") : Path.of(chosen));
    }

    Path samples() {
        return folder.resolve("samples");
    }

    Path runs() {
        return folder.resolve("runs");
    }
}
