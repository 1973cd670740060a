package org.oddlens.engine.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.oddlens.engine.data.DataFormatException;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.run.SpecCheck;
import org.oddlens.engine.study.RunPlan;

/** Turns the flags of {@code train} into a specification. */
final class TrainRequest {

    private final DetectorRegistry registry;
    private final TrainSense sense;
    private final Optional<DetectorProvider> detector;

    /** @param detector whose hyperparameters are flags, empty if none was found */
    TrainRequest(DetectorRegistry registry, TrainSense sense, Optional<DetectorProvider> detector) {
        this.registry = registry;
        this.sense = sense;
        this.detector = detector;
    }

    /** The specification that the flags ask for; what they leave open stays open. */
    RunSpec of(Given given) {
        if (!given.has("--data")) {
            throw new UsageException("--data is missing: which file is to be trained on?");
        }
        if (!given.has("--detector")) {
            throw new UsageException("--detector is missing: choose one of "
                    + String.join(
                            ", ",
                            registry.all().stream()
                                    .map(p -> p.descriptor().id())
                                    .toList())
                    + ".");
        }
        if (detector.isEmpty()) {
            sense.refuseUnknownDetector(given.text("--detector"));
        }
        InputFiles.require("--data", given.text("--data"));
        long seed = given.whole("--seed", RunPlan.DEFAULT_SEED);
        return new RunSpec(
                data(given),
                protocol(given, seed),
                given.text("--scaler"),
                given.text("--detector"),
                given.text("--preset"),
                hyperparameters(given),
                given.text("--threshold"),
                seed,
                given.text("--device"),
                given.text("--executor"),
                threads(given),
                ChangeFlag.parse(given.texts(ChangeFlag.NAME)),
                given.text("--constant-features"));
    }

    private static int threads(Given given) {
        long threads = given.whole("--threads", 0);
        if (threads < 0 || threads > SpecCheck.MOST_THREADS) {
            throw new UsageException(
                    "--threads must be 0 (one for each core) to " + SpecCheck.MOST_THREADS + ", not " + threads + ".");
        }
        return (int) threads;
    }

    /** A run is asked about from other folders, too. */
    private static String absolute(String path) {
        try {
            return Path.of(path).toAbsolutePath().toString();
        } catch (InvalidPathException noPath) {
            return path; // the reader says so
        }
    }

    private DataSpec data(Given given) {
        DataSpec data = DataSpec.of(absolute(given.text("--data")));
        String missing = given.text("--missing");
        if (missing != null) {
            data = data.withMissing(MissingFlag.parse(missing));
        }
        if (given.has("--leave-out")) {
            data = data.withLeftOut(Arrays.asList(given.text("--leave-out").split(",")));
        }
        if (given.has("--test-data")) {
            data = data.withSecondFile(absolute(given.text("--test-data")));
        }
        if (given.has("--test-features") || given.has("--test-label")) {
            data = data.withSecondRoles(secondRoles(given));
        }
        return new RolesByHand(
                        given.text("--features"),
                        given.text("--label"),
                        given.text("--anomaly-values"),
                        given.text("--id"),
                        given.text("--time"),
                        given.text("--context"))
                .of(data);
    }

    private static Roles secondRoles(Given given) {
        if (!given.has("--test-data")) {
            throw new UsageException("--test-features and --test-label need --test-data: the file with the test rows.");
        }
        InputFiles.require("--test-data", given.text("--test-data"));
        return new RolesByHand(
                        given.text("--test-features"),
                        given.text("--test-label"),
                        given.text("--anomaly-values"),
                        given.text("--id"),
                        given.text("--time"),
                        given.text("--context"))
                .of(DataSpec.of(given.text("--test-data")))
                .roles();
    }

    private static ProtocolSpec protocol(Given given, long seed) {
        List<String> options = List.of(
                "--rho",
                "--hold-out",
                "--keep",
                "--normal-share",
                "--split-seed",
                "--normal-classes",
                "--anomalous-class");
        String id = given.text("--protocol");
        if (id == null) {
            List<String> used = options.stream().filter(given::has).toList();
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
        ProtocolSpec protocol = ProtocolSpec.of(id).withSplitSeed(given.whole("--split-seed", seed));
        protocol = option(given, "--rho", protocol, ProtocolSpec::withRho);
        protocol = option(given, "--hold-out", protocol, ProtocolSpec::withHoldOut);
        protocol = option(given, "--keep", protocol, ProtocolSpec::withKeep);
        protocol = option(given, "--normal-share", protocol, ProtocolSpec::withNormalShare);
        if (given.has("--normal-classes")) {
            protocol = protocol.withNormalClasses(
                    Arrays.asList(given.text("--normal-classes").split(",")));
        }
        return given.has("--anomalous-class") ? protocol.withAnomalousClass(given.text("--anomalous-class")) : protocol;
    }

    private static ProtocolSpec option(
            Given given, String flag, ProtocolSpec protocol, BiFunction<ProtocolSpec, Double, ProtocolSpec> with) {
        if (!given.has(flag)) {
            return protocol;
        }
        try {
            return with.apply(protocol, given.number(flag, 0));
        } catch (DataFormatException e) {
            throw new UsageException(flag + ": " + e.getMessage());
        }
    }

    private Map<String, Object> hyperparameters(Given given) {
        Map<String, Object> values = new LinkedHashMap<>();
        detector.ifPresent(provider -> {
            for (Hyperparameter<?> declared : provider.descriptor().hyperparameters()) {
                List<String> flags = Stream.concat(Stream.of("--" + declared.key()), declared.originalFlags().stream())
                        .filter(given::has)
                        .toList();
                if (flags.size() > 1) {
                    throw new UsageException(String.join(" and ", flags) + " set the same value; give one of them.");
                }
                flags.forEach(flag -> values.put(declared.key(), given.text(flag)));
            }
        });
        return values;
    }
}
