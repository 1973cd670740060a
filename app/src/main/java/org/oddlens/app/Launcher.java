package org.oddlens.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javafx.application.Application;
import org.oddlens.engine.cli.OddlensCommand;
import org.oddlens.engine.run.OddlensHome;

/**
 * Entry of the program, in a checkout and in the installed image.
 *
 * <p>No argument, or a file, opens the window; {@code demo} and {@code self-test} are commands of this module; every
 * other word is a command of the engine. Commands win over file names: a file called {@code train} is opened as
 * {@code ./train}. Does not extend {@link Application}, because Java refuses to start such a class from the class path.
 */
public final class Launcher {
    private static final Map<String, String> OWN_WORDS =
            Map.of("demo", DemoCommand.SUMMARY, "self-test", SelfTest.SUMMARY);

    private Launcher() {}

    /** Does what the arguments ask for and ends the process with its exit code: 0 done, 1 failed, 2 bad usage. */
    public static void main(String... args) {
        System.exit(
                switch (Request.of(args)) {
                    case WINDOW -> openWindow(args);
                    case MISSING_FILE -> refuse("There is no file \"" + args[0] + "\".", 2);
                    case DEMO -> new DemoCommand(OddlensHome.of(System.getenv()), System.out).run(rest(args));
                    case SELF_TEST -> new SelfTest(System.out).run();
                    case ENGINE -> OddlensCommand.execute(OWN_WORDS, args);
                });
    }

    private static int openWindow(String... args) {
        return Display.ofThisSession().missing().map(why -> refuse(why, 1)).orElseGet(() -> {
            Application.launch(OddlensApplication.class, args);
            return 0;
        });
    }

    private static int refuse(String sentence, int exitCode) {
        System.err.println(sentence);
        return exitCode;
    }

    private static String[] rest(String... args) {
        return Arrays.copyOfRange(args, 1, args.length);
    }

    /** What a command line asks for. */
    enum Request {
        WINDOW,
        MISSING_FILE,
        DEMO,
        SELF_TEST,
        ENGINE;

        static Request of(String... args) {
            if (args.length == 0) {
                return WINDOW;
            }
            String first = args[0];
            if (first.equals("demo")) {
                return DEMO;
            }
            if (first.equals("self-test")) {
                return SELF_TEST;
            }
            boolean word =
                    first.startsWith("-") || first.chars().allMatch(c -> c == '-' || Character.isLetterOrDigit(c));
            if (word) {
                return ENGINE;
            }
            return Files.exists(Path.of(first)) ? WINDOW : MISSING_FILE;
        }
    }
}
