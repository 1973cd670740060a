package org.oddlens.engine.detector.oneclass;

import static org.oddlens.engine.detector.SharedHyperparameters.BATCH_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.DECOUPLED_DECAY;
import static org.oddlens.engine.detector.SharedHyperparameters.DROP_LAST;
import static org.oddlens.engine.detector.SharedHyperparameters.EPOCHS;
import static org.oddlens.engine.detector.SharedHyperparameters.GRAD_CLIP;
import static org.oddlens.engine.detector.SharedHyperparameters.HIDDEN;
import static org.oddlens.engine.detector.SharedHyperparameters.INITIALISATION;
import static org.oddlens.engine.detector.SharedHyperparameters.LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.MIN_LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.SCHEDULE;
import static org.oddlens.engine.detector.SharedHyperparameters.VALIDATION_SHARE;
import static org.oddlens.engine.detector.SharedHyperparameters.WEIGHT_DECAY;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorDescriptor.LossTerm;
import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Reference;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.graph.Softplus;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.param.Widths;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.Tensor;

/**
 * DROCC: a classifier that separates normal rows from points found by adversarial search in a shell around each of them.
 *
 * <pre>
 * loss  = mean over rows of [ BCE(o(x), 0) + λ · BCE(o(x_adv), 1) ]     second term after the warm-up
 * x_adv = a point between r and γ·r from x that the network calls normal ({@link ShellSearch})
 * score = o(x), the logit of "anomaly"
 * </pre>
 *
 * <p>Goyal, Raghunathan, Jain, Simhadri, Jain, "DROCC: Deep Robust One-Class Classification", ICML 2020, arXiv:2002.12718.
 * The targets are turned round: 0 is normal. Every training row counts as normal, whatever its label. The 13-model program
 * searches in the wrong direction and reads labels; both are mended, also in its preset.
 */
public final class Drocc implements NetworkDetector {

    private static final String AUTO = "auto";

    private static final Hyperparameter<String> RADIUS = Hyperparameter.namedReal(
                    "radius", "Radius", List.of(AUTO), 1e-3, 1e4, AUTO)
            .unit("scaled units")
            .in(Group.ESSENTIALS)
            .flags("--drocc-radius")
            .help(
                    "Adversarial points lie at least this far from their row. 'auto': half the square root of the number of"
                            + " features, which suits z-scored features; the scale of the features matters.");

    private static final Hyperparameter<Double> GAMMA = Hyperparameter.real("gamma", "Outer radius factor", 1, 100, 2)
            .in(Group.ESSENTIALS)
            .flags("--drocc-gamma")
            .help("They lie at most this many radii away.");

    private static final Hyperparameter<Double> ADVERSARIAL_WEIGHT = Hyperparameter.real(
                    "adversarial-weight", "Adversarial weight", 0, 100, 1)
            .in(Group.LOSS)
            .flags("--drocc-lamb")
            .changesLive()
            .help("Weight of the adversarial points in the loss. The paper uses 0.5 and 1.");

    private static final Hyperparameter<Integer> WARM_UP = Hyperparameter.whole("warm-up", "Warm-up", 0, 100_000, 50)
            .unit("epochs")
            .in(Group.TRAINING)
            .help("Epochs on normal rows alone before the search begins. A warm-up as long as the training is cut to a"
                    + " quarter of it.");

    private static final Hyperparameter<Integer> SEARCH_STEPS = Hyperparameter.whole(
                    "search-steps", "Search steps", 1, 10_000, 50)
            .unit("steps")
            .in(Group.TRAINING)
            .help("Steps of the adversarial search for every batch. Each costs a pass through the network.");

    private static final Hyperparameter<Double> SEARCH_STEP_SIZE = Hyperparameter.logReal(
                    "search-step-size", "Search step size", 1e-5, 100, 0.01)
            .unit("scaled units")
            .in(Group.TRAINING)
            .help("Length of a step of the search.");

    private static final Hyperparameter<Boolean> FALLING_RATE = Hyperparameter.flag(
                    "falling-rate", "Falling rate", true)
            .in(Group.TRAINING)
            .help("Times 0.1 after 30 %, 60 % and 90 % of the epochs behind the warm-up, on top of the schedule.");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "drocc",
            "DROCC",
            "one-class",
            "Learns to tell normal rows from the hardest points at a distance from them; flags the rows it takes for such.",
            "logit of being anomalous: above 0 the network sides with anomalous",
            List.of(new Reference(
                    "S. Goyal, A. Raghunathan, M. Jain, H. V. Simhadri, P. Jain",
                    "DROCC: Deep Robust One-Class Classification",
                    "ICML 2020, PMLR 119",
                    "https://proceedings.mlr.press/v119/goyal20c.html")),
            List.of(
                    EPOCHS,
                    BATCH_SIZE.defaultsTo(64),
                    LEARNING_RATE,
                    RADIUS,
                    GAMMA,
                    HIDDEN.defaultsTo(Widths.of(128))
                            .flags("--drocc-num-hidden-nodes")
                            .help("Widths of the hidden layers. 'auto' is 128."),
                    ADVERSARIAL_WEIGHT,
                    WARM_UP,
                    SEARCH_STEPS,
                    SEARCH_STEP_SIZE,
                    FALLING_RATE,
                    SCHEDULE,
                    MIN_LEARNING_RATE,
                    WEIGHT_DECAY,
                    VALIDATION_SHARE,
                    DROP_LAST,
                    DECOUPLED_DECAY,
                    GRAD_CLIP,
                    INITIALISATION.defaultsTo("torch")),
            presets(),
            List.of(new LatentSpace(ShellRule.CODE, "Hidden units")),
            List.of(new AnatomyObject(ShellRule.SHOWN, "Adversarial points", AnatomyObject.Kind.POINTS)),
            List.of(
                    new LossTerm("normal", "Cross entropy of normal rows"),
                    new LossTerm("adversarial", "Cross entropy of adversarial points")),
            false,
            List.of("deep robust one-class classification"));

    private static List<Preset> presets() {
        String program = "epochs=200 batch-size=128 learning-rate=1e-4 hidden=20 radius=3";
        String successor = "epochs=200 batch-size=128 learning-rate=1e-3 hidden=128";
        String large = "hidden=20 learning-rate=1e-4 batch-size=1024";
        return List.of(
                Preset.of(
                        "default",
                        "The authors' network, rate and search with the paper's radius, half the square root of the number"
                                + " of features, smaller batches for small sets; z-score scaling.",
                        "z-score"),
                Preset.of(
                        "paper/arrhythmia",
                        "Goyal et al. 2020, the authors' settings for Arrhythmia: radius 16.",
                        "z-score",
                        "epochs=200 learning-rate=1e-4 radius=16 batch-size=256"),
                Preset.of(
                        "paper/thyroid",
                        "Goyal et al. 2020, the authors' settings for Thyroid: radius 2.5.",
                        "z-score",
                        "epochs=100 learning-rate=1e-3 radius=2.5 batch-size=256"),
                Preset.of(
                        "nrcan",
                        "The 13-model program's defaults on z-scored features; direction of the search mended.",
                        "z-score",
                        program),
                Preset.of(
                        "nrcan/arrhythmia",
                        "The 13-model program's defaults with its suggestions for Arrhythmia: 128 units, radius 16.",
                        "z-score",
                        program,
                        "hidden=128 radius=16"),
                Preset.of(
                        "nrcan/thyroid",
                        "The 13-model program's defaults with its suggestions for Thyroid: 128 units, radius 2.5.",
                        "z-score",
                        program,
                        "hidden=128 radius=2.5"),
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia.",
                        "z-score",
                        successor),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid.",
                        "min-max",
                        successor,
                        "batch-size=1024"),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD and NSL-KDD.",
                        "min-max",
                        successor,
                        large,
                        "weight-decay=1e-4 epochs=100"),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        successor,
                        large,
                        "weight-decay=1e-6 radius=3"));
    }

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        Map<String, String> problems = new LinkedHashMap<>();
        List<Integer> widths = widths(values, data);
        if (widths.size() == 1 || widths.contains(0)) {
            problems.put(
                    HIDDEN.key(),
                    "DROCC needs at least one hidden layer, and every layer at least 1 unit. Type a width, or 'auto' (128).");
        }
        if (values.get(SCHEDULE).equals("plateau")) {
            problems.put(
                    SCHEDULE.key(),
                    "The plateau schedule watches the validation loss; that of DROCC is of normal rows alone and rises when"
                            + " the adversarial points come in. Choose another schedule.");
        }
        if (!problems.isEmpty()) {
            throw new InvalidValuesException(problems);
        }
        List<Integer> all = new ArrayList<>(widths);
        all.add(1);
        long count = 0;
        for (int i = 1; i < all.size(); i++) {
            count += (long) all.get(i - 1) * all.get(i) + all.get(i);
        }
        return new NetworkShape(all, Map.of("network", count), warnings(values, data));
    }

    private static List<String> warnings(Values values, DataShape data) {
        List<String> warnings = new ArrayList<>();
        if (values.get(WARM_UP) >= values.get(EPOCHS) && values.get(WARM_UP) > 0) {
            warnings.add("The warm-up of " + values.get(WARM_UP) + " epochs is as long as the training of "
                    + values.get(EPOCHS) + ", so no adversarial point would ever be used. It is cut to "
                    + warmUp(values)
                    + ". Raise the epochs or lower the warm-up.");
        }
        double radius = radius(values, data);
        double diagonal = Math.sqrt(data.features());
        if ("min-max".equals(data.scaler()) && radius > diagonal) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "The radius %.3g is larger than %.3g, the diagonal of min-max scaled data: every adversarial point lies"
                            + " far outside and is easy to tell. Use the z-score scaler or a radius below %.3g.",
                    radius,
                    diagonal,
                    diagonal / 2));
        }
        return warnings;
    }

    private static List<Integer> widths(Values values, DataShape data) {
        List<Integer> widths = new ArrayList<>(List.of(data.features()));
        widths.addAll(
                values.get(HIDDEN).auto() ? List.of(128) : values.get(HIDDEN).sizes());
        return widths;
    }

    private static double radius(Values values, DataShape data) {
        String radius = values.get(RADIUS);
        return radius.equals(AUTO) ? Math.sqrt(data.features()) / 2 : Double.parseDouble(radius);
    }

    /** Epochs without adversarial points; cut where none would be left for them. */
    private static int warmUp(Values values) {
        int wanted = values.get(WARM_UP);
        int epochs = values.get(EPOCHS);
        return wanted < epochs ? wanted : epochs / 4;
    }

    @Override
    public TrainingRule rule(Values values, DataShape data) {
        double inner = radius(values, data);
        ShellSearch.Settings search = new ShellSearch.Settings(
                values.get(SEARCH_STEPS), values.get(SEARCH_STEP_SIZE), inner, inner * values.get(GAMMA));
        return new ShellRule(
                new ShellRule.Settings(search, values.get(EPOCHS), warmUp(values), values.get(FALLING_RATE)));
    }

    @Override
    public Network network(Values values, DataShape data, DataType type, RandomStreams streams) {
        List<Integer> widths = widths(values, data);
        int last = widths.get(widths.size() - 1);
        NetworkBuilder net = new NetworkBuilder(type, streams);
        Softplus softplus = new Softplus(net.graph());
        SDVariable x = net.input(NetworkBuilder.FEATURES, data.features());
        SDVariable points = net.input(ShellRule.ADVERSARIAL, data.features());
        SDVariable counts = net.graph().reshape(net.input(ShellRule.COUNTS, 1), -1);
        LogitNetwork network = new LogitNetwork(net, widths, Initialisation.of(values.get(INITIALISATION)));

        LogitNetwork.Applied clean = network.at(x);
        SDVariable normal = softplus.againstZero(clean.logit());
        net.term("normal", normal);
        SDVariable adversarial = softplus.againstOne(network.at(points).logit());
        net.term("adversarial", adversarial.mul(counts).mul(values.get(ADVERSARIAL_WEIGHT)));

        net.frozen(ShellRule.SHOWN, new float[ShellRule.SHOWN_POINTS * last], ShellRule.SHOWN_POINTS, last);
        net.output(SCORE, clean.logit(), 1);
        net.output(VALIDATION_LOSS, normal, 1);
        net.output(ShellRule.CODE, clean.code(), last);
        net.output(ShellRule.SLOPE, clean.slope(), data.features());
        return net.build();
    }

    @Override
    public Map<String, Tensor> anatomy(Map<String, Tensor> weights, Map<String, float[]> outputs, int rows) {
        return Map.of(ShellRule.SHOWN, weights.get(ShellRule.SHOWN));
    }
}
