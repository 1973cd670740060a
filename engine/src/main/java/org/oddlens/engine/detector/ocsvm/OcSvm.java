package org.oddlens.engine.detector.ocsvm;

import static org.oddlens.engine.detector.solved.TrainSample.MAX_TRAIN;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import libsvm.svm_model;
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
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.Tensor;

/**
 * One-class support vector machine. Problem and sources: {@link OneClassProblem}; score: {@link SupportVectors}. The
 * 13-model program scores with the sign of the decision, which leaves two values; here the decision itself is the score,
 * also in its presets. It is solved on training rows only.
 */
public final class OcSvm implements SolvedDetector {

    static final String OBJECTIVE = "objective";

    private static final String SCALE = "scale";
    private static final String AUTO = "auto";
    private static final int COSTLY_ROWS = 5_000;
    private static final int ROUND = 64;

    /** A vector lighter than this was left at 0 by the solver up to rounding. */
    private static final double NOTHING = 1e-12;

    private static final Hyperparameter<String> KERNEL = Hyperparameter.choice(
                    "kernel", "Kernel", Kernel.Kind.ids(), "rbf")
            .in(Group.ESSENTIALS)
            .flags("--ocsvm-kernel")
            .help("Similarity of rows. 'rbf' surrounds the training rows; 'linear', 'poly' and 'sigmoid' cut them off"
                    + " from the origin, which depends on the scaler.");

    private static final Hyperparameter<Double> NU = Hyperparameter.real("nu", "Nu", 1e-6, 1, 0.5)
            .unit("fraction of training rows")
            .in(Group.ESSENTIALS)
            .flags("--ocsvm-nu")
            .help("Largest share of training rows outside, and smallest share of support vectors. Lower it when the"
                    + " training rows are clean.");

    private static final Hyperparameter<String> GAMMA = Hyperparameter.namedReal(
                    "gamma", "Gamma", List.of(SCALE, AUTO), 1e-9, 1e9, SCALE)
            .in(Group.ESSENTIALS)
            .flags("--ocsvm-gamma")
            .help("How fast similarity falls with distance. 'scale': 1 / (features × variance of all scaled values)."
                    + " 'auto': 1 / features. Not used by the linear kernel.");

    private static final Hyperparameter<Integer> DEGREE = Hyperparameter.whole("degree", "Degree", 1, 10, 3)
            .in(Group.ADVANCED)
            .help("Power of the kernel 'poly'.");

    private static final Hyperparameter<Double> COEF0 = Hyperparameter.real("coef0", "Constant", -100, 100, 0)
            .in(Group.ADVANCED)
            .help("Constant inside the kernels 'poly' and 'sigmoid'.");

    private static final Hyperparameter<Double> TOLERANCE = Hyperparameter.logReal(
                    "tolerance", "Solver tolerance", 1e-10, 1, 1e-3)
            .in(Group.ADVANCED)
            .help("When the solver is content. Smaller values take longer; scores move by about this much.");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "oc-svm",
            "OC-SVM",
            "one-class",
            "Draws a boundary round the training rows in the space of a kernel; flags rows outside it.",
            "minus the decision value: above 0 outside the boundary",
            List.of(
                    new Reference(
                            "B. Schölkopf, J. C. Platt, J. Shawe-Taylor, A. J. Smola, R. C. Williamson",
                            "Estimating the Support of a High-Dimensional Distribution",
                            "Neural Computation 13(7), 2001",
                            "https://doi.org/10.1162/089976601750264965"),
                    new Reference(
                            "C.-C. Chang, C.-J. Lin",
                            "LIBSVM: A Library for Support Vector Machines",
                            "ACM Transactions on Intelligent Systems and Technology 2(3), 2011",
                            "https://doi.org/10.1145/1961189.1961199")),
            List.of(KERNEL, NU, GAMMA, MAX_TRAIN.flags("--ocsvm-max-train"), DEGREE, COEF0, TOLERANCE),
            presets(),
            SolvedDetector.latentSpaces(),
            List.of(new AnatomyObject(SupportVectors.ANATOMY, "Support vectors", AnatomyObject.Kind.ITEMS)),
            List.of(new LossTerm(OBJECTIVE, "Dual objective per row")),
            true,
            List.of("OCSVM", "OneClassSVM", "one-class SVM", "support vector"));

    private static List<Preset> presets() {
        String successor = "nu=0.4 gamma=scale";
        return List.of(
                Preset.of("default", "RBF kernel, nu 0.5, gamma by the variance, min-max scaling.", "min-max"),
                Preset.of(
                        "paper",
                        "Schölkopf et al. 2001: RBF kernel; their nu of 0.05 for finding outliers.",
                        null,
                        "nu=0.05"),
                Preset.of(
                        "nrcan",
                        "The 13-model program's flags: gamma 'auto', nu 0.5; score and training rows mended.",
                        null,
                        "gamma=auto nu=0.5"),
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia.",
                        "z-score",
                        successor),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid.",
                        "z-score",
                        "nu=0.05 gamma=scale"),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD and NSL-KDD.",
                        "min-max",
                        successor),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        successor));
    }

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        int used = Math.min(data.rows(), values.get(MAX_TRAIN));
        List<String> warnings = new ArrayList<>();
        if (used > COSTLY_ROWS) {
            double megabytes = 4.0 * used * used / 1e6;
            warnings.add(String.format(
                    Locale.ROOT,
                    "%s; all similarities together would take %,.0f MB, and what does not fit into 200 MB is computed again"
                            + " and again. This may take minutes. Lower '%s' (--%s) to shorten it: time grows with its"
                            + " square or faster.",
                    TrainSample.pairs(used),
                    megabytes,
                    MAX_TRAIN.label(),
                    MAX_TRAIN.key()));
        }
        return new NetworkShape(
                List.of(data.features()), Map.of("training rows", (long) used * data.features()), warnings);
    }

    @Override
    public Optional<Solution> solve(Values values, TrainingData data, TrainingContext context) {
        float[] rows = TrainSample.of(data, values.get(MAX_TRAIN), context);
        double[] doubles = TrainSample.doubles(rows);
        int count = doubles.length / data.features();
        double nu = Math.max(values.get(NU), 1.0 / count); // fewer than one row outside has no solution
        Kernel kernel = kernel(values, gamma(values.get(GAMMA), doubles, data.features()));
        Optional<svm_model> solved = new OneClassProblem(kernel, nu, values.get(TOLERANCE))
                .solve(doubles, data.features(), context.control()::mayContinue);
        if (solved.isEmpty()) {
            return Optional.empty();
        }
        SupportVectors vectors = vectors(solved.get(), kernel, rows, data.features());
        warnOfTooMany(vectors.alpha().length, count, nu, context);
        OptionalDouble objective = objective(vectors, data.features(), context);
        return objective.isEmpty()
                ? Optional.empty()
                : Optional.of(vectors.withObjective(objective.getAsDouble() / count));
    }

    /** γ by name or number; 1 where the rows do not vary at all. */
    static double gamma(String text, double[] values, int features) {
        if (text.equals(AUTO)) {
            return 1.0 / features;
        }
        if (!text.equals(SCALE)) {
            return Double.parseDouble(text);
        }
        double mean = 0;
        for (double value : values) {
            mean += value / values.length;
        }
        double variance = 0;
        for (double value : values) {
            variance += (value - mean) * (value - mean) / values.length;
        }
        return variance > 0 ? 1 / (features * variance) : 1;
    }

    private static Kernel kernel(Values values, double gamma) {
        return new Kernel(Kernel.Kind.of(values.get(KERNEL)), gamma, values.get(COEF0), values.get(DEGREE));
    }

    private static SupportVectors vectors(svm_model model, Kernel kernel, float[] rows, int features) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < model.l; i++) {
            if (model.sv_coef[0][i] > NOTHING) {
                kept.add(i);
            }
        }
        float[] vectors = new float[kept.size() * features];
        double[] alpha = new double[kept.size()];
        for (int i = 0; i < alpha.length; i++) {
            int row = model.sv_indices[kept.get(i)] - 1;
            System.arraycopy(rows, row * features, vectors, i * features, features);
            alpha[i] = model.sv_coef[0][kept.get(i)];
        }
        return SupportVectors.of(kernel, vectors, alpha, model.rho[0]);
    }

    /** ½ αᵀ K α; empty if told to stop. */
    private static OptionalDouble objective(SupportVectors found, int features, TrainingContext context) {
        double[] parts = new double[found.alpha().length];
        boolean complete = new ParallelLoop(context.threads(), context.control()::mayContinue)
                .run(parts.length, ROUND, i -> {
                    double[] row = Arrays.copyOfRange(found.doubles(), i * features, (i + 1) * features);
                    parts[i] = found.alpha()[i] * (found.decision(row) + found.rho()) / 2;
                });
        return complete ? OptionalDouble.of(Arrays.stream(parts).sum()) : OptionalDouble.empty();
    }

    private static void warnOfTooMany(int vectors, int rows, double nu, TrainingContext context) {
        if (vectors > Math.max(2 * nu, 0.5) * rows) {
            context.warn()
                    .accept(
                            "support-vectors",
                            String.format(
                                    Locale.ROOT,
                                    "%,d of %,d training rows are support vectors, where nu %.3g asks for %,.0f: the machine"
                                            + " remembers rows instead of a boundary. Use a smaller gamma.",
                                    vectors,
                                    rows,
                                    nu,
                                    Math.ceil(nu * rows)));
        }
    }

    @Override
    public Solution solution(Values values, int features, Map<String, Tensor> weights) {
        return SupportVectors.of(kernel(values, Double.NaN), weights, features);
    }
}
