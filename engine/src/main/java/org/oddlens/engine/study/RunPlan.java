package org.oddlens.engine.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.oddlens.engine.data.ConstantFeatures;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.ImportedData;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.data.Scaler;
import org.oddlens.engine.data.Split;
import org.oddlens.engine.data.Splitter;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.SharedHyperparameters;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.threshold.ThresholdSpec;

/**
 * A specification made complete and checked against its data, before anything is trained.
 *
 * @param spec     every field filled in
 * @param imported the data
 * @param split    rows by role
 * @param provider the detector
 * @param values   hyperparameters
 * @param shape    the network
 * @param seconds  time it took to load and check
 */
public record RunPlan(
        RunSpec spec,
        ImportedData imported,
        Split split,
        DetectorProvider provider,
        Values values,
        NetworkShape shape,
        double seconds) {

    /** What runs a network when nothing is asked for. */
    public static final String DEFAULT_EXECUTOR = "compiled";

    /** Large products are cut into at most so many blocks. */
    private static final int MOST_THREADS = 8;

    /** What runs a network on a card: the one executor that leaves all arrays to ND4J's backend. */
    public static final String CARD_EXECUTOR = "samediff";

    /** Seed used when none is given. */
    public static final long DEFAULT_SEED = 42;

    /**
     * Fills in what the request leaves open: roles by guess, the data's default protocol, the preset's values and
     * scaler, the default threshold, seed 42.
     *
     * @throws RuntimeException whose message is the sentence for the user, if anything does not fit
     */
    public static RunPlan of(RunSpec request, DetectorRegistry registry) {
        long start = System.nanoTime();
        DetectorProvider provider = registry.get(request.detector());
        String presetId = request.preset() == null ? "default" : request.preset();
        Preset preset = provider.descriptor().preset(presetId);
        Values values = values(provider, preset.values(), request.hyperparameters());
        String scaler =
                request.scaler() != null ? request.scaler() : preset.scaler().orElse("min-max");
        Scaler.parse(scaler);
        constantFeatures(request);
        String threshold = ThresholdSpec.parse(
                        request.threshold() == null ? ThresholdSpec.DEFAULT.format() : request.threshold())
                .format();

        ImportedData imported = DataImport.load(request.data());
        ProtocolSpec protocol = protocol(request, values, imported.dataset());
        Split split =
                Splitter.split(imported.dataset(), protocol, new RandomStreams(protocol.splitSeed()).stream("split"));
        NetworkShape shape =
                provider.shape(values, new DataShape(imported.dataset().rowShape(), scaler, split.train().length));
        RunSpec spec = new RunSpec(
                imported.spec(),
                protocol,
                scaler,
                provider.descriptor().id(),
                presetId,
                values.json(),
                threshold,
                request.seed(),
                request.device() == null ? "cpu" : request.device(),
                executor(request),
                threads(request),
                new ChangePlan(provider.descriptor(), values).checked(request.changes()),
                request.constantFeatures());
        return new RunPlan(spec, imported, split, provider, values, shape, (System.nanoTime() - start) / 1e9);
    }

    /** The request's rule for features that are constant in training, or the usual one. */
    static ConstantFeatures constantFeatures(RunSpec request) {
        return request.constantFeatures() == null
                ? ConstantFeatures.BOUNDED
                : ConstantFeatures.parse(request.constantFeatures());
    }

    /** 0 stands for as many as the processor has; an executor whose bits depend on their number then gets one. */
    private static int threads(RunSpec request) {
        if (request.threads() > 0) {
            return request.threads();
        }
        return executor(request).equals(DEFAULT_EXECUTOR)
                ? Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors())
                : 1;
    }

    private static String executor(RunSpec request) {
        String byDevice = DeviceUse.CUDA.equals(request.device()) ? CARD_EXECUTOR : DEFAULT_EXECUTOR;
        return request.executor() == null ? byDevice : request.executor();
    }

    /** The form's and the command line's validation share is the protocol's: rows are set aside once. */
    private static ProtocolSpec protocol(RunSpec request, Values values, Dataset dataset) {
        ProtocolSpec protocol = request.protocol() == null
                ? ProtocolSpec.defaultFor(dataset).withSplitSeed(request.seed())
                : request.protocol();
        boolean declared = values.texts().containsKey(SharedHyperparameters.VALIDATION_SHARE.key());
        double share = declared ? values.get(SharedHyperparameters.VALIDATION_SHARE) : 0;
        return share > 0 ? protocol.withValidationShare(share) : protocol;
    }

    /** Whether labels would choose this threshold, null for the default; what is counted at it is then too good. */
    public static boolean tunesThreshold(String threshold) {
        return threshold != null && ThresholdSpec.parse(threshold).usesLabels();
    }

    /** A preset's values with others over them. */
    public static Values values(DetectorProvider provider, Map<String, String> preset, Map<String, Object> over) {
        Map<String, String> texts = new LinkedHashMap<>(preset);
        if (over != null) {
            over.forEach((key, value) -> texts.put(key, text(value)));
        }
        return Values.parse(provider.descriptor().hyperparameters(), texts);
    }

    /** A value as run records hold it, in the text that its hyperparameter reads. */
    public static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return String.valueOf(value);
    }
}
