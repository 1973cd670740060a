package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.oddlens.engine.data.MissingValuesException;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.process.DeviceChoice;
import org.oddlens.engine.process.ProcessRun;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.CheckpointInterval;
import org.oddlens.engine.study.RunEstimate;
import org.oddlens.engine.study.RunExecution;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.engine.study.RunPlan;
import org.oddlens.engine.study.Snapshots;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * {@code oddlens train}: one run. The flags of the hyperparameters are those the chosen detector declares, so the parser
 * is made after a first look for {@code --detector}.
 */
final class TrainCommand implements Callable<Integer> {

    private static final String SNAPSHOTS = "--snapshots";
    private static final String RUNS = "--runs";
    private static final String SPLIT_PER_RUN = "--split-per-run";
    private static final String RESULTS = "--results-path";
    private static final String MODELS = "--model-path";
    private static final String TEST_MODE = "--test-mode";

    private static final int MOST_RUNS = 10_000;

    private static final List<String> BESIDE_A_SPEC = List.of(
            "--spec", "--out", "--json", "--quiet", CheckpointOptions.SECONDS, CheckpointOptions.EPOCHS, SNAPSHOTS);

    private final DetectorRegistry registry;
    private final OddlensHome home;
    private final RunExecution execution;
    private final DeviceChoice devices;
    private final Console console;
    private final String version;
    private Optional<DetectorProvider> detector = Optional.empty();
    private CommandSpec spec;

    TrainCommand(
            DetectorRegistry registry,
            OddlensHome home,
            RunExecution execution,
            DeviceChoice devices,
            Console console,
            String version) {
        this.registry = registry;
        this.home = home;
        this.execution = execution;
        this.devices = devices;
        this.console = console;
        this.version = version;
    }

    /** The parser for these words. */
    CommandLine spec(List<String> words) {
        spec = CommandSpec.wrapWithoutInspection(this);
        spec.name("train");
        spec.usageMessage()
                .description(
                        "Trains a detector on a file and records the run.",
                        "Further flags are the hyperparameters of the detector: oddlens train --detector ID --help")
                .sortOptions(false);
        text("--data", "FILE", "Data: .mat, .npz, .npy, .csv or .tsv.");
        text("--detector", "ID", "Detector; 'oddlens detectors' lists them.");
        text("--preset", "ID", "Named values to start from; default 'default'.");
        text("--protocol", "ID", "Which rows train and test: " + String.join(", ", ProtocolSpec.IDS) + ".");
        text("--scaler", "ID", "none, min-max, z-score or robust, fitted on the training rows.");
        text(
                "--threshold",
                "METHOD[:VALUE]",
                "Decision threshold; default percentile:95 of the training rows' scores.");
        text("--seed", "N", "Seed that every random draw follows from; default 42.");
        text("--split-seed", "N", "Seed of the split; default: the seed.");
        text("--rho", "SHARE", "Share of anomalies to put into training.");
        text("--hold-out", "SHARE", "Share of anomalies kept out of the test rows for that.");
        text("--keep", "SHARE", "Share of the rows of each class to use (the programs' --pct).");
        text("--normal-share", "SHARE", "Share of the normal rows to use, on top of --keep.");
        text("--normal-classes", "A,B", "Classes that are normal, for the protocol one-class.");
        text("--anomalous-class", "A", "Class that is anomalous, for the protocol one-anomalous.");
        text("--test-data", "FILE", "File with the test rows, for the protocol own-split.");
        text(
                "--test-features",
                "ARRAY",
                "Array of that file that holds the rows; default: as in --data, else a guess.");
        text("--test-label", "ARRAY", "Its label, or 'none' or 'last-column'; default: as in --data, else a guess.");
        text("--missing", "POLICY", "Missing values: report (stop and say where), drop rows, or impute the median.");
        text("--leave-out", "A,B", "Features that are not to be used.");
        text(
                "--constant-features",
                "RULE",
                "Scaling of features with one value in training: bounded (default, at most 1 apart) or raw.");
        text("--features", "ARRAY", RoleFlags.FEATURES);
        text("--label", "ARRAY", RoleFlags.LABEL);
        text("--anomaly-values", "A,B", RoleFlags.ANOMALY_VALUES);
        text("--id", "COLUMN", RoleFlags.ID);
        text("--time", "COLUMN", RoleFlags.TIME);
        text("--context", "A,B", RoleFlags.CONTEXT);
        spec.addOption(OptionSpec.builder(ChangeFlag.NAME)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(ChangeFlag.LABEL)
                .description("Another value of a live hyperparameter from epoch N on; may be repeated.")
                .build());
        text(CheckpointOptions.SECONDS, "S", CheckpointOptions.SECONDS_HELP);
        text(CheckpointOptions.EPOCHS, "N", CheckpointOptions.EPOCHS_HELP);
        text(SNAPSHOTS, "WHICH", "Epochs to record: all, regular (default: as 2 %% of the time allows) or none.");
        spec.addOption(OptionSpec.builder(RUNS, "--n-runs")
                .type(String.class)
                .paramLabel("N")
                .description("Trains N times with seeds from --seed on and tells mean and standard deviation.")
                .build());
        flag(SPLIT_PER_RUN, "With --runs: each run draws rows of its own; default: all share those of the first.");
        text(RESULTS, "DIR", "Folder to whose NAME_results.txt the results are appended.");
        text(MODELS, "DIR", "Folder for the run folders of --runs, and where --test-mode looks for them.");
        flag(TEST_MODE, "Trains nothing: loads the models below --model-path and evaluates them.");
        text("--spec", "FILE", "A run.json or a specification in place of all other flags.");
        text("--out", "DIR", "Run folder, absent or empty; default: a new one under $ODDLENS_HOME/runs.");
        text("--device", "ID", "cpu (default), cuda (a graphics card; the CPU with the reason if none works) or auto.");
        text("--executor", "ID", "What runs the network: compiled (default), replay or samediff.");
        text(
                "--threads",
                "N",
                "Threads at most; default: one for each core. The compiled executor's result does not depend on it.");
        flag("--json", "Print one JSON document and nothing else.");
        spec.addOption(OptionSpec.builder("--quiet", "-q")
                .type(boolean.class)
                .description("Print results only, no progress and no notes.")
                .build());
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help.")
                .build());
        detector = findDetector(words);
        detector.ifPresent(provider -> provider.descriptor().hyperparameters().forEach(this::hyperparameter));
        // Without a known detector its flags are unknown too; what is wrong then is the detector, not they.
        return new CommandLine(spec).setUnmatchedArgumentsAllowed(detector.isEmpty());
    }

    private Optional<DetectorProvider> findDetector(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String id = words.get(i).startsWith("--detector=")
                    ? words.get(i).substring("--detector=".length())
                    : words.get(i).equals("--detector") && i + 1 < words.size() ? words.get(i + 1) : null;
            if (id != null) {
                return registry.all().stream()
                        .filter(provider -> provider.descriptor().id().equals(id))
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private void text(String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build());
    }

    private void flag(String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(boolean.class)
                .description(description)
                .build());
    }

    private void hyperparameter(Hyperparameter<?> declared) {
        boolean flag = declared.defaultValue() instanceof Boolean;
        String unit = declared.unit().isEmpty() ? "" : " [" + declared.unit() + "]";
        spec.addOption(option("--" + declared.key(), flag)
                .description(
                        declared.help() + unit,
                        "Takes " + declared.domain().describe() + "; default " + declared.defaultText() + ".")
                .build());
        for (String alias : declared.originalFlags()) {
            if (spec.findOption(alias) == null) {
                spec.addOption(option(alias, flag).hidden(true).build());
            }
        }
    }

    private static OptionSpec.Builder option(String name, boolean flag) {
        OptionSpec.Builder option = OptionSpec.builder(name).type(String.class).paramLabel("VALUE");
        return flag ? option.arity("0..1").fallbackValue("true") : option;
    }

    @Override
    public Integer call() throws IOException {
        Given given = new Given(spec.commandLine().getParseResult());
        boolean json = given.flag("--json");
        boolean quiet = json || given.flag("--quiet");
        CheckpointInterval interval =
                CheckpointOptions.interval(given.text(CheckpointOptions.SECONDS), given.text(CheckpointOptions.EPOCHS));
        Snapshots snapshots = snapshots(given.text(SNAPSHOTS));
        if (given.flag(TEST_MODE)) {
            Path models = given.has(MODELS) ? given.path(MODELS) : home.runs();
            if (detector.isEmpty() && given.has("--detector")) {
                new TrainSense(registry).refuseUnknownDetector(given.text("--detector"));
            }
            if (given.has("--data")) {
                InputFiles.require("--data", given.text("--data"));
            }
            return new TestMode(registry, console)
                    .run(
                            models,
                            detector.map(d -> d.descriptor().id()).orElse(null),
                            given.has("--data") ? given.path("--data") : null,
                            json);
        }
        TrainSense sense = new TrainSense(registry);
        RunSpec request = given.has("--spec")
                ? new SpecFile().request(given, BESIDE_A_SPEC)
                : new TrainRequest(registry, sense, detector).of(given);
        sense.require(request);
        if (given.has(RUNS) || given.has(RESULTS) || given.has(MODELS)) {
            return repeated(given, request, interval, json, quiet);
        }
        Path folder = folder(given, request);
        DeviceChoice.Chosen device = devices.choose(TrainSense.wanted(request));
        RunPlan plan = plan(request.on(device.use().used()));
        warn(plan, quiet);
        RunEvent.Ended ended;
        try (Progress progress = new Progress(console, quiet);
                InterruptibleRun run = new InterruptibleRun()) {
            ended = device.engine().isEmpty()
                    ? execution
                            .on(device.use())
                            .checkpointing(interval)
                            .snapshotting(snapshots)
                            .execute(plan, folder, run.control(), progress::show)
                    : new ProcessRun(device.engine().get(), home.log().resolve("engine.txt"))
                            .execute(plan.spec(), folder, snapshots, run.control(), progress::show);
        } finally {
            new RunFolder(folder).removeUnlessBegun();
        }
        RunFolder run = new RunFolder(folder);
        if (!ended.end().keepsModel()) {
            throw new IllegalStateException(
                    "The run " + (ended.end() == RunEnd.FAILED ? "failed. " : "was discarded. ") + ended.message());
        }
        RunMetrics metrics = RunMetrics.read(run);
        if (json) {
            console.json(TrainDocument.of(run.readRecord(), metrics, folder));
        } else {
            new MetricsTable(console).print(metrics, folder);
        }
        return ended.end() == RunEnd.DIVERGED ? 1 : 0;
    }

    /** Before anything is written: what would be out of the ordinary, or cannot work. */
    private void warn(RunPlan plan, boolean quiet) {
        RunEstimate estimate = RunEstimate.of(plan);
        estimate.require(Runtime.getRuntime().maxMemory());
        if (!quiet) {
            estimate.sentences().forEach(sentence -> console.err().println("Warning: " + sentence));
        }
    }

    private int repeated(Given given, RunSpec request, CheckpointInterval interval, boolean json, boolean quiet)
            throws IOException {
        long count = given.whole(RUNS, 1);
        if (count < 1 || count > MOST_RUNS) {
            throw new UsageException(RUNS + " must be 1 to " + MOST_RUNS + ", not " + count + ".");
        }
        if (!DeviceUse.CPU.equals(request.device() == null ? DeviceUse.CPU : request.device())) {
            throw new UsageException(RUNS + " trains on the CPU; leave --device out or say cpu.");
        }
        Path folder =
                given.has("--out") ? given.path("--out") : home.newComparison(request.detector(), LocalDateTime.now());
        RepeatedRuns.Wish wish = new RepeatedRuns.Wish(
                (int) count,
                given.flag(SPLIT_PER_RUN),
                folder,
                given.has(MODELS) ? given.path(MODELS) : null,
                given.has(RESULTS) ? given.path(RESULTS) : null);
        RunPlan plan = plan(request);
        warn(plan, quiet);
        return new RepeatedRuns(execution.checkpointing(interval), console, version).train(plan, wish, json, quiet);
    }

    private static Snapshots snapshots(String text) {
        try {
            return Snapshots.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(SNAPSHOTS + ": there is no '" + text + "'; choose all, regular or none.");
        }
    }

    /** Everything that can be refused is refused here, before there is a run folder. */
    private RunPlan plan(RunSpec request) {
        try {
            return RunPlan.of(request, registry);
        } catch (MissingValuesException e) {
            throw new IllegalArgumentException(e.getMessage() + " Say --missing drop or --missing impute.", e);
        }
    }

    private Path folder(Given given, RunSpec request) throws IOException {
        String out = given.text("--out");
        if (out == null) {
            return home.newRun(request.detector(), LocalDateTime.now());
        }
        return OutputFolder.require("--out", given.path("--out"));
    }
}
