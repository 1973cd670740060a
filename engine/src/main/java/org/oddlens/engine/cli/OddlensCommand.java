package org.oddlens.engine.cli;

/** The command line of the engine. Placeholder: knows no command yet. */
public final class OddlensCommand {
    private static final int BAD_USAGE = 2;

    private OddlensCommand() {}

    /** Carries out one command and returns the exit code: 0 done, 1 failed, 2 bad usage. */
    public static int execute(String... args) {
        System.err.println("The command \"" + String.join(" ", args) + "\" is not built yet.");
        return BAD_USAGE;
    }
}
