package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oddlens.engine.ToyData.FEATURES;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;

/** Every hyperparameter that is offered does something: another value leads to other scores. */
class HyperparameterEffectTest {

    /** Handled before the detector sees its rows, or by the loop around it; tested with the run as a whole. */
    private static final Set<String> ELSEWHERE = Set.of("validation-share", "patience");

    private record Change(String base, String other) {}

    /** What to compare for each key: common settings, then those that differ. */
    private static final Map<String, Change> CHANGES = changes();

    /** Where a detector has other options under the same key. */
    private static final Map<String, Change> OWN = Map.ofEntries(
            Map.entry("lof score", new Change("score=novelty", "score=in-sample")),
            Map.entry("duad code-norm-weight", new Change("", "code-norm-weight=0.1")),
            Map.entry("duad drop-last", new Change("batch-size=16", "drop-last=true")),
            Map.entry("neutral-ad initialisation", new Change("", "initialisation=he")),
            Map.entry("alad initialisation", new Change("", "initialisation=glorot")),
            Map.entry("dsebm score", new Change("score=r", "score=e")),
            Map.entry("deep-svdd nu", new Change("objective=soft-boundary", "nu=0.3")),
            Map.entry("deep-svdd warm-up", new Change("objective=soft-boundary warm-up=1", "warm-up=0")),
            Map.entry("deep-svdd compression", new Change("hidden=auto layers=2", "compression=1")),
            Map.entry("drocc gamma", new Change("radius=0.5", "gamma=1.2")),
            Map.entry("drocc warm-up", new Change("", "warm-up=1")));

    private static Map<String, Change> changes() {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("epochs", new Change("", "epochs=4"));
        changes.put("batch-size", new Change("", "batch-size=16"));
        changes.put("drop-last", new Change("batch-size=64", "drop-last=true"));
        changes.put("learning-rate", new Change("", "learning-rate=0.01"));
        changes.put("schedule", new Change("", "schedule=cosine"));
        changes.put("min-learning-rate", new Change("schedule=exponential", "min-learning-rate=1e-6"));
        changes.put("weight-decay", new Change("", "weight-decay=0.3"));
        changes.put("decoupled-decay", new Change("weight-decay=0.3 decoupled-decay=false", "decoupled-decay=true"));
        changes.put("grad-clip", new Change("", "grad-clip=0.001"));
        changes.put("latent-size", new Change("", "latent-size=4"));
        changes.put("hidden", new Change("", "hidden=6,5"));
        changes.put("layers", new Change("hidden=auto", "layers=3"));
        changes.put("compression", new Change("hidden=auto layers=2", "compression=3"));
        changes.put("activation", new Change("", "activation=sigmoid"));
        changes.put("output", new Change("output=linear", "output=sigmoid"));
        changes.put("initialisation", new Change("initialisation=glorot", "initialisation=torch"));
        changes.put("code-norm-weight", new Change("", "code-norm-weight=0.5"));
        changes.put("memory-size", new Change("", "memory-size=20"));
        changes.put("shrink-threshold", new Change("", "shrink-threshold=0.5"));
        changes.put("shrink-unit", new Change("shrink-threshold=0.02", "shrink-unit=absolute"));
        changes.put("empty-row", new Change("shrink-threshold=1 shrink-unit=absolute", "empty-row=zero"));
        changes.put("similarity", new Change("", "similarity=dot"));
        changes.put("temperature", new Change("", "temperature=0.5"));
        changes.put("entropy-weight", new Change("", "entropy-weight=1"));
        changes.put("reconstruction", new Change("reconstruction=mean", "reconstruction=sum"));
        changes.put("score", new Change("score=error-norm", "score=squared-error"));
        changes.put("neighbours", new Change("", "neighbours=5"));
        changes.put("metric", new Change("", "metric=chebyshev"));
        changes.put("max-train", new Change("", "max-train=50"));
        changes.put("kernel", new Change("", "kernel=sigmoid"));
        changes.put("nu", new Change("", "nu=0.1"));
        changes.put("gamma", new Change("", "gamma=auto"));
        changes.put("degree", new Change("kernel=poly", "degree=2"));
        changes.put("coef0", new Change("kernel=poly", "coef0=1"));
        changes.put("tolerance", new Change("", "tolerance=1e-6"));
        changes.put("objective", new Change("", "objective=soft-boundary"));
        changes.put("bias", new Change("", "bias=true"));
        changes.put("pretrain-epochs", new Change("", "pretrain-epochs=1"));
        changes.put("noise", new Change("", "noise=0.3"));
        changes.put("radius", new Change("", "radius=0.7"));
        changes.put("adversarial-weight", new Change("", "adversarial-weight=0.5"));
        changes.put("search-steps", new Change("", "search-steps=7"));
        changes.put("search-step-size", new Change("", "search-step-size=0.3"));
        changes.put("falling-rate", new Change("epochs=4", "falling-rate=false"));
        changes.put("mixtures", new Change("", "mixtures=2"));
        changes.put("energy-weight", new Change("", "energy-weight=0.5"));
        changes.put("penalty-weight", new Change("", "penalty-weight=0.1"));
        changes.put("covariance-ridge", new Change("", "covariance-ridge=1e-3"));
        changes.put("estimation-width", new Change("", "estimation-width=6"));
        changes.put("estimation-activation", new Change("", "estimation-activation=relu"));
        changes.put("dropout", new Change("", "dropout=0.1"));
        changes.put("maps", new Change("", "maps=2"));
        changes.put("map-side", new Change("", "map-side=4"));
        changes.put("map-radius", new Change("", "map-radius=1"));
        changes.put("map-rate", new Change("", "map-rate=0.1"));
        changes.put("map-steps", new Change("", "map-steps=50"));
        changes.put("neighbourhood", new Change("", "neighbourhood=gaussian"));
        changes.put("clusters", new Change("batch-size=16", "clusters=5"));
        changes.put("first-rejection", new Change("batch-size=16", "first-rejection=60"));
        changes.put("rejection", new Change("epochs=4 reselect-every=2 batch-size=16", "rejection=60"));
        changes.put("reselect-every", new Change("epochs=4", "reselect-every=2"));
        changes.put("trees", new Change("", "trees=20"));
        changes.put("max-depth", new Change("", "max-depth=3"));
        changes.put("transformations", new Change("", "transformations=5"));
        changes.put("view", new Change("", "view=mul"));
        changes.put("transform-sigmoid", new Change("", "transform-sigmoid=on"));
        changes.put("transform-hidden", new Change("", "transform-hidden=7"));
        changes.put("transform-output", new Change("", "transform-output=1"));
        changes.put("first-width", new Change("hidden=auto", "first-width=30"));
        changes.put("width-step", new Change("hidden=auto first-width=30", "width-step=5"));
        changes.put("generator-hidden", new Change("", "generator-hidden=9"));
        changes.put("discriminator-width", new Change("", "discriminator-width=20"));
        changes.put("pair-hidden", new Change("", "pair-hidden=20,10"));
        changes.put("weight-average", new Change("weight-average=0", "weight-average=0.9"));
        changes.put("code-discriminator-width", new Change("", "code-discriminator-width=9"));
        changes.put("joint-dropout", new Change("", "joint-dropout=0.1"));
        changes.put("spectral-norm", new Change("", "spectral-norm=false"));
        changes.put("score-norm", new Change("", "score-norm=l1"));
        changes.put("encoder-bias", new Change("", "encoder-bias=true"));
        changes.put("encoder-batch-norm", new Change("", "encoder-batch-norm=true"));
        return changes;
    }

    static Stream<Arguments> declared() {
        return DetectorRegistry.installed().all().stream()
                .flatMap(provider -> provider.descriptor().hyperparameters().stream()
                        .map(Hyperparameter::key)
                        .filter(key -> !ELSEWHERE.contains(key))
                        .map(key -> Arguments.of(provider.descriptor().id(), key)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("declared")
    void changesTheScores(String detector, String key) {
        Change change = OWN.getOrDefault(detector + " " + key, CHANGES.get(key));
        assertThat(change).as("a change to try for --" + key).isNotNull();

        assertThat(scores(detector, change.base + " " + change.other))
                .as(detector + " " + key)
                .isNotEqualTo(scores(detector, change.base));
    }

    private static double[] scores(String detector, String settings) {
        DetectorProvider provider = DetectorRegistry.installed().get(detector);
        Map<String, String> texts = new LinkedHashMap<>();
        if (provider.descriptor().hyperparameter("epochs").isPresent()) {
            texts.put("epochs", "2");
        }
        if (!settings.isBlank()) {
            texts.putAll(
                    Preset.of("test", "", null, settings.strip().split(" ")).values());
        }
        float[] rows = ToyData.rows(100, 0, 1);
        TrainingData data = new TrainingData(new DataShape(new int[] {FEATURES}, "none", 100), rows, new float[0]);
        Values values = Values.parse(provider.descriptor().hyperparameters(), texts);
        try (Training training = provider.begin(
                values, data, new TrainingContext(new RandomStreams(1), new RunControl(), "compiled", (c, t) -> {}))) {
            for (int epoch = 1; epoch <= training.epochs(); epoch++) {
                training.epoch(epoch);
            }
            float[] scored = Arrays.copyOf(ToyData.rows(20, 5, 2), 26 * FEATURES);
            System.arraycopy(rows, 0, scored, 25 * FEATURES, FEATURES); // one that was trained on
            return training.detector().score(scored);
        }
    }
}
