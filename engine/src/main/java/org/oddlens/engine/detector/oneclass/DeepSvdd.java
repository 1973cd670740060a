package org.oddlens.engine.detector.oneclass;

import static org.oddlens.engine.detector.SharedHyperparameters.ACTIVATION;
import static org.oddlens.engine.detector.SharedHyperparameters.BATCH_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.COMPRESSION;
import static org.oddlens.engine.detector.SharedHyperparameters.DECOUPLED_DECAY;
import static org.oddlens.engine.detector.SharedHyperparameters.DROP_LAST;
import static org.oddlens.engine.detector.SharedHyperparameters.EPOCHS;
import static org.oddlens.engine.detector.SharedHyperparameters.GRAD_CLIP;
import static org.oddlens.engine.detector.SharedHyperparameters.HIDDEN;
import static org.oddlens.engine.detector.SharedHyperparameters.INITIALISATION;
import static org.oddlens.engine.detector.SharedHyperparameters.LATENT_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.LAYERS;
import static org.oddlens.engine.detector.SharedHyperparameters.LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.MIN_LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.PATIENCE;
import static org.oddlens.engine.detector.SharedHyperparameters.SCHEDULE;
import static org.oddlens.engine.detector.SharedHyperparameters.VALIDATION_SHARE;
import static org.oddlens.engine.detector.SharedHyperparameters.WEIGHT_DECAY;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorDescriptor.LossTerm;
import org.oddlens.engine.detector.EncoderWidths;
import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.detector.LayoutChecks;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Reference;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.DenseStack;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.Tensor;

/**
 * Deep SVDD: a network without biases that maps normal rows close to a fixed centre; the distance from it is the score.
 *
 * <pre>
 * c      = mean of φ(x) over the training rows before training, components pushed to ±0.1 ({@link Sphere})
 * d(x)   = Σⱼ (φ(x)ⱼ − cⱼ)²
 * loss   = mean over rows of d                                     one-class
 *        = R² + 1/ν · mean over rows of max(0, d − R²)             soft boundary; R as in {@link SphereRule}
 * score  = d, or d − R² with a soft boundary
 * </pre>
 *
 * <p>Ruff, Vandermeulen, Görnitz, Deecke, Siddiqui, Binder, Müller, Kloft, "Deep One-Class Classification", ICML 2018. The
 * 13-model program has biases, with which the constant map is within reach, and keeps the centre of its first run; here the
 * centre is new for every run and biases are an option.
 */
public final class DeepSvdd implements NetworkDetector {

    private static final String SOFT = "soft-boundary";
    private static final String PRETRAINING = "pretraining";

    private static final Hyperparameter<String> OBJECTIVE = Hyperparameter.choice(
                    "objective", "Objective", List.of("one-class", SOFT), "one-class")
            .in(Group.ESSENTIALS)
            .help("'one-class' draws every row to the centre. 'soft-boundary' draws in only the rows outside a sphere"
                    + " that leaves the share 'Nu' of them outside; for training rows that hold anomalies.");

    private static final Hyperparameter<Double> NU = Hyperparameter.real("nu", "Nu", 0.01, 0.5, 0.1)
            .unit("fraction of training rows")
            .in(Group.ESSENTIALS)
            .changesLive()
            .help("Share of training rows outside the sphere. With the objective 'one-class' it only sets the sphere"
                    + " that is shown.");

    private static final Hyperparameter<Integer> WARM_UP = Hyperparameter.whole("warm-up", "Warm-up", 0, 100_000, 10)
            .unit("epochs")
            .in(Group.TRAINING)
            .help("Epochs before the soft boundary's radius leaves 0. Until then every row is drawn to the centre.");

    private static final Hyperparameter<Integer> PRETRAIN_EPOCHS = Hyperparameter.whole(
                    "pretrain-epochs", "Pretraining", 0, 100_000, 0)
            .unit("epochs")
            .in(Group.TRAINING)
            .help("Epochs before the others in which the network learns to compress and rebuild rows, with a mirrored"
                    + " decoder. The centre is taken after them. 0: none.");

    private static final Hyperparameter<Boolean> BIAS = Hyperparameter.flag("bias", "Bias", false)
            .in(Group.NETWORK)
            .flags("--deepsvdd-bias")
            .help("Layers with biases, as in the 13-model program. They allow the network to map every row to the"
                    + " centre.");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "deep-svdd",
            "Deep SVDD",
            "one-class",
            "Learns to map normal rows close to a centre; flags the rows it maps far from it.",
            "squared distance from the centre; with a soft boundary less the squared radius, so above 0 outside",
            List.of(new Reference(
                    "L. Ruff, R. Vandermeulen, N. Görnitz, L. Deecke, S. A. Siddiqui, A. Binder, E. Müller,"
                            + " M. Kloft",
                    "Deep One-Class Classification",
                    "ICML 2018, PMLR 80",
                    "https://proceedings.mlr.press/v80/ruff18a.html")),
            List.of(
                    EPOCHS.defaultsTo(200),
                    BATCH_SIZE,
                    LEARNING_RATE,
                    OBJECTIVE,
                    NU,
                    LATENT_SIZE.help("Numbers a row is mapped to. 'auto': the last hidden width divided by the"
                            + " compression factor."),
                    HIDDEN.help(
                            "Widths of the hidden layers. 'auto' follows the number of features, or 'Encoder layers'"
                                    + " if that is set."),
                    LAYERS.flags("--n-layers", "--deepsvdd-n-layers"),
                    COMPRESSION.flags("--compression-factor", "--deepsvdd-compression-factor"),
                    ACTIVATION.defaultsTo("leaky-relu").flags("--act-fn", "--deepsvdd-act-fn"),
                    BIAS,
                    PRETRAIN_EPOCHS,
                    WARM_UP,
                    SCHEDULE,
                    MIN_LEARNING_RATE,
                    WEIGHT_DECAY.defaultsTo(1e-6),
                    VALIDATION_SHARE,
                    PATIENCE,
                    DROP_LAST,
                    DECOUPLED_DECAY,
                    GRAD_CLIP,
                    INITIALISATION.defaultsTo("he")),
            presets(),
            List.of(new LatentSpace(SphereRule.CODE, "Latent code")),
            List.of(new AnatomyObject(SphereRule.CENTRE, "Centre and radius", AnatomyObject.Kind.SPHERE)),
            List.of(
                    new LossTerm("distance", "Squared distance from the centre"),
                    new LossTerm("outside", "Squared distance outside the sphere, divided by nu"),
                    new LossTerm("radius", "Squared radius"),
                    new LossTerm("reconstruction", "Reconstruction (sum of squares)")),
            false,
            List.of("DeepSVDD", "Deep-SVDD", "deep one-class", "support vector data description"));

    private static List<Preset> presets() {
        String program = "epochs=200 learning-rate=1e-4 layers=2 activation=relu bias=true weight-decay=0"
                + " initialisation=torch";
        String paper = "epochs=150 pretrain-epochs=350 learning-rate=1e-4 batch-size=200 initialisation=glorot";
        String successor = "epochs=200 learning-rate=1e-4 activation=relu weight-decay=1e-4 initialisation=torch";
        return List.of(
                Preset.of(
                        "default",
                        "The paper's loss on a network that halves width by width, no biases, leaky ReLU; min-max"
                                + " scaling, because a network without biases maps rows near 0 to 0.",
                        "min-max"),
                Preset.of(
                        "paper",
                        "Ruff et al. 2018: 350 epochs of pretraining, then 150 of the one-class loss, at a constant rate;"
                                + " widths ours, as theirs are for images.",
                        "min-max",
                        paper),
                Preset.of(
                        "paper/soft-boundary",
                        "The same with the soft boundary, nu 0.1, warm-up 10 epochs.",
                        "min-max",
                        paper,
                        "objective=soft-boundary"),
                Preset.of(
                        "nrcan", "The 13-model program's defaults; centre mended, widths floored at 1.", null, program),
                Preset.of(
                        "nrcan/arrhythmia",
                        "The 13-model program's defaults for Arrhythmia.",
                        null,
                        program,
                        "batch-size=64"),
                Preset.of(
                        "nrcan/thyroid",
                        "The 13-model program's defaults for Thyroid; widths floored at 1.",
                        null,
                        program,
                        "batch-size=128"),
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia.",
                        "min-max",
                        successor,
                        "hidden=256 latent-size=512"),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid.",
                        "z-score",
                        successor,
                        "hidden=32,64 latent-size=128 batch-size=1024"),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD and NSL-KDD.",
                        "min-max",
                        successor,
                        "hidden=128,256 latent-size=512 batch-size=1024 epochs=100"),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        successor,
                        "hidden=128,256 latent-size=512 weight-decay=1e-6 batch-size=1024"));
    }

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public int epochs(Values values) {
        return values.get(PRETRAIN_EPOCHS) + values.get(EPOCHS);
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        Map<String, String> problems = new LinkedHashMap<>();
        List<String> warnings = new ArrayList<>();
        EncoderWidths widths = EncoderWidths.compressing(values, data.features(), problems, warnings);
        LayoutChecks.needValidationRows(values, problems);
        refuseWatchingPretraining(values, problems);
        if (!problems.isEmpty()) {
            throw new InvalidValuesException(problems);
        }
        warnOfCollapse(values, warnings);
        warnOfALongWarmUp(values, warnings);
        boolean bias = values.get(BIAS);
        Map<String, Long> parameters = new LinkedHashMap<>();
        parameters.put("network", numbers(widths.encoder(), bias));
        if (values.get(PRETRAIN_EPOCHS) > 0) {
            parameters.put("decoder for pretraining", numbers(widths.decoder(), bias));
        }
        return new NetworkShape(widths.encoder(), parameters, warnings);
    }

    /** The one-class loss of an autoencoder's code is no measure of either. */
    private static void refuseWatchingPretraining(Values values, Map<String, String> problems) {
        if (values.get(PRETRAIN_EPOCHS) == 0) {
            return;
        }
        String sentence = " watches the one-class loss, which means nothing during the " + values.get(PRETRAIN_EPOCHS)
                + " epochs of pretraining. Set 'Pretraining' to 0 or ";
        if (values.get(PATIENCE) > 0) {
            problems.putIfAbsent(PATIENCE.key(), "Patience" + sentence + "patience to 0.");
        }
        if (values.get(SCHEDULE).equals("plateau")) {
            problems.putIfAbsent(SCHEDULE.key(), "The plateau schedule" + sentence + "choose another schedule.");
        }
    }

    private static void warnOfCollapse(Values values, List<String> warnings) {
        String activation = values.get(ACTIVATION);
        if (activation.equals(Activation.TANH.id()) || activation.equals(Activation.SIGMOID.id())) {
            warnings.add(
                    "Units of '" + activation + "' are bounded: saturated, they act as biases, and the network can map"
                            + " every row to the centre. Prefer relu or leaky-relu.");
        }
        if (values.get(BIAS)) {
            warnings.add(
                    "With biases the network can map every row to the centre, so that all scores are equal. Watch the"
                            + " scores, or switch 'Bias' off.");
        }
    }

    private static void warnOfALongWarmUp(Values values, List<String> warnings) {
        int warmUp = values.get(WARM_UP);
        int epochs = values.get(EPOCHS);
        if (soft(values) && warmUp >= epochs) {
            warnings.add("The warm-up of " + warmUp + " epochs is as long as the training of " + epochs
                    + ": the radius stays 0, and the soft boundary never acts. Raise the epochs or lower the warm-up.");
        }
    }

    private static long numbers(List<Integer> widths, boolean bias) {
        long count = 0;
        for (int i = 1; i < widths.size(); i++) {
            count += (long) widths.get(i - 1) * widths.get(i) + (bias ? widths.get(i) : 0);
        }
        return count;
    }

    private static boolean soft(Values values) {
        return values.get(OBJECTIVE).equals(SOFT);
    }

    @Override
    public TrainingRule rule(Values values, DataShape data) {
        return new SphereRule(new SphereRule.Settings(
                values.get(PRETRAIN_EPOCHS), soft(values), values.get(NU), values.get(WARM_UP)));
    }

    @Override
    public Network network(Values values, DataShape data, DataType type, RandomStreams streams) {
        EncoderWidths widths =
                EncoderWidths.compressing(values, data.features(), new LinkedHashMap<>(), new ArrayList<>());
        Activation hidden = Activation.of(values.get(ACTIVATION));
        Initialisation init = Initialisation.of(values.get(INITIALISATION));
        NetworkBuilder net = new NetworkBuilder(type, streams);

        SDVariable x = net.input(NetworkBuilder.FEATURES, data.features());
        SDVariable code = new DenseStack(net, "encoder", widths.encoder(), init, values.get(BIAS))
                .apply(x, in -> hidden.apply(net.graph(), in));
        float[] start = new float[widths.latent()];
        Arrays.fill(start, (float) Sphere.LEAST);
        SDVariable off = code.sub(net.frozen(SphereRule.CENTRE, start, widths.latent()));
        SDVariable distance = off.mul(off).sum(1);
        SDVariable radius = net.frozen(SphereRule.RADIUS, new float[1], 1);

        net.objective(NetworkBuilder.LOSS, name -> name.startsWith("encoder"));
        if (soft(values)) {
            SDVariable boundary = net.frozen(SphereRule.BOUNDARY, new float[1], 1);
            SDVariable squared = boundary.mul(boundary);
            SDVariable outside = net.graph().nn().relu(distance.sub(squared), 0);
            net.term(NetworkBuilder.LOSS, "outside", outside.mul(1 / values.get(NU)));
            net.term(NetworkBuilder.LOSS, "radius", distance.mul(0.0).add(squared));
        } else {
            net.term(NetworkBuilder.LOSS, "distance", distance);
        }
        if (values.get(PRETRAIN_EPOCHS) > 0) {
            SDVariable rebuilt = new DenseStack(net, "decoder", widths.decoder(), init, values.get(BIAS))
                    .apply(code, in -> hidden.apply(net.graph(), in));
            net.objective(PRETRAINING, name -> true);
            net.term(
                    PRETRAINING,
                    "reconstruction",
                    net.graph().math().squaredDifference(x, rebuilt).sum(1));
        }
        net.output(SCORE, soft(values) ? distance.sub(radius.mul(radius)) : distance, 1);
        net.output(SphereRule.DISTANCE, distance, 1);
        net.output(SphereRule.CODE, code, widths.latent());
        return net.build();
    }

    @Override
    public Map<String, Tensor> anatomy(Map<String, Tensor> weights, Map<String, float[]> outputs, int rows) {
        Tensor centre = weights.get(SphereRule.CENTRE);
        Map<String, Tensor> anatomy = new LinkedHashMap<>();
        anatomy.put(SphereRule.CENTRE, Tensor.of(centre.values(), 1, centre.values().length));
        anatomy.put(SphereRule.CENTRE + "-radius", weights.get(SphereRule.RADIUS));
        return anatomy;
    }
}
