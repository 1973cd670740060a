package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;

/** One feature, one unit, one item, one row a batch: where shapes collapse, native ops are at their weakest. */
class SmallestSizesTest {

    @ParameterizedTest
    @CsvSource({
        "autoencoder, 1, batch-size=1",
        "autoencoder, 1, batch-size=20",
        "autoencoder, 5, batch-size=1 latent-size=1 hidden=none",
        "memae, 1, batch-size=1 latent-size=1 memory-size=1",
        "memae, 1, batch-size=20 latent-size=1 memory-size=1",
        "memae, 3, batch-size=1 latent-size=2 memory-size=1",
        "memae, 3, batch-size=1 latent-size=1 memory-size=9 similarity=cosine",
        "memae, 3, batch-size=1 latent-size=2 memory-size=9 similarity=dot shrink-threshold=0",
        "deep-svdd, 1, batch-size=1 layers=2",
        "deep-svdd, 1, batch-size=1 hidden=none objective=soft-boundary warm-up=0 pretrain-epochs=1",
        "deep-svdd, 3, batch-size=20 latent-size=1",
        "dsebm, 1, batch-size=1 hidden=1 latent-size=1",
        "dsebm, 1, batch-size=20 hidden=none latent-size=2",
        "dsebm, 3, batch-size=1 score=e",
        "drocc, 1, batch-size=1 warm-up=0 hidden=1",
        "drocc, 1, batch-size=20 warm-up=1",
        "drocc, 3, batch-size=1 warm-up=0 radius=1e4",
        "dagmm, 1, batch-size=1 mixtures=1 estimation-width=1",
        "dagmm, 1, batch-size=20",
        "dagmm, 3, batch-size=2 mixtures=1 latent-size=2",
        "dagmm, 3, batch-size=20 mixtures=10 latent-size=1",
        "duad, 1, batch-size=1 first-rejection=60",
        "duad, 3, batch-size=20 reselect-every=2 clusters=50",
        "som-dagmm, 1, batch-size=1 mixtures=1",
        "som-dagmm, 3, batch-size=20 maps=5 map-steps=5",
        "alad, 1, batch-size=2 latent-size=1 hidden=none generator-hidden=none discriminator-width=1",
        "alad, 1, batch-size=20 spectral-norm=true",
        "alad, 3, batch-size=20 latent-size=1 discriminator-width=1 spectral-norm=true",
        "alad, 3, batch-size=20 pair-hidden=1,1 code-discriminator-width=2,1 weight-average=0.5",
        "alad, 1, batch-size=20 latent-size=half",
        "neutral-ad, 1, batch-size=2 transformations=2 hidden=1 latent-size=1 encoder-batch-norm=true",
        "neutral-ad, 3, batch-size=20 hidden=1,1 encoder-batch-norm=true encoder-bias=true",
        "neutral-ad, 1, batch-size=1 transformations=2 hidden=none latent-size=1 transform-hidden=1",
        "neutral-ad, 1, batch-size=20 view=mul",
        "neutral-ad, 3, batch-size=1 transform-output=1 latent-size=1",
    })
    void trainAndScore(String id, int features, String settings) {
        DetectorProvider provider = DetectorRegistry.installed().get(id);
        Map<String, String> texts = new java.util.HashMap<>(Map.of("epochs", "2"));
        for (String setting : settings.split(" ")) {
            texts.put(setting.split("=")[0], setting.split("=")[1]);
        }
        Values values = Values.parse(provider.descriptor().hyperparameters(), texts);
        float[] rows = new float[21 * features];
        CounterRandom random = new RandomStreams(5).stream("rows");
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextFloat();
        }
        TrainingData data = new TrainingData(new DataShape(new int[] {features}, "min-max", 21), rows, new float[0]);
        TrainingContext context =
                new TrainingContext(new RandomStreams(5), new RunControl(), "compiled", (code, text) -> {});
        try (Training training = provider.begin(values, data, context)) {
            for (int epoch = 1; epoch <= 2; epoch++) {
                assertThat(training.epoch(epoch).terms().values()).allMatch(Double::isFinite);
            }
            assertThat(Arrays.stream(training.detector().score(rows)).boxed())
                    .hasSize(21)
                    .allMatch(Double::isFinite);
        }
    }
}
