package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oddlens.engine.ToyData.FEATURES;

import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.data.Scaler;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.metric.RankingMetrics;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.Tensor;

/** What every registered detector owes; a new detector is under test the moment it is registered. */
class DetectorContractTest {

    private static final String KEBAB = "[a-z0-9]+(-[a-z0-9]+)*";
    private static final Map<String, String> SHORT = Map.of("epochs", "3");

    /** Solved without any draw, as long as all training rows are used. */
    private static final Set<String> DRAWS_NOTHING = Set.of("lof", "oc-svm");

    static Stream<DetectorProvider> detectors() {
        return DetectorRegistry.installed().all().stream();
    }

    // ---- what it says of itself ----

    @ParameterizedTest
    @MethodSource("detectors")
    void namesItsSources(DetectorProvider provider) {
        assertThat(provider.descriptor().references()).isNotEmpty().allSatisfy(reference -> {
            assertThat(reference.authors()).isNotBlank();
            assertThat(reference.title()).isNotBlank();
            assertThat(reference.link()).startsWith("https://");
        });
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void hasUniqueKebabCaseNames(DetectorProvider provider) {
        DetectorDescriptor descriptor = provider.descriptor();
        List<String> keys =
                descriptor.hyperparameters().stream().map(Hyperparameter::key).toList();

        assertThat(descriptor.id()).matches(KEBAB);
        assertThat(detectors().map(other -> other.descriptor().id())).containsOnlyOnce(descriptor.id());
        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches(KEBAB));
        assertThat(descriptor.presets().stream().map(Preset::id))
                .doesNotHaveDuplicates()
                .first()
                .isEqualTo("default");
        assertThat(descriptor.latentSpaces().stream().map(LatentSpace::id)).doesNotHaveDuplicates();
        assertThat(descriptor.hyperparameters())
                .allSatisfy(declared ->
                        assertThat(declared.help()).as(declared.key()).endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void givesNoOriginalFlagTwoMeanings(DetectorProvider provider) {
        List<String> flags = provider.descriptor().hyperparameters().stream()
                .flatMap(declared -> Stream.concat(
                        Stream.of("--" + declared.key()),
                        declared.originalFlags().stream().distinct()))
                .toList();
        List<String> ambiguous = flags.stream()
                .filter(flag -> provider.descriptor().hyperparameters().stream()
                                .filter(h -> h.originalFlags().contains(flag) || flag.equals("--" + h.key()))
                                .count()
                        > 1)
                .toList();

        assertThat(ambiguous).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void parsesEveryPresetAndLaysItsNetworkOut(DetectorProvider provider) {
        for (Preset preset : provider.descriptor().presets()) {
            Values values = Values.parse(provider.descriptor().hyperparameters(), preset.values());
            assertThat(Values.parse(provider.descriptor().hyperparameters(), values.texts()))
                    .as(preset.id())
                    .isEqualTo(values);
            preset.scaler().ifPresent(scaler -> assertThat(Scaler.parse(scaler)).isNotNull());
            DataShape data = new DataShape(new int[] {21}, "min-max", 100);
            long count = provider.shape(values, data).parameterCount();
            if (provider instanceof NetworkDetector network) {
                assertThat(count).as(preset.id()).isEqualTo(trainable(network, values, data));
            } else {
                assertThat(count).as(preset.id()).isPositive();
            }
        }
    }

    /** Numbers that some objective moves. */
    private static long trainable(NetworkDetector detector, Values values, DataShape data) {
        Network network = detector.network(values, data, DataType.FLOAT, new RandomStreams(1));
        Set<String> trained = new HashSet<>();
        network.objectives().forEach(objective -> trained.addAll(objective.parameters()));
        return network.layout().entries().stream()
                .filter(entry -> trained.contains(entry.name()))
                .mapToLong(ParameterLayout.Entry::length)
                .sum();
    }

    /** A network detector is trained by the shared loop, which asks for every shared value. */
    @ParameterizedTest
    @MethodSource("detectors")
    void declaresTheSharedHyperparametersItsTrainingReads(DetectorProvider provider) {
        if (provider instanceof NetworkDetector) {
            assertThat(provider.descriptor().hyperparameters().stream().map(Hyperparameter::key))
                    .contains(
                            "epochs",
                            "batch-size",
                            "drop-last",
                            "learning-rate",
                            "schedule",
                            "min-learning-rate",
                            "weight-decay",
                            "decoupled-decay",
                            "grad-clip",
                            "validation-share");
        }
    }

    // ---- what it does ----

    @ParameterizedTest
    @MethodSource("detectors")
    void ranksScrambledRowsAboveNormalOnesBecauseItWasTrained(DetectorProvider provider) {
        float[] test = scaled(provider, scrambled());
        try (Trained trained = train(provider, Map.of(), 7)) {
            double[] scores = trained.detector().score(test);

            assertThat(scores).hasSize(220);
            assertThat(Arrays.stream(scores)).allMatch(Double::isFinite);
            assertThat(auroc(scores)).isGreaterThan(0.9);
            assertThat(1 - auroc(scores))
                    .as("pairs in the wrong order, beside those before its first step")
                    .isLessThan(0.5 * (1 - auroc(untrained(provider, test))));
        }
    }

    /**
     * Normal rows, every eleventh with each of its numbers from another normal row: nothing tells it by one feature alone, so
     * that a network of random weights hardly does.
     */
    private static float[] scrambled() {
        float[] rows = ToyData.rows(220, 0, 2);
        float[] others = ToyData.rows(20 * FEATURES, 0, 3);
        boolean[] odd = ToyData.labels(200, 20);
        int other = 0;
        for (int row = 0; row < odd.length; row++) {
            for (int j = 0; odd[row] && j < FEATURES; j++) {
                rows[row * FEATURES + j] = others[other++ * FEATURES + j];
            }
        }
        return rows;
    }

    private static double auroc(double[] scores) {
        return RankingMetrics.of(scores, ToyData.labels(200, 20)).auroc().orNaN();
    }

    private static double[] untrained(DetectorProvider provider, float[] rows) {
        try (Training training = begin(provider, Map.of(), 7, new RunControl())) {
            return training.detector().score(rows);
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void givesTheSameBitsForTheSameSeedAndOthersForAnother(DetectorProvider provider) {
        float[] test = scaled(provider, ToyData.rows(100, 10, 3));
        try (Trained one = train(provider, SHORT, 7);
                Trained same = train(provider, SHORT, 7);
                Trained other = train(provider, SHORT, 8)) {
            double[] scores = one.detector().score(test);

            assertThat(same.detector().score(test)).containsExactly(scores);
            if (DRAWS_NOTHING.contains(provider.descriptor().id())) {
                assertThat(other.detector().score(test)).containsExactly(scores);
            } else {
                assertThat(other.detector().score(test)).isNotEqualTo(scores);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void scoresWithTheSameBitsAfterItsWeightsWereSavedAndRestored(DetectorProvider provider) {
        float[] test = scaled(provider, ToyData.rows(100, 10, 3));
        Values values = values(provider, SHORT);
        try (Trained trained = train(provider, SHORT, 7);
                FittedDetector restored = provider.restore(
                        values,
                        new DataShape(new int[] {FEATURES}, scaler(provider), 0),
                        trained.detector().weights(),
                        context(99, new RunControl()))) {
            assertThat(restored.score(test)).containsExactly(trained.detector().score(test));
            assertThat(restored.contributions(test))
                    .containsExactly(trained.detector().contributions(test));
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void stopsBeforeTheNextBatch(DetectorProvider provider) {
        RunControl control = new RunControl();
        try (Training training = begin(provider, SHORT, 7, control)) {
            assertThat(training.epoch(1).complete()).isTrue();
            Map<String, Tensor> before = training.weights();

            control.stop(RunControl.Stop.KEEP);
            Training.EpochResult stopped = training.epoch(2);

            if (!provider.descriptor().atomic()) {
                assertThat(stopped.complete()).isFalse();
                assertThat(stopped.steps()).isZero();
                assertSame(training.weights(), before);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void refusesRowsOfAnotherWidthAndNamesBothNumbers(DetectorProvider provider) {
        try (Trained trained = train(provider, SHORT, 7)) {
            assertThatThrownBy(() -> trained.detector().score(new float[FEATURES + 5]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(FEATURES))
                    .hasMessageContaining(String.valueOf(FEATURES + 5));
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void changesNothingByScoring(DetectorProvider provider) {
        float[] test = scaled(provider, ToyData.rows(300, 10, 3));
        float[] kept = test.clone();
        try (Trained trained = train(provider, SHORT, 7)) {
            Map<String, Tensor> before = trained.detector().weights();
            double[] scores = trained.detector().score(test);
            trained.detector().observe(test);
            trained.detector().contributions(test);

            assertSame(trained.detector().weights(), before);
            assertThat(test).containsExactly(kept);
            assertThat(trained.detector().score(test)).containsExactly(scores);
            assertThat(trained.detector().observe(test).scores()).containsExactly(scores);
        }
    }

    /** Looking at the network between epochs must not move the training either. */
    @ParameterizedTest
    @MethodSource("detectors")
    void trainsToTheSameBitsWhetherOrNotItIsWatched(DetectorProvider provider) {
        float[] test = scaled(provider, ToyData.rows(50, 5, 3));
        try (Training watched = begin(provider, SHORT, 7, new RunControl());
                Training alone = begin(provider, SHORT, 7, new RunControl())) {
            for (int epoch = 1; epoch <= watched.epochs(); epoch++) {
                watched.detector().observe(test);
                watched.epoch(epoch);
                alone.epoch(epoch);
            }

            assertSame(watched.detector().weights(), alone.detector().weights());
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void scoresARowTheSameWhateverLiesBesideIt(DetectorProvider provider) {
        float[] many = scaled(provider, ToyData.rows(980, 20, 4));
        try (Trained trained = train(provider, SHORT, 7)) {
            double[] together = trained.detector().score(many);
            double[] turned = trained.detector().score(reversed(many));
            for (int row : new int[] {0, 1, 255, 256, 511, 700, 999}) {
                float[] alone = Arrays.copyOfRange(many, row * FEATURES, (row + 1) * FEATURES);

                assertThat(trained.detector().score(alone)).as("row " + row).containsExactly(together[row]);
                assertThat(turned[999 - row]).as("row " + row + ", moved").isEqualTo(together[row]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void scoresNoRowsToNothing(DetectorProvider provider) {
        try (Trained trained = train(provider, SHORT, 7)) {
            assertThat(trained.detector().score(new float[0])).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void placesEveryRowInEachLatentSpaceItNames(DetectorProvider provider) {
        float[] test = scaled(provider, ToyData.rows(30, 5, 3));
        try (Trained trained = train(provider, SHORT, 7)) {
            Observation seen = trained.detector().observe(test);

            assertThat(seen.codes().keySet())
                    .containsExactlyElementsOf(provider.descriptor().latentSpaces().stream()
                            .map(LatentSpace::id)
                            .toList());
            assertThat(seen.codes().values()).allMatch(codes -> codes.shape()[0] == 35);
            assertThat(seen.anatomy().keySet())
                    .containsAll(provider.descriptor().anatomy().stream()
                            .map(AnatomyObject::id)
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void reportsTheLossTermsItDeclares(DetectorProvider provider) {
        List<String> declared = provider.descriptor().lossTerms().stream()
                .map(DetectorDescriptor.LossTerm::id)
                .toList();
        try (Training training = begin(provider, SHORT, 7, new RunControl())) {
            assertThat(training.terms()).isSubsetOf(declared);
            assertThat(training.epoch(1).terms().keySet()).isNotEmpty().isSubsetOf(training.terms());
        }
    }

    private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, tensor) -> assertThat(actual.get(name).values()).as(name).containsExactly(tensor.values()));
    }

    private static float[] reversed(float[] rows) {
        float[] turned = new float[rows.length];
        int count = rows.length / FEATURES;
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, i * FEATURES, turned, (count - 1 - i) * FEATURES, FEATURES);
        }
        return turned;
    }

    private record Trained(Training training) implements AutoCloseable {

        FittedDetector detector() {
            return training.detector();
        }

        @Override
        public void close() {
            training.close();
        }
    }

    private static Trained train(DetectorProvider provider, Map<String, String> texts, long seed) {
        Training training = begin(provider, texts, seed, new RunControl());
        for (int epoch = 1; epoch <= training.epochs(); epoch++) {
            training.epoch(epoch);
        }
        return new Trained(training);
    }

    private static Training begin(DetectorProvider provider, Map<String, String> texts, long seed, RunControl control) {
        float[] rows = scaled(provider, ToyData.rows(200, 0, 1));
        TrainingData data =
                new TrainingData(new DataShape(new int[] {FEATURES}, scaler(provider), 200), rows, new float[0]);
        return provider.begin(values(provider, texts), data, context(seed, control));
    }

    /** The default preset with other values over it, as far as the detector declares them. */
    private static Values values(DetectorProvider provider, Map<String, String> over) {
        DetectorDescriptor descriptor = provider.descriptor();
        Map<String, String> texts =
                new LinkedHashMap<>(descriptor.preset("default").values());
        over.forEach((key, value) -> {
            if (descriptor.hyperparameter(key).isPresent()) {
                texts.put(key, value);
            }
        });
        return Values.parse(descriptor.hyperparameters(), texts);
    }

    private static TrainingContext context(long seed, RunControl control) {
        return new TrainingContext(new RandomStreams(seed), control, "compiled", (code, text) -> {});
    }

    private static String scaler(DetectorProvider provider) {
        return provider.descriptor().preset("default").scaler().orElse("min-max");
    }

    /** Scaled by the detector's default scaler, fitted on the training rows. */
    private static float[] scaled(DetectorProvider provider, float[] rows) {
        Dataset train = Dataset.of("toy", ToyData.rows(200, 0, 1), new int[] {FEATURES}, null);
        int[] all = new int[200];
        Arrays.setAll(all, i -> i);
        FittedScaler fitted = Scaler.parse(scaler(provider)).fit(train, all);
        return fitted.transform(Dataset.of("toy", rows, new int[] {FEATURES}, null));
    }
}
