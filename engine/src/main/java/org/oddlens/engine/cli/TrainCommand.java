package org.oddlens.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.oddlens.engine.data.DataFormatException;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.MissingPolicy;
import org.oddlens.engine.data.MissingValuesException;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.data.Scaler;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.process.DeviceChoice;
import org.oddlens.engine.process.ProcessRun;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.ChangePlan;
import org.oddlens.engine.study.CheckpointInterval;
import org.oddlens.engine.study.RunExecution;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.engine.study.RunPlan;
import org.oddlens.engine.study.Snapshots;
import org.oddlens.engine.threshold.ThresholdException;
import org.oddlens.engine.threshold.ThresholdSpec;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code oddlens train}: one run. The flags of the hyperparameters are those the chosen detector declares, so the parser
 * is made after a first look for {@code --detector}.
 */
final class TrainCommand implements Callable<Integer> {

    private static final String SNAPSHOTS = "--snapshots";

    private static final List<String> BESIDE_A_SPEC = List.of(
            "--spec", "--out", "--json", "--quiet", CheckpointOptions.SECONDS, CheckpointOptions.EPOCHS, SNAPSHOTS);

    /** A number of features that no factor divides to 0; stands in before the data are read. */
    private static final int WIDE = 1 << 20;

    private final DetectorRegistry registry;
    private final OddlensHome home;
    private final RunExecution execution;
    private final DeviceChoice devices;
    private final Console console;
    private Optional<DetectorProvider> detector = Optional.empty();
    private CommandSpec spec;

    TrainCommand(
            DetectorRegistry registry,
            OddlensHome home,
            RunExecution execution,
            DeviceChoice devices,
            Console console) {
        this.registry = registry;
        this.home = home;
        this.execution = execution;
        this.devices = devices;
        this.console = console;
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
        text("--normal-classes", "A,B", "Classes that are normal, for the protocol one-class.");
        text("--anomalous-class", "A", "Class that is anomalous, for the protocol one-anomalous.");
        text("--test-data", "FILE", "File with the test rows, for the protocol own-split.");
        text("--missing", "POLICY", "Missing values: report (stop and say where), drop rows, or impute the median.");
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
        text(SNAPSHOTS, "WHICH", "regular (default) or none: latent space and AUROC of the epochs are not recorded.");
        text("--spec", "FILE", "A run.json or a specification in place of all other flags.");
        text("--out", "DIR", "Run folder, absent or empty; default: a new one under $ODDLENS_HOME/runs.");
        text("--device", "ID", "cpu (default), cuda (a graphics card; the CPU with the reason if none works) or auto.");
        text("--executor", "ID", "What runs the network: compiled (default), replay or samediff.");
        text(
                "--threads",
                "N",
                "Threads at most; default: one for each core. The compiled executor's result does not depend on it.");
        flag("--json", "Print one JSON document and nothing else.");
        flag("--quiet", "Print results only, no progress and no notes.");
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
        ParseResult given = spec.commandLine().getParseResult();
        boolean json = given.matchedOptionValue("--json", false);
        boolean quiet = json || given.matchedOptionValue("--quiet", false);
        boolean fromFile = given.hasMatchedOption("--spec");
        if (fromFile && !given.unmatched().isEmpty()) {
            throw new UsageException("--spec stands alone; leave out " + String.join(" ", given.unmatched()) + ".");
        }
        CheckpointInterval interval = CheckpointOptions.interval(
                string(given, CheckpointOptions.SECONDS), string(given, CheckpointOptions.EPOCHS));
        Snapshots snapshots = snapshots(string(given, SNAPSHOTS));
        RunSpec request = fromFile ? fromFile(given) : fromFlags(given);
        requireSense(request);
        Path folder = folder(given, request);
        DeviceChoice.Chosen device = devices.choose(wanted(request));
        if (snapshots == Snapshots.NONE && device.engine().isPresent()) {
            throw new UsageException(
                    SNAPSHOTS + ": 'none' is for training on the CPU; leave it out or say --device cpu.");
        }
        RunPlan plan = plan(request.on(device.use().used()));
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
                            .execute(plan.spec(), folder, run.control(), progress::show);
        }
        RunFolder run = new RunFolder(folder);
        if (!ended.end().keepsModel()) {
            throw new IllegalStateException("The run " + ended.end().id() + ": " + ended.message());
        }
        RunMetrics metrics = new RunJson().read(run.file(RunFolder.METRICS), RunMetrics.class);
        if (json) {
            console.json(TrainDocument.of(run.readRecord(), metrics, folder));
        } else {
            new MetricsTable(console).print(metrics, folder);
        }
        return ended.end() == org.oddlens.engine.run.RunEnd.DIVERGED ? 1 : 0;
    }

    private static Snapshots snapshots(String text) {
        if (text == null || text.equals("regular")) {
            return Snapshots.REGULAR;
        }
        if (!text.equals("none")) {
            throw new UsageException(SNAPSHOTS + ": there is no '" + text + "'; choose regular or none.");
        }
        return Snapshots.NONE;
    }

    /** Everything that can be refused is refused here, before there is a run folder. */
    private RunPlan plan(RunSpec request) {
        try {
            return RunPlan.of(request, registry);
        } catch (MissingValuesException e) {
            throw new IllegalArgumentException(e.getMessage() + " Say --missing drop or --missing impute.", e);
        }
    }

    /** What can be refused before any file is read is refused as bad usage. */
    private void requireSense(RunSpec request) {
        DetectorProvider provider = refuseUnknownDetector(request.detector());
        Map<String, String> preset;
        try {
            preset = provider.descriptor()
                    .preset(request.preset() == null ? "default" : request.preset())
                    .values();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--preset: " + e.getMessage());
        }
        Values values = RunPlan.values(provider, preset, request.hyperparameters());
        // What is wrong whatever the data are; what depends on their width is found when they are read.
        provider.shape(values, new DataShape(new int[] {WIDE}, "none", 0));
        new ChangePlan(provider.descriptor(), values).checked(request.changes());
        check("--scaler", () -> request.scaler() == null || Scaler.parse(request.scaler()) != null);
        check("--threshold", () -> request.threshold() == null || ThresholdSpec.parse(request.threshold()) != null);
        requireDevice(request);
        if (request.executor() != null
                && !List.of("compiled", "replay", "samediff").contains(request.executor())) {
            throw new UsageException(
                    "--executor: there is no '" + request.executor() + "'; choose compiled, replay or samediff.");
        }
        requireFile("--data", request.data().file());
        if (request.data().secondFile() != null) {
            requireFile("--test-data", request.data().secondFile());
        }
    }

    /** An executor of the processor, asked for by name, is a wish for the processor. */
    private static String wanted(RunSpec request) {
        boolean onProcessor = request.executor() != null && !request.executor().equals(RunPlan.CARD_EXECUTOR);
        return DeviceUse.AUTO.equals(request.device()) && onProcessor ? DeviceUse.CPU : request.device();
    }

    private static void requireDevice(RunSpec request) {
        String device = request.device();
        if (device != null
                && !List.of(DeviceUse.CPU, DeviceUse.CUDA, DeviceUse.AUTO).contains(device)) {
            throw new UsageException("--device: there is no '" + device + "'; choose cpu, cuda or auto.");
        }
        if (DeviceUse.CUDA.equals(device)
                && request.executor() != null
                && !request.executor().equals(RunPlan.CARD_EXECUTOR)) {
            throw new UsageException("--executor: '" + request.executor() + "' runs on the CPU only; with --device cuda"
                    + " leave --executor out or choose " + RunPlan.CARD_EXECUTOR + ".");
        }
    }

    private static void requireFile(String flag, String file) {
        if (!Files.isRegularFile(Path.of(file))) {
            throw new UsageException(flag + ": there is no file " + file + ".");
        }
    }

    private DetectorProvider refuseUnknownDetector(String id) {
        try {
            return registry.get(id);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--detector: " + e.getMessage());
        }
    }

    private static void check(String flag, Callable<Boolean> parse) {
        try {
            parse.call();
        } catch (ThresholdException | DataFormatException e) {
            throw new UsageException(flag + ": " + e.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private RunSpec fromFile(ParseResult given) throws IOException {
        List<String> others = given.matchedOptions().stream()
                .map(option -> option.longestName())
                .filter(name -> !BESIDE_A_SPEC.contains(name))
                .toList();
        if (!others.isEmpty()) {
            throw new UsageException("--spec stands alone; leave out " + String.join(", ", others) + ".");
        }
        Path file = Path.of(given.<String>matchedOptionValue("--spec", null));
        if (!Files.isRegularFile(file)) {
            throw new UsageException("--spec: there is no file " + file + ".");
        }
        RunSpec request = read(file);
        if (request.data() == null || request.detector() == null) {
            throw new UsageException("--spec: " + file + " is no specification: it names no data or no detector.");
        }
        return request;
    }

    /** A specification, alone or inside a run record. Unknown keys are refused here, because they may be mistyped. */
    private static RunSpec read(Path file) throws IOException {
        RunJson json = new RunJson();
        try {
            JsonNode whole = json.read(file, JsonNode.class);
            JsonNode specification = whole.has("spec") ? whole.get("spec") : whole;
            if (!(specification instanceof ObjectNode object)) {
                throw new UsageException("--spec: " + file + " is no specification.");
            }
            List<String> known = Arrays.stream(RunSpec.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
            for (Iterator<String> keys = object.fieldNames(); keys.hasNext(); ) {
                String key = keys.next();
                if (!known.contains(key)) {
                    throw new UsageException(
                            "--spec: there is no key '" + key + "'. Known are: " + String.join(", ", known) + ".");
                }
            }
            if (!object.has("seed")) {
                object.put("seed", RunPlan.DEFAULT_SEED);
            }
            return json.read(object.toString(), RunSpec.class);
        } catch (UsageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UsageException("--spec: " + file + " cannot be read: " + e.getMessage());
        }
    }

    private RunSpec fromFlags(ParseResult given) {
        if (!given.hasMatchedOption("--data")) {
            throw new UsageException("--data is missing: which file is to be trained on?");
        }
        if (!given.hasMatchedOption("--detector")) {
            throw new UsageException("--detector is missing: choose one of "
                    + String.join(
                            ", ",
                            registry.all().stream()
                                    .map(p -> p.descriptor().id())
                                    .toList())
                    + ".");
        }
        if (detector.isEmpty()) {
            refuseUnknownDetector(string(given, "--detector"));
        }
        requireFile("--data", string(given, "--data"));
        long seed = whole(given, "--seed", RunPlan.DEFAULT_SEED);
        return new RunSpec(
                data(given),
                protocol(given, seed),
                string(given, "--scaler"),
                string(given, "--detector"),
                string(given, "--preset"),
                hyperparameters(given),
                string(given, "--threshold"),
                seed,
                string(given, "--device"),
                string(given, "--executor"),
                (int) whole(given, "--threads", 0),
                ChangeFlag.parse(given.matchedOptionValue(ChangeFlag.NAME, List.of())));
    }

    private DataSpec data(ParseResult given) {
        DataSpec data = DataSpec.of(string(given, "--data"));
        String missing = string(given, "--missing");
        if (missing != null) {
            try {
                data = data.withMissing(MissingPolicy.valueOf(missing.toUpperCase(java.util.Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new UsageException("--missing: there is no '" + missing + "'; choose report, drop or impute.");
            }
        }
        if (given.hasMatchedOption("--test-data")) {
            data = data.withSecondFile(string(given, "--test-data"));
        }
        return new RolesByHand(
                        string(given, "--features"),
                        string(given, "--label"),
                        string(given, "--anomaly-values"),
                        string(given, "--id"),
                        string(given, "--time"),
                        string(given, "--context"))
                .of(data);
    }

    private static ProtocolSpec protocol(ParseResult given, long seed) {
        List<String> options =
                List.of("--rho", "--hold-out", "--keep", "--split-seed", "--normal-classes", "--anomalous-class");
        String id = string(given, "--protocol");
        if (id == null) {
            List<String> used = options.stream().filter(given::hasMatchedOption).toList();
            if (!used.isEmpty()) {
                throw new UsageException(
                        String.join(", ", used) + " needs --protocol, because the default depends on the data.");
            }
            return null;
        }
        if (!ProtocolSpec.IDS.contains(id)) {
            throw new UsageException(
                    "--protocol: there is no '" + id + "'; choose one of " + String.join(", ", ProtocolSpec.IDS) + ".");
        }
        ProtocolSpec protocol = ProtocolSpec.of(id).withSplitSeed(whole(given, "--split-seed", seed));
        protocol = option(given, "--rho", protocol, ProtocolSpec::withRho);
        protocol = option(given, "--hold-out", protocol, ProtocolSpec::withHoldOut);
        protocol = option(given, "--keep", protocol, ProtocolSpec::withKeep);
        if (given.hasMatchedOption("--normal-classes")) {
            protocol = protocol.withNormalClasses(
                    Arrays.asList(string(given, "--normal-classes").split(",")));
        }
        return given.hasMatchedOption("--anomalous-class")
                ? protocol.withAnomalousClass(string(given, "--anomalous-class"))
                : protocol;
    }

    private static ProtocolSpec option(
            ParseResult given,
            String flag,
            ProtocolSpec protocol,
            BiFunction<ProtocolSpec, Double, ProtocolSpec> with) {
        if (!given.hasMatchedOption(flag)) {
            return protocol;
        }
        try {
            return with.apply(protocol, number(given, flag, 0));
        } catch (DataFormatException e) {
            throw new UsageException(flag + ": " + e.getMessage());
        }
    }

    private Map<String, Object> hyperparameters(ParseResult given) {
        Map<String, Object> values = new LinkedHashMap<>();
        detector.ifPresent(provider -> {
            for (Hyperparameter<?> declared : provider.descriptor().hyperparameters()) {
                Stream.concat(Stream.of("--" + declared.key()), declared.originalFlags().stream())
                        .filter(given::hasMatchedOption)
                        .forEach(flag -> values.put(declared.key(), string(given, flag)));
            }
        });
        return values;
    }

    private Path folder(ParseResult given, RunSpec request) throws IOException {
        String out = string(given, "--out");
        if (out == null) {
            return home.newRun(request.detector(), LocalDateTime.now());
        }
        Path folder = Path.of(out);
        if (Files.exists(folder)) {
            try (Stream<Path> content = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
                if (content.findAny().isPresent()) {
                    throw new UsageException("--out: " + folder
                            + " exists and is not an empty folder; a run never writes over anything. Choose another.");
                }
            }
        }
        return folder;
    }

    private static String string(ParseResult given, String flag) {
        return given.matchedOptionValue(flag, null);
    }

    private static long whole(ParseResult given, String flag, long otherwise) {
        String text = string(given, flag);
        try {
            return text == null ? otherwise : Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(flag + " must be a whole number, not '" + text + "'.");
        }
    }

    private static double number(ParseResult given, String flag, double otherwise) {
        String text = string(given, flag);
        try {
            return text == null ? otherwise : Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new UsageException(flag + " must be a number, not '" + text + "'.");
        }
    }
}
