package org.oddlens.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start this very program again as a child process: the installed launcher, or Java with the same class path. */
final class OwnBinary {
    private static final int RESTRICTED_NATIVE_ACCESS = 24;

    private OwnBinary() {}

    /**
     * A builder that starts this program with those arguments.
     *
     * <p>jpackage's launcher on Linux marks its own second start by an environment variable; a child that inherits it
     * would take the arguments for Java's. So the child does not get it.
     */
    static ProcessBuilder process(String... args) {
        List<String> command = command(
                System.getProperty("jpackage.app-path"),
                Path.of(System.getProperty("java.home")),
                System.getProperty("java.class.path"),
                Runtime.version().feature(),
                args);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("_JPACKAGE_LAUNCHER"));
        return builder;
    }

    static List<String> command(String installed, Path javaHome, String classPath, int javaVersion, String... args) {
        List<String> command = new ArrayList<>();
        if (installed != null) {
            command.add(installed);
        } else {
            command.add(javaHome.resolve("bin").resolve("java").toString());
            if (javaVersion >= RESTRICTED_NATIVE_ACCESS) {
                command.add("--enable-native-access=ALL-UNNAMED");
                command.add("--sun-misc-unsafe-memory-access=allow");
            }
            command.add("-cp");
            command.add(classPath);
            command.add(Launcher.class.getName());
        }
        command.addAll(List.of(args));
        return command;
    }
}
