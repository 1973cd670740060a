package org.oddlens.engine.detector.lof;

import static org.oddlens.engine.detector.solved.TrainSample.MAX_TRAIN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.oddlens.engine.detector.AnatomyObject;
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
 * Local outlier factor: how much thinner the training rows lie around a row than around its neighbours. Formula, source
 * and differences: {@link LocalDensity}. The 13-model program fits it on all rows, test rows included; here on training
 * rows only, also in its presets.
 */
public final class Lof implements SolvedDetector {

    static final String MEAN_FACTOR = "mean-factor";

    private static final int COSTLY_ROWS = 20_000;

    private static final Hyperparameter<Integer> NEIGHBOURS = Hyperparameter.whole(
                    "neighbours", "Neighbours", 1, 1000, 20)
            .unit("rows")
            .in(Group.ESSENTIALS)
            .flags("--lof-n-neighbors", "--n-neighbors")
            .help("Training rows a row is compared with. Must exceed the size of the smallest group of rows that is"
                    + " to count as normal.");

    private static final Hyperparameter<String> METRIC = Hyperparameter.choice(
                    "metric", "Distance", Distance.ids(), "euclidean")
            .in(Group.ESSENTIALS)
            .help("How far apart two scaled rows are. Manhattan weighs one large difference less, Chebyshev sees only"
                    + " the largest, the cosine only directions.");

    private static final Hyperparameter<String> SCORE_KIND = Hyperparameter.choice(
                    "score", "Scored rows", List.of("novelty", "in-sample"), "novelty")
            .in(Group.ADVANCED)
            .help("'novelty': scored rows are new. 'in-sample': a row that equals a training row is that row and no"
                    + " neighbour of itself; needed where training rows are scored (protocol transductive).");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "lof",
            "LOF",
            "density",
            "Compares how densely training rows lie around a row and around its neighbours; flags rows in thinner"
                    + " surroundings than theirs.",
            "local outlier factor: about 1 among equals, higher in thinner surroundings",
            List.of(new Reference(
                    "M. M. Breunig, H.-P. Kriegel, R. T. Ng, J. Sander",
                    "LOF: Identifying Density-Based Local Outliers",
                    "SIGMOD 2000",
                    "https://doi.org/10.1145/342009.335388")),
            List.of(NEIGHBOURS, METRIC, MAX_TRAIN.defaultsTo(50_000).flags("--lof-max-train"), SCORE_KIND),
            presets(),
            SolvedDetector.latentSpaces(),
            List.of(new AnatomyObject(
                    LofSolution.LINKS, "k-distances of the sparsest training rows", AnatomyObject.Kind.LINKS)),
            List.of(new LossTerm(MEAN_FACTOR, "Mean factor of training rows")),
            true,
            List.of("local outlier factor", "LocalOutlierFactor"));

    private static List<Preset> presets() {
        return List.of(
                Preset.of("default", "20 neighbours, min-max scaling; scikit-learn's default.", "min-max"),
                Preset.of(
                        "paper",
                        "Breunig et al. 2000: 10 to 50 neighbours; the lower end of their advice is 10.",
                        null,
                        "neighbours=10"),
                Preset.of(
                        "nrcan",
                        "The 13-model program's defaults, fitted on training rows only.",
                        null,
                        "neighbours=20"),
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia.",
                        "z-score",
                        "neighbours=50"),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid.",
                        "min-max",
                        "neighbours=20"),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD and NSL-KDD.",
                        "min-max",
                        "neighbours=20"),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        "neighbours=15"));
    }

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        int used = Math.min(data.rows(), values.get(MAX_TRAIN));
        int neighbours = values.get(NEIGHBOURS);
        refuseTooManyNeighbours(used, neighbours);
        List<String> warnings = new ArrayList<>();
        if (used > 1 && neighbours > used - 1) {
            warnings.add("There are " + used + " training rows, so " + (used - 1) + " neighbours are used instead of "
                    + neighbours + ".");
        }
        boolean tree = data.features() <= NearestRows.TREE_FEATURES
                && Distance.of(values.get(METRIC)).bounded();
        if (used > COSTLY_ROWS && !tree) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s of %d features to compare, because a search tree does not help above %d features or with the"
                            + " cosine; this may take minutes. Lower '%s' to shorten it: time grows with its square.",
                    TrainSample.pairs(used),
                    data.features(),
                    NearestRows.TREE_FEATURES,
                    MAX_TRAIN.label()));
        }
        return new NetworkShape(
                List.of(data.features()), Map.of("training rows", (long) used * data.features()), warnings);
    }

    private static void refuseTooManyNeighbours(int rows, int neighbours) {
        if ((long) rows * neighbours > Integer.MAX_VALUE - 8) {
            throw new InvalidValuesException(Map.of(
                    NEIGHBOURS.key(),
                    String.format(
                            Locale.ROOT,
                            "%d neighbours of each of %,d training rows are more than %,d and do not fit into memory. Use"
                                    + " at most %d neighbours, or fewer training rows.",
                            neighbours,
                            rows,
                            Integer.MAX_VALUE - 8,
                            (Integer.MAX_VALUE - 8) / rows)));
        }
    }

    @Override
    public Optional<Solution> solve(Values values, TrainingData data, TrainingContext context) {
        float[] rows = TrainSample.of(data, values.get(MAX_TRAIN), context);
        ParallelLoop loop = new ParallelLoop(context.threads(), context.control()::mayContinue);
        double[] doubles = TrainSample.doubles(rows);
        Optional<LocalDensity> found = LocalDensity.fit(
                doubles, data.features(), Distance.of(values.get(METRIC)), values.get(NEIGHBOURS), loop);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        LocalDensity density = found.get();
        double[] factors = new double[density.size()];
        if (!loop.run(factors.length, LocalDensity.round(doubles), i -> factors[i] = density.ofTraining(i))) {
            return Optional.empty();
        }
        warnOfCopies(density, context);
        double mean = Arrays.stream(factors).average().orElseThrow();
        return Optional.of(new LofSolution(rows, density, inSample(values), mean));
    }

    private static void warnOfCopies(LocalDensity density, TrainingContext context) {
        long copies = Arrays.stream(density.reach()).filter(reach -> reach == 0).count();
        if (copies > 0) {
            context.warn()
                    .accept(
                            "copies",
                            String.format(
                                    Locale.ROOT,
                                    "%,d of %,d training rows have at least %d exact copies, so their density is infinite;"
                                            + " 1e10 is used. Rows beside them get factors of up to about 1e10. Raise"
                                            + " '%s', or remove copies.",
                                    copies,
                                    density.size(),
                                    density.neighbours(),
                                    NEIGHBOURS.label()));
        }
    }

    private static boolean inSample(Values values) {
        return values.get(SCORE_KIND).equals("in-sample");
    }

    @Override
    public Solution solution(Values values, int features, Map<String, Tensor> weights) {
        return LofSolution.of(
                weights, features, Distance.of(values.get(METRIC)), values.get(NEIGHBOURS), inSample(values));
    }
}
