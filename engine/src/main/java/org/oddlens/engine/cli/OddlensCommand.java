package org.oddlens.engine.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.oddlens.engine.compute.BlasCore;
import org.oddlens.engine.compute.LocalMachine;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.device.DeviceProbe;
import org.oddlens.engine.process.DeviceChoice;
import org.oddlens.engine.process.EngineCommand;
import org.oddlens.engine.run.FailureSentence;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.study.RowContributions;
import org.oddlens.engine.study.RunExecution;
import org.oddlens.engine.study.WarmUp;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command {@code oddlens}. Exit codes: 0 done, 1 failed, 2 bad usage.
 *
 * <p>Libraries print to standard output now and then; so it is taken away from them first, and with {@code --json} it
 * carries one document and nothing else.
 */
public final class OddlensCommand {

    private static final String VERSION = "0.1.0";

    private final DetectorRegistry registry;
    private final OddlensHome home;
    private final Console console;
    private final InputStream input;
    private final RunExecution execution;
    private final Map<String, String> environment;
    private final Map<String, String> others = new LinkedHashMap<>();

    OddlensCommand(DetectorRegistry registry, OddlensHome home, Console console, InputStream input) {
        this(registry, home, console, input, System.getenv());
    }

    OddlensCommand(
            DetectorRegistry registry,
            OddlensHome home,
            Console console,
            InputStream input,
            Map<String, String> environment) {
        this.environment = environment;
        this.registry = registry;
        this.home = home;
        this.console = console;
        this.input = input;
        this.execution = new RunExecution(registry, () -> new LocalMachine(VERSION).kind(), Clock.systemUTC());
    }

    /** Runs a command on the process's own streams and environment. */
    public static int execute(String... args) {
        return execute(Map.of(), args);
    }

    /**
     * Runs a command on the process's own streams and environment.
     *
     * @param others words that the calling program answers itself, with what they do; shown in the help
     */
    public static int execute(Map<String, String> others, String... args) {
        // ND4J looks these up when it is first touched.
        System.setProperty("org.nd4j.log.initialization", "false");
        System.setProperty("org.nd4j.versioncheck", "false");
        // JavaCPP counts mapped files as memory in use and would refuse to allocate beside a large data set.
        System.setProperty("org.bytedeco.javacpp.maxphysicalbytes", "0");
        PrintStream out = System.out;
        System.setOut(LogStream.print());
        try {
            Console console = new Console(out, System.err, System.console() != null);
            return new OddlensCommand(DetectorRegistry.installed(), OddlensHome.of(System.getenv()), console, System.in)
                    .with(others)
                    .run(args);
        } finally {
            out.flush();
            System.setOut(out);
        }
    }

    public static void main(String[] args) {
        BlasCore.chosen(); // before anything loads the library
        System.exit(execute(args));
    }

    /** The words this command understands, {@code engine} included. */
    public static List<String> words() {
        return List.of(
                "train",
                "resume",
                "rerun",
                "compare",
                "prepare",
                "inspect",
                "detectors",
                "score",
                "evaluate",
                "explain",
                "picture",
                "runs",
                "bench",
                "devices",
                "engine",
                "help");
    }

    private OddlensCommand with(Map<String, String> words) {
        others.putAll(words);
        return this;
    }

    int run(String... given) {
        String[] args;
        try {
            args = translated(given);
        } catch (UsageException e) {
            return Failure.report(e, console);
        }
        CommandLine commands = commandLine(args);
        commands.registerConverter(Path.class, OddlensCommand::path);
        commands.setOut(new java.io.PrintWriter(console.out(), true));
        commands.setErr(new java.io.PrintWriter(console.err(), true));
        commands.setExecutionExceptionHandler((failure, command, parsed) -> Failure.report(failure, console));
        commands.setParameterExceptionHandler((failure, words) -> {
            CommandSpec command = failure.getCommandLine().getCommandSpec();
            boolean unknown = command.parent() == null && failure instanceof CommandLine.UnmatchedArgumentException;
            console.err()
                    .println(
                            "oddlens: " + (unknown ? "There is no command '" + words[0] + "'." : failure.getMessage()));
            console.err().println("See: " + command.qualifiedName() + " --help");
            return CommandLine.ExitCode.USAGE;
        });
        try {
            return commands.execute(args);
        } catch (Error failure) { // too little memory, a library that is missing: the parser hands on exceptions only
            return Failure.report(failure, console);
        }
    }

    /** The parser would tell of a path that cannot be one in Java's words. */
    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException(FailureSentence.of(e));
        }
    }

    /** Flags of the original programs, turned into ours; what was made of them is said. */
    private String[] translated(String... given) {
        if (given.length == 0 || !given[0].equals("train")) {
            return given;
        }
        List<String> words = Arrays.asList(given);
        OriginalFlags.Translated translated = new OriginalFlags(registry).translate(words.subList(1, words.size()));
        if (!words.contains("--quiet")) {
            translated.notes().forEach(note -> console.err().println("Note: " + note));
        }
        return Stream.concat(Stream.of("train"), translated.words().stream()).toArray(String[]::new);
    }

    private CommandLine commandLine(String[] args) {
        CommandSpec oddlens = CommandSpec.wrapWithoutInspection((Runnable) () -> console.out()
                .println("Usage: oddlens COMMAND. Commands: " + String.join(", ", visibleWords())
                        + ". Help: oddlens COMMAND --help. Without a command the window opens."));
        oddlens.name("oddlens").version("Oddlens " + VERSION).mixinStandardHelpOptions(true);
        oddlens.usageMessage().description("A workbench for deep unsupervised anomaly detection.");
        List<String> words = Arrays.asList(args);
        DeviceProbe probe = DeviceChoice.probe(home, environment, OddlensCommand.class.getName());
        DeviceChoice devices = new DeviceChoice(probe, OddlensCommand.class.getName());
        oddlens.addSubcommand(
                "train", new TrainCommand(registry, home, execution, devices, console, VERSION).spec(words));
        oddlens.addSubcommand("resume", new CommandLine(new ResumeCommand(home, execution, console)));
        oddlens.addSubcommand("rerun", new CommandLine(new RerunCommand(home, execution, console)));
        oddlens.addSubcommand(
                "compare",
                new CommandLine(new CompareCommand(registry, console, OddlensCommand.class.getName(), VERSION)));
        oddlens.addSubcommand("prepare", new CommandLine(new PrepareCommand(console)));
        oddlens.addSubcommand("inspect", new CommandLine(new InspectCommand(console)));
        oddlens.addSubcommand("detectors", new CommandLine(new DetectorsCommand(registry, console)));
        oddlens.addSubcommand("score", new CommandLine(new ScoreCommand(registry, home, console)));
        oddlens.addSubcommand("evaluate", new CommandLine(new EvaluateCommand(home, console)));
        oddlens.addSubcommand("explain", new CommandLine(new ExplainCommand(registry, home, console)));
        oddlens.addSubcommand("picture", new CommandLine(new PictureCommand(registry, home, console)));
        oddlens.addSubcommand("runs", new CommandLine(new RunsCommand(home, console)));
        oddlens.addSubcommand("bench", new CommandLine(new BenchCommand(console)));
        oddlens.addSubcommand("devices", new CommandLine(new DevicesCommand(probe, environment, console)));
        others.forEach((word, description) -> oddlens.addSubcommand(word, otherWord(description)));
        oddlens.addSubcommand("engine", engine());
        oddlens.addSubcommand("help", new CommandLine(new CommandLine.HelpCommand()));
        return new CommandLine(oddlens);
    }

    private static CommandLine otherWord(String description) {
        CommandSpec word = CommandSpec.wrapWithoutInspection((Runnable) () -> {});
        word.usageMessage().description(description);
        return new CommandLine(word);
    }

    private static List<String> visibleWords() {
        return words().stream().filter(word -> !word.equals("engine")).toList();
    }

    private CommandLine engine() {
        EngineWord word = new EngineWord(
                execution,
                new RowContributions(registry),
                new WarmUp(execution, registry),
                input,
                console,
                environment);
        CommandSpec engine = CommandSpec.wrapWithoutInspection(word);
        engine.addOption(
                OptionSpec.builder(EngineCommand.TRIAL).type(boolean.class).build());
        engine.usageMessage().hidden(true).description("Serves the window; not for people.");
        CommandLine line = new CommandLine(engine);
        word.readFrom(line);
        return line;
    }
}
