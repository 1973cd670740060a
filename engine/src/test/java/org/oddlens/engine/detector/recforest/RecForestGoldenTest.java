package org.oddlens.engine.detector.recforest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.engine.Golden;
import org.oddlens.engine.detector.solved.FixedSplit;
import org.oddlens.engine.metric.Evaluation;

/** Boxes and scores of given trees as the official package computes them (golden file 13), and its rankings. */
class RecForestGoldenTest {

    @ParameterizedTest
    @CsvSource({"full", "d3"})
    void rebuildsRowsFromTheReferencesTrees(String group) {
        Golden golden = Golden.open("13_recforest.npz");
        List<RandomTree> trees = trees(golden, group);
        float[] train = golden.floats("train");
        int features = golden.shape("train")[1];
        Forest forest = Forest.of(trees, train, features, 0);
        Forest first = Forest.of(trees.subList(0, 1), train, features, 0);
        int queries = golden.shape("query")[0];
        double[] lower = new double[queries * features];
        double[] upper = new double[queries * features];
        double[] scores = new double[queries];
        double[] firstScores = new double[queries];
        for (int q = 0; q < queries; q++) {
            double[] row = Arrays.copyOfRange(golden.values("query"), q * features, (q + 1) * features);
            double[][] box = forest.box(row);
            System.arraycopy(box[0], 0, lower, q * features, features);
            System.arraycopy(box[1], 0, upper, q * features, features);
            scores[q] = forest.score(row);
            firstScores[q] = first.score(row);
            double sum = 0;
            for (float part : forest.contributions(row)) {
                sum += part;
            }
            assertThat(sum).isCloseTo(scores[q], within(1e-6 * scores[q] + 1e-9));
        }

        // thresholds are kept in single precision here, as training rows are
        golden.assertEquals(group + "_lower", lower, 1e-6, 1e-7);
        golden.assertEquals(group + "_upper", upper, 1e-6, 1e-7);
        golden.assertEquals(group + "_score", scores, 1e-5, 1e-7);
        golden.assertEquals(group + "_score_tree1", firstScores, 1e-5, 1e-7);
    }

    /** Two features in [0, 1]²; the root splits feature 0 at 0.3, its right child feature 1 at 0.6. */
    @Test
    void rebuildsARowByHand() {
        RandomTree tree = new RandomTree(
                new int[] {0, -1, 1, -1, -1}, new float[] {0.3f, 0, 0.6f, 0, 0}, new int[] {1, -1, 3, -1, -1});
        Forest forest = new Forest(List.of(tree), new float[] {0, 0}, new float[] {1, 1}, 0);
        double[] row = {0.5, 0.9};

        assertThat(forest.box(row)[0]).containsExactly(new double[] {0.3, 0.6}, within(1e-7));
        assertThat(forest.box(row)[1]).containsExactly(1, 1);
        assertThat(forest.score(row)).isCloseTo(0.0325, within(1e-7));
    }

    /**
     * Mean of ten forests against the mean of as many of the official package (five on Arrhythmia), on the same split: both
     * are draws, so the mean may lie three of the reference's standard deviations of one forest away.
     */
    @ParameterizedTest
    @CsvSource({
        "adbench/38_thyroid.npz, 0.9653, 0.0084, 0.749, 0.013",
        "odds/cardio.mat, 0.9492, 0.0092, 0.839, 0.014",
        "odds/arrhythmia.mat, 0.772, 0.017, 0.525, 0.013"
    })
    void ranksRealDataAsWellAsTheReference(String file, double auroc, double sd, double precision, double precisionSd) {
        FixedSplit split = FixedSplit.of(file, "min-max");
        double areas = 0;
        double precisions = 0;
        int seeds = 10;
        for (int seed = 0; seed < seeds; seed++) {
            var ranking = split.ranking(new RecForest(), "trees=100", seed);
            areas += ranking.auroc().orNaN() / seeds;
            precisions += ranking.averagePrecision().orNaN() / seeds;
        }
        assertThat(areas).isCloseTo(auroc, within(3 * sd));
        assertThat(precisions).isCloseTo(precision, within(3 * precisionSd));
    }

    /** Bands of five forests each, AUROC, AUPRC and F1 with as many rows flagged as there are anomalies; ours within two. */
    @ParameterizedTest
    @CsvSource({
        "adbench/38_thyroid.npz, min-max, .967, .007, .745, .012, .671, .020",
        "adbench/38_thyroid.npz, z-score, .975, .004, .787, .015, .699, .025",
        "odds/arrhythmia.mat, min-max, .772, .017, .525, .013, .533, .032",
        "odds/arrhythmia.mat, z-score, .759, .028, .595, .022, .518, .050"
    })
    void liesInTheReferencesBands(
            String file, String scaler, double area, double areaSd, double ap, double apSd, double f1, double f1Sd) {
        FixedSplit split = FixedSplit.of(file, scaler);
        double[] means = new double[3];
        for (int seed = 0; seed < 5; seed++) {
            Evaluation evaluation = split.evaluation(new RecForest(), "trees=100", seed);
            means[0] += evaluation.metric("auroc").orNaN() / 5;
            means[1] += evaluation.metric("auprc").orNaN() / 5;
            means[2] += evaluation.metric("f1_known_ratio").orNaN() / 5;
        }
        assertThat(means[0]).isCloseTo(area, within(2 * areaSd));
        assertThat(means[1]).isCloseTo(ap, within(2 * apSd));
        assertThat(means[2]).isCloseTo(f1, within(2 * f1Sd));
    }

    /** The reference's nodes in our order: children side by side, behind their parent. */
    private static List<RandomTree> trees(Golden golden, String group) {
        double[] offsets = golden.values(group + "_node_offset");
        List<RandomTree> trees = new ArrayList<>();
        for (int t = 0; t + 1 < offsets.length; t++) {
            trees.add(tree(golden, group, (int) offsets[t]));
        }
        return trees;
    }

    private static RandomTree tree(Golden golden, String group, int offset) {
        double[] left = golden.values(group + "_left");
        double[] right = golden.values(group + "_right");
        double[] feature = golden.values(group + "_feature");
        double[] threshold = golden.values(group + "_threshold");
        List<Integer> order = new ArrayList<>(List.of(0));
        Map<Integer, Integer> children = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            int node = offset + order.get(i);
            if (left[node] >= 0) {
                children.put(i, order.size());
                order.add((int) left[node]);
                order.add((int) right[node]);
            }
        }
        int[] features = new int[order.size()];
        float[] thresholds = new float[order.size()];
        int[] lefts = new int[order.size()];
        for (int i = 0; i < order.size(); i++) {
            int node = offset + order.get(i);
            features[i] = left[node] >= 0 ? (int) feature[node] : -1;
            thresholds[i] = left[node] >= 0 ? (float) threshold[node] : 0;
            lefts[i] = children.getOrDefault(i, -1);
        }
        return new RandomTree(features, thresholds, lefts);
    }
}
