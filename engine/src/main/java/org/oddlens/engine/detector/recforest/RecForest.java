package org.oddlens.engine.detector.recforest;

import static org.oddlens.engine.detector.solved.TrainSample.MAX_TRAIN;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorDescriptor.LossTerm;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Reference;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.detector.solved.ParallelLoop;
import org.oddlens.engine.detector.solved.Solution;
import org.oddlens.engine.detector.solved.SolvedDetector;
import org.oddlens.engine.detector.solved.TrainSample;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.Tensor;

/**
 * A completely random forest used as an autoencoder: a row is rebuilt from the leaves it falls into, and what the leaves
 * bound badly is anomalous. Formula: {@link Forest}; growing: {@link RandomTree}.
 *
 * <p>Xu, Pang, Feng, Ting, Jiang, Zhou, "Reconstruction-based Anomaly Detection with Completely Random Forest", SDM 2021,
 * doi:10.1137/1.9781611976700.15. The 13-model program fits it on all rows, test rows included; here on training rows only.
 */
public final class RecForest implements SolvedDetector {

    static final String RECONSTRUCTION = "reconstruction";

    private static final int ROUND = 512;
    private static final int COSTLY_NODES = 20_000_000;

    private static final Hyperparameter<Integer> TREES = Hyperparameter.whole("trees", "Trees", 1, 5000, 100)
            .unit("trees")
            .in(Group.ESSENTIALS)
            .flags("--recforest-n-trees", "--n-estimators")
            .help("Random trees. Each narrows the box of a row further; time and memory grow with them.");

    private static final Hyperparameter<OptionalInt> MAX_DEPTH = Hyperparameter.autoWhole(
                    "max-depth", "Deepest split", 0, 1_000_000)
            .unit("splits")
            .in(Group.ESSENTIALS)
            .flags("--recforest-max-depth")
            .help("Splits on the way from the root to a leaf. 'auto': until every row is alone.");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "rec-forest",
            "RecForest",
            "classic",
            "Rebuilds a row from the leaf boxes of random trees that it falls into; flags rows that no box holds"
                    + " tightly.",
            "squared reconstruction error in scaled units",
            List.of(new Reference(
                    "Y.-X. Xu, M. Pang, J. Feng, K. M. Ting, Y. Jiang, Z.-H. Zhou",
                    "Reconstruction-based Anomaly Detection with Completely Random Forest",
                    "SDM 2021",
                    "https://doi.org/10.1137/1.9781611976700.15")),
            List.of(TREES, MAX_DEPTH, MAX_TRAIN.flags("--recforest-max-train")),
            List.of(
                    Preset.of("default", "100 trees without a limit of depth, min-max scaling.", "min-max"),
                    Preset.of("paper", "Xu et al. 2021: 100 completely random trees.", null, "trees=100"),
                    Preset.of(
                            "nrcan",
                            "The 13-model program's defaults, fitted on training rows only.",
                            null,
                            "trees=100")),
            SolvedDetector.latentSpaces(),
            List.of(),
            List.of(new LossTerm(RECONSTRUCTION, "Reconstruction of training rows")),
            true,
            List.of("reconstruction forest", "completely random forest"));

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        int used = Math.min(data.rows(), values.get(MAX_TRAIN));
        int trees = values.get(TREES);
        long perTree = mostNodes(used, values);
        refuseTooManyNodes(perTree, trees);
        long nodes = perTree * trees;
        List<String> warnings = nodes <= COSTLY_NODES
                ? List.of()
                : List.of(String.format(
                        Locale.ROOT,
                        "%d trees on %,d rows may have %,d nodes, %,d MB in memory and in the model. Fewer trees, a smaller"
                                + " '%s' or fewer training rows need less.",
                        trees,
                        used,
                        nodes,
                        nodes * 12 / 1_000_000,
                        MAX_DEPTH.label()));
        return new NetworkShape(List.of(data.features()), Map.of("tree nodes, at most", nodes), warnings);
    }

    /** 2n − 1 nodes separate n rows; depth d has room for 2^(d + 1) − 1. */
    private static long mostNodes(int rows, Values values) {
        long separating = Math.max(1, 2L * rows - 1);
        int depth = depth(values);
        return depth < 40 ? Math.min(separating, (2L << depth) - 1) : separating;
    }

    private static int depth(Values values) {
        return values.get(MAX_DEPTH).orElse(Integer.MAX_VALUE);
    }

    private static void refuseTooManyNodes(long perTree, int trees) {
        if (perTree > Forest.MOST_NODES || perTree * trees > Integer.MAX_VALUE / 16) {
            throw new InvalidValuesException(Map.of(
                    TREES.key(),
                    String.format(
                            Locale.ROOT,
                            "%d trees of up to %,d nodes do not fit into a model, which holds %,d nodes and %,d in a tree."
                                    + " Use fewer trees, fewer training rows (--%s), or a '%s'.",
                            trees,
                            perTree,
                            Integer.MAX_VALUE / 16,
                            Forest.MOST_NODES,
                            MAX_TRAIN.key(),
                            MAX_DEPTH.label())));
        }
    }

    @Override
    public Optional<Solution> solve(Values values, TrainingData data, TrainingContext context) {
        float[] rows = TrainSample.of(data, values.get(MAX_TRAIN), context);
        int features = data.features();
        ParallelLoop loop = new ParallelLoop(context.threads(), context.control()::mayContinue);
        RandomTree[] trees = new RandomTree[values.get(TREES)];
        boolean grown = loop.run(
                trees.length,
                context.threads(),
                t -> trees[t] = RandomTree.grow(rows, features, depth(values), context.streams().stream("tree", 0, t)));
        if (!grown) {
            return Optional.empty();
        }
        Forest forest = Forest.of(Arrays.asList(trees), rows, features, 0);
        double[] scores = new double[rows.length / features];
        boolean scored = loop.run(scores.length, ROUND, i -> {
            double[] row = new double[features];
            for (int j = 0; j < features; j++) {
                row[j] = rows[i * features + j];
            }
            scores[i] = forest.score(row);
        });
        return scored
                ? Optional.of(forest.withMean(Arrays.stream(scores).average().orElseThrow()))
                : Optional.empty();
    }

    @Override
    public Solution solution(Values values, int features, Map<String, Tensor> weights) {
        return Forest.of(weights, features);
    }

    @Override
    public String contributionMethod() {
        return "reconstruction error";
    }
}
