package org.oddlens.app;

import java.util.Map;
import java.util.Optional;

/**
 * Whether a window can be opened here.
 *
 * @param missing why not, as a sentence for the user; empty when there is a display
 */
record Display(Optional<String> missing) {

    static Display ofThisSession() {
        boolean installed = System.getProperty("jpackage.app-path") != null;
        return of(System.getProperty("os.name"), System.getenv(), installed ? "oddlens" : "./oddlens");
    }

    static Display of(String system, Map<String, String> environment, String command) {
        boolean found = !system.startsWith("Linux")
                || !environment.getOrDefault("DISPLAY", "").isEmpty()
                || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
        return new Display(
                found
                        ? Optional.empty()
                        : Optional.of("No display: neither DISPLAY nor WAYLAND_DISPLAY is set, so no window can be"
                                + " opened. \"" + command + " demo\" shows the main job in the terminal, \"" + command
                                + " --help\" lists the commands."));
    }
}
