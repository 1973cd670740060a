package org.oddlens.engine.detector.recforest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.Tensor;

/** Growing, boxes, threads, limits and damaged models of the random forest. */
class RecForestTest {

    private final RecForest detector = new RecForest();

    /** Two rows, one varying feature: one split between them whatever is drawn, and two leaves. */
    @Test
    void splitsOnlyWhereRowsVary() {
        for (int seed = 0; seed < 50; seed++) {
            RandomTree tree = RandomTree.grow(
                    new float[] {5, 1, 5, 2}, 2, Integer.MAX_VALUE, new RandomStreams(seed).stream("tree"));

            assertThat(tree.feature()).containsExactly(1, -1, -1);
            assertThat(tree.threshold()[0]).isGreaterThanOrEqualTo(1).isLessThan(2);
        }
    }

    /** n different rows end in n leaves; copies share one. */
    @Test
    void growsUntilEveryRowIsAlone() {
        float[] rows = ToyData.rows(100, 0, 1);
        assertThat(grow(rows, Integer.MAX_VALUE).nodes()).isEqualTo(199);
        System.arraycopy(rows, 0, rows, ToyData.FEATURES, ToyData.FEATURES);
        assertThat(grow(rows, Integer.MAX_VALUE).nodes()).isEqualTo(197);
        assertThat(grow(rows, 3).nodes()).isLessThanOrEqualTo(15);
        assertThat(grow(rows, 0).nodes()).isEqualTo(1);
    }

    /** Without a split the box is the training range, and the score the distance to its middle. */
    @Test
    void rebuildsToTheMiddleOfTheRangeWithoutSplits() {
        try (Training training =
                begin(new float[] {0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 2, 2, 2, 2, 2, 2}, "max-depth=0", 1)) {
            training.epoch(1);
            assertThat(training.detector().score(new float[] {1, 2, 1, 1, 1, 1, 1, 4}))
                    .containsExactly(9);
        }
    }

    @Test
    void holdsEveryTrainingRowInItsBoxWhichMoreTreesOnlyNarrow() {
        float[] rows = ToyData.rows(80, 0, 1);
        List<RandomTree> trees = List.of(grow(rows, 5), grow(rows, 9), grow(rows, Integer.MAX_VALUE));
        Forest forest = Forest.of(trees, rows, ToyData.FEATURES, 0);
        Forest smaller = Forest.of(trees.subList(0, 2), rows, ToyData.FEATURES, 0);
        for (int i = 0; i < 80; i++) {
            double[] row = new double[ToyData.FEATURES];
            for (int j = 0; j < row.length; j++) {
                row[j] = rows[i * row.length + j];
            }
            double[][] box = forest.box(row);
            double[][] wider = smaller.box(row);
            for (int j = 0; j < row.length; j++) {
                assertThat(row[j]).isBetween(box[0][j], box[1][j]);
                assertThat(box[0][j]).isGreaterThanOrEqualTo(wider[0][j]);
                assertThat(box[1][j]).isLessThanOrEqualTo(wider[1][j]);
            }
        }
    }

    @Test
    void growsTheSameTreesOnAnyNumberOfThreads() {
        float[] rows = ToyData.rows(300, 0, 1);
        float[] test = ToyData.rows(100, 20, 2);
        try (Training one = begin(rows, "trees=70", 1);
                Training three = begin(rows, "trees=70", 3)) {
            one.epoch(1);
            three.epoch(1);

            assertThat(three.weights().get("threshold").values())
                    .containsExactly(one.weights().get("threshold").values());
            assertThat(three.detector().score(test))
                    .containsExactly(one.detector().score(test));
        }
    }

    @Test
    void namesReconstructionErrorAsItsContributions() {
        try (Training training = begin(ToyData.rows(100, 0, 1), "trees=5", 1)) {
            training.epoch(1);
            float[] row = ToyData.rows(0, 1, 2);
            double sum = 0;
            for (float part : training.detector().contributions(row)) {
                sum += part;
            }

            assertThat(training.detector().contributionMethod()).isEqualTo("reconstruction error");
            assertThat(sum).isCloseTo(training.detector().score(row)[0], within(1e-5));
        }
    }

    @Test
    void refusesForestsThatNoModelHoldsAndWarnsOfLargeOnes() {
        DataShape many = new DataShape(new int[] {6}, "min-max", 500_000);
        assertThat(detector.shape(values("trees=1000"), many).warnings())
                .singleElement()
                .asString()
                .contains("1000 trees on 20,000 rows", "39,999,000 nodes", "479 MB");
        assertThatThrownBy(() -> detector.shape(values("trees=5000"), many))
                .isInstanceOf(InvalidValuesException.class)
                .hasMessageContaining("Use fewer trees");
        assertThat(detector.shape(values("trees=5000 max-depth=8"), many).parameterCount())
                .isEqualTo(5000 * 511);
    }

    @Test
    void refusesATreeThatLeadsInACircle() {
        try (Training training = begin(ToyData.rows(20, 0, 1), "trees=2", 1)) {
            training.epoch(1);
            Map<String, Tensor> weights = training.weights();
            weights.get("left").values()[0] = 0;

            assertThatThrownBy(() -> training.restore(weights))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("leads nowhere");
        }
    }

    private static RandomTree grow(float[] rows, int depth) {
        return RandomTree.grow(rows, ToyData.FEATURES, depth, new RandomStreams(depth).stream("tree"));
    }

    private Training begin(float[] rows, String settings, int threads) {
        int count = rows.length / ToyData.FEATURES;
        return detector.begin(
                values(settings),
                new TrainingData(new DataShape(new int[] {ToyData.FEATURES}, "none", count), rows, new float[0]),
                new TrainingContext(new RandomStreams(1), new RunControl(), "compiled", threads, (code, text) -> {}));
    }

    private Values values(String settings) {
        Map<String, String> texts = new HashMap<>();
        for (String setting : settings.split(" ")) {
            texts.put(setting.split("=")[0], setting.split("=")[1]);
        }
        return Values.parse(detector.descriptor().hyperparameters(), texts);
    }
}
