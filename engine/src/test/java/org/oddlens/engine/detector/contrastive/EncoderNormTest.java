package org.oddlens.engine.detector.contrastive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.Tensor;

/**
 * NeuTraL AD with batch norm in its encoder. The numbers are PyTorch 1.13's, in double precision:
 *
 * <pre>
 * D, K, H, W, Z, tau = 2, 2, 3, 4, 2, 0.5
 * fill = lambda j, *shape: torch.sin(j + 0.7 * torch.arange(float(torch.tensor(shape).prod()))).reshape(shape)
 * A, B = fill(1, K, H, D), fill(2, K, H, D)
 * x, mean, var = fill(9, 4, D), fill(10, W), 1.5 + fill(11, W)
 * one, two, norm = torch.nn.Linear(D, W), torch.nn.Linear(W, Z), torch.nn.BatchNorm1d(W)
 * one.weight.data, one.bias.data = fill(3, D, W).T, fill(4, W)
 * norm.weight.data, norm.bias.data = fill(5, W), fill(6, W)
 * two.weight.data, two.bias.data = fill(7, W, Z).T, fill(8, Z)
 * norm.running_mean, norm.running_var = mean, var
 * views = [torch.relu(x @ A[k].T) @ B[k] + x for k in range(K)]
 * def scores():
 *     z = two(torch.relu(norm(one(torch.cat([x] + views))))).reshape(K + 1, 4, Z)
 *     z = z / z.norm(dim=2, keepdim=True)
 *     total = 0
 *     for k in range(1, K + 1):
 *         sim = [(z[k] * z[l]).sum(1) / tau for l in range(K + 1)]
 *         others = torch.stack([sim[l] for l in range(K + 1) if l != k])
 *         total = total + torch.logsumexp(others, 0) - sim[0]
 *     return total
 * norm.eval(); scores()                                                           # SCORES
 * norm.train(); loss = scores().mean(); loss.backward()                           # LOSS
 * one.weight.grad.T, norm.weight.grad                                             # BY_WEIGHTS, BY_SCALE
 * a = one(torch.cat([x] + views)); a.mean(0), a.var(0, unbiased=False)            # MEAN, VARIANCE
 * </pre>
 */
class EncoderNormTest {

    private static final double[] SCORES = {1.4311548789948736, 1.555118556519921, 1.3957697004634553, 3.681914921553618
    };
    private static final double LOSS = 1.593539612271848;
    private static final double[] BY_WEIGHTS = {
        -0.9384575545163873,
        0.3126601095680688,
        0.17441298267822183,
        1.193459890743111,
        -0.28486904469644475,
        0.7700306335837843,
        0.20912070948387507,
        1.1061077289774417
    };
    private static final double[] BY_SCALE = {
        0.8401078048176217, 0.41117715815053274, 0.23562723330766294, 0.7021605461332593
    };
    private static final double[] MEAN = {
        -0.7330622255963198, -0.9771825890017417, -0.7617187119005028, -0.18800662240926616
    };
    private static final double[] VARIANCE = {
        0.09548700326170366, 0.23474986958558175, 0.4353771309431289, 0.36431434942093516
    };

    private static final String SMALL = "transformations=2 transform-hidden=3 hidden=4 latent-size=2 temperature=0.5"
            + " encoder-bias=true encoder-batch-norm=true";

    private static final NeutralAd NEUTRAL_AD = new NeutralAd();

    private static final List<String> FILLED = List.of(
            "transform-1/weights",
            "transform-2/weights",
            "encoder-1/weights",
            "encoder-1/bias",
            "encoder-1/scale",
            "encoder-1/shift",
            "encoder-2/weights",
            "encoder-2/bias");

    private static double[] fill(int j, long count) {
        double[] numbers = new double[(int) count];
        Arrays.setAll(numbers, i -> Math.sin(j + 0.7 * i));
        return numbers;
    }

    @Test
    void scoresByGivenStatisticsAsTheReference() {
        Network network = filled();
        set(network, "encoder-1/mean", fill(10, 4));
        set(
                network,
                "encoder-1/variance",
                Arrays.stream(fill(11, 4)).map(v -> 1.5 + v).toArray());
        String score = network.outputs().get(NetworkDetector.SCORE).variable();

        assertThat(numbers(network.graph().output(rows(), List.of(score)).get(score)))
                .containsExactly(SCORES, within(1e-9));
    }

    @Test
    void trainsByTheStatisticsOfRowsAndViewsTogether() {
        Network network = filled();
        String loss = network.objectives().get(0).loss();
        assertThat(network.graph().output(rows(), List.of(loss)).get(loss).getDouble(0))
                .isCloseTo(LOSS, within(1e-9));
        Map<String, INDArray> gradients =
                network.graph().calculateGradients(rows(), "encoder-1/weights", "encoder-1/scale");

        assertThat(numbers(gradients.get("encoder-1/weights"))).containsExactly(BY_WEIGHTS, within(1e-8));
        assertThat(numbers(gradients.get("encoder-1/scale"))).containsExactly(BY_SCALE, within(1e-8));
    }

    /** In single precision, so to 1e-6. */
    @Test
    void freezesTheStatisticsOfAllTrainingRowsAndTheirViews() {
        float[] rows = floats(fill(9, 8));
        TrainingData data = new TrainingData(new DataShape(new int[] {2}, "none", 4), rows, new float[0]);
        try (Training training = NEUTRAL_AD.begin(values(SMALL), data, context())) {
            Map<String, Tensor> weights = new LinkedHashMap<>(training.weights());
            for (int j = 1; j <= FILLED.size(); j++) {
                Tensor before = weights.get(FILLED.get(j - 1));
                weights.put(FILLED.get(j - 1), new Tensor(floats(fill(j, before.values().length)), before.shape()));
            }
            training.restore(weights);
            Map<String, Tensor> settled = training.detector().weights();

            assertThat(doubles(settled.get("encoder-1/mean").values())).containsExactly(MEAN, within(1e-6));
            assertThat(doubles(settled.get("encoder-1/variance").values())).containsExactly(VARIANCE, within(1e-6));
        }
    }

    /** With all training rows as one batch the statistics of the batch are those of all rows, in every layer. */
    @ParameterizedTest
    @CsvSource({"res, true", "res, false", "mul, false"})
    void scoresTrainingRowsAsTheLossDoesWhenTheBatchHoldsThemAll(String view, boolean bias) {
        String settings = "hidden=8,7,6 latent-size=5 transform-hidden=9 batch-size=300 learning-rate=1e-7"
                + " encoder-batch-norm=true view=" + view + " encoder-bias=" + bias;
        float[] rows = ToyData.rows(300, 0, 1);
        try (Training training = begin(settings, rows)) {
            double mean =
                    Arrays.stream(training.detector().score(rows)).average().orElseThrow();

            assertThat(training.epoch(1).terms().get("contrast")).isCloseTo(mean, within(1e-5 * mean));
        }
    }

    /** Other statistics would give a row other codes; those beside it in a call must not matter, saved or not. */
    @Test
    void scoresARowAloneAndAfterSavingWithTheSameBits() {
        String settings = "epochs=2 encoder-batch-norm=true batch-size=16";
        float[] rows = ToyData.rows(100, 0, 1);
        try (Training training = begin(settings, rows)) {
            training.epoch(1);
            training.epoch(2);
            double[] together = training.detector().score(rows);
            float[] alone = Arrays.copyOf(rows, ToyData.FEATURES);

            assertThat(training.detector().score(alone)[0]).isEqualTo(together[0]);
            try (FittedDetector restored = NEUTRAL_AD.restore(
                    values(settings),
                    new DataShape(new int[] {ToyData.FEATURES}, "none", 0),
                    training.detector().weights(),
                    context())) {
                assertThat(restored.score(rows)).containsExactly(together);
            }
        }
    }

    @Test
    void trainsToTheSameBitsWhetherOrNotItIsWatched() {
        float[] rows = ToyData.rows(100, 0, 1);
        try (Training watched = begin("encoder-batch-norm=true batch-size=16", rows);
                Training alone = begin("encoder-batch-norm=true batch-size=16", rows)) {
            for (int epoch = 1; epoch <= 3; epoch++) {
                watched.detector().score(rows);
                watched.epoch(epoch);
                alone.epoch(epoch);
            }
            Map<String, Tensor> expected = alone.detector().weights();
            watched.detector().weights().forEach((name, tensor) -> assertThat(tensor.values())
                    .as(name)
                    .containsExactly(expected.get(name).values()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void countsScaleAndShiftWhereItHasThem(boolean bias) {
        String settings = "hidden=8,7 latent-size=5 encoder-batch-norm=true encoder-bias=" + bias;
        try (Training training = begin(settings, ToyData.rows(50, 0, 1))) {
            Map<String, Tensor> weights = training.weights();
            long trained = weights.entrySet().stream()
                    .filter(entry -> !entry.getKey().endsWith(ViewEncoder.MEAN)
                            && !entry.getKey().endsWith(ViewEncoder.VARIANCE)
                            && entry.getKey().matches("(encoder|transform)-.*"))
                    .mapToLong(entry -> entry.getValue().values().length)
                    .sum();

            assertThat(trained).isEqualTo(training.shape().parameterCount());
            assertThat(weights.containsKey("encoder-2/scale")).isEqualTo(bias);
            assertThat(weights).containsKey("encoder-2/mean").doesNotContainKey("encoder-3/mean");
        }
    }

    @Test
    void refusesBatchesOfOneRowAndLeavesALastOneOut() {
        assertThatThrownBy(() -> begin("encoder-batch-norm=true batch-size=1", ToyData.rows(21, 0, 1)))
                .isInstanceOf(InvalidValuesException.class)
                .hasMessageContaining("2 or more");
        try (Training training = begin("encoder-batch-norm=true batch-size=20", ToyData.rows(21, 0, 1))) {
            assertThat(training.epoch(1).steps()).isEqualTo(1);
        }
    }

    private static Network filled() {
        Network network = NEUTRAL_AD.network(
                values(SMALL), new DataShape(new int[] {2}, "none", 4), DataType.DOUBLE, new RandomStreams(1));
        for (int j = 1; j <= FILLED.size(); j++) {
            set(
                    network,
                    FILLED.get(j - 1),
                    fill(j, array(network, FILLED.get(j - 1)).length()));
        }
        return network;
    }

    private static INDArray array(Network network, String name) {
        return network.graph().getVariable(name).getArr();
    }

    private static void set(Network network, String name, double... numbers) {
        INDArray array = array(network, name);
        array.assign(Nd4j.createFromArray(numbers).reshape('c', array.shape()));
    }

    private static Map<String, INDArray> rows() {
        return Map.of(NetworkBuilder.FEATURES, Nd4j.createFromArray(fill(9, 8)).reshape('c', 4, 2));
    }

    private static double[] numbers(INDArray array) {
        return array.dup('c').data().asDouble();
    }

    private static float[] floats(double... numbers) {
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    private static double[] doubles(float... numbers) {
        double[] doubles = new double[numbers.length];
        Arrays.setAll(doubles, i -> numbers[i]);
        return doubles;
    }

    private static Values values(String settings) {
        return Values.parse(
                NEUTRAL_AD.descriptor().hyperparameters(),
                Preset.of("test", "", null, settings.split(" ")).values());
    }

    private static TrainingContext context() {
        return new TrainingContext(new RandomStreams(7), new RunControl(), "compiled", (code, text) -> {});
    }

    private static Training begin(String settings, float... rows) {
        DataShape shape = new DataShape(new int[] {ToyData.FEATURES}, "none", rows.length / ToyData.FEATURES);
        return NEUTRAL_AD.begin(values(settings), new TrainingData(shape, rows, new float[0]), context());
    }
}
