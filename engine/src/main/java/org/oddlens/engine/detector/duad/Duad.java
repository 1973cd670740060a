package org.oddlens.engine.detector.duad;

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
import static org.oddlens.engine.detector.SharedHyperparameters.OUTPUT;
import static org.oddlens.engine.detector.SharedHyperparameters.PATIENCE;
import static org.oddlens.engine.detector.SharedHyperparameters.SCHEDULE;
import static org.oddlens.engine.detector.SharedHyperparameters.VALIDATION_SHARE;
import static org.oddlens.engine.detector.SharedHyperparameters.WEIGHT_DECAY;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorDescriptor.LossTerm;
import org.oddlens.engine.detector.EncoderWidths;
import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.NetworkLayout;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Reference;
import org.oddlens.engine.detector.SharedHyperparameters;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.graph.ReconstructionFeatures;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.Tensor;

/**
 * DUAD: an autoencoder trained only on rows of tight clusters, which are chosen anew in its own representation every few
 * epochs, so that anomalies among the training rows lose their influence.
 *
 * <pre>
 * z     = [ code, cos(x, x̂) ]
 * loss  = mean over selected rows of Σⱼ (xⱼ − x̂ⱼ)²  +  γ · mean over selected rows of ‖z‖₂
 * score = Σⱼ (xⱼ − x̂ⱼ)²
 * </pre>
 *
 * <p>Li, Wang, Liu, Lin, "Deep Unsupervised Anomaly Detection", WACV 2021; see {@link DistributionClustering} and
 * {@link TightClusters} for the selection. Differs from the 13-model program, which decays weights by the number of clusters
 * and goes on while nothing changes.
 */
public final class Duad implements NetworkDetector {

    static final String CODE = "code";

    /** Role of z {@code [rows, latent + 1]}. */
    static final String CLUSTER_SPACE = "cluster-space";

    /** Frozen: codes of rejected training rows, and how many of them count. */
    static final String REJECTED = "rejected/codes";

    static final String REJECTED_COUNT = "rejected/count";

    private static final String REJECTED_ROWS = "rejected";

    private static final Hyperparameter<Integer> CLUSTERS = Hyperparameter.whole("clusters", "Clusters", 2, 50, 20)
            .in(Group.ESSENTIALS)
            .flags("--duad-n-clusters", "--duad_num-cluster")
            .help("Gaussian clusters the training rows are put into; at most a fifth of the rows.");

    private static final Hyperparameter<Double> FIRST_REJECTION = Hyperparameter.real(
                    "first-rejection", "First rejection", 0, 60, 35)
            .unit("% of clusters")
            .in(Group.ESSENTIALS)
            .flags("--duad-p0", "--duad_p_s")
            .help("Percent of the clusters, the widest ones, whose rows are left out at first.");

    private static final Hyperparameter<Double> REJECTION = Hyperparameter.real("rejection", "Rejection", 0, 60, 30)
            .unit("% of clusters")
            .in(Group.ESSENTIALS)
            .flags("--duad-p", "--duad_p_0")
            .help("Percent left out whenever the clusters are found anew. Raise it when many training rows may be"
                    + " anomalies.");

    private static final Hyperparameter<Integer> RESELECT_EVERY = Hyperparameter.whole(
                    "reselect-every", "Select every", 2, 50, 10)
            .unit("epochs")
            .in(Group.TRAINING)
            .flags("--duad-r", "--duad_r")
            .help("After this many epochs rows are chosen anew; that epoch takes no step.");

    private static final Hyperparameter<Double> CODE_NORM_WEIGHT = Hyperparameter.real(
                    "code-norm-weight", "Code norm weight", 0, 100, 0.5)
            .in(Group.LOSS)
            .changesLive()
            .help("Weight of the mean length of code and cosine in the loss. Draws codes towards the origin.");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "duad",
            "DUAD",
            "autoencoder",
            "Trains an autoencoder on rows of tight clusters only, chosen anew as it learns; flags rows it rebuilds badly.",
            "sum over features of the squared reconstruction error, in scaled units",
            List.of(
                    new Reference(
                            "T. Li, Z. Wang, S. Liu, W.-Y. Lin",
                            "Deep Unsupervised Anomaly Detection",
                            "WACV 2021",
                            "https://openaccess.thecvf.com/content/WACV2021/html/Li_Deep_Unsupervised_Anomaly_Detection_WACV_2021_paper.html")),
            List.of(
                    EPOCHS,
                    BATCH_SIZE,
                    LEARNING_RATE,
                    LATENT_SIZE.flags("--latent-dim", "--duad-latent-dim"),
                    CLUSTERS,
                    FIRST_REJECTION,
                    REJECTION,
                    HIDDEN,
                    LAYERS.flags("--n-layers", "--duad-n-layers"),
                    COMPRESSION.flags("--compression-factor", "--duad-compression-factor"),
                    ACTIVATION.flags("--act-fn", "--duad-act-fn"),
                    OUTPUT,
                    CODE_NORM_WEIGHT,
                    RESELECT_EVERY,
                    SCHEDULE,
                    MIN_LEARNING_RATE,
                    WEIGHT_DECAY,
                    VALIDATION_SHARE,
                    PATIENCE,
                    DROP_LAST,
                    DECOUPLED_DECAY,
                    GRAD_CLIP,
                    INITIALISATION),
            presets(),
            List.of(new LatentSpace(CODE, "Latent code")),
            List.of(new AnatomyObject(REJECTED_ROWS, "Training rows left out", AnatomyObject.Kind.POINTS)),
            List.of(
                    new LossTerm("reconstruction", "Reconstruction (sum of squares)"),
                    new LossTerm("code-norm", "Norm of code and cosine")),
            false,
            List.of());

    private static List<Preset> presets() {
        String program =
                "epochs=200 learning-rate=1e-4 latent-size=10 layers=4 activation=tanh output=linear initialisation=torch";
        String successor = program + " activation=relu";
        return List.of(
                Preset.defaults("The programs' selection and loss with the autoencoder's network and learning rate."),
                Preset.of("nrcan", "The 13-model program's defaults; no weight decay by the clusters.", null, program),
                Preset.of(
                        "nrcan/thyroid",
                        "The 13-model program's values with the widths 12-4 of the papers.",
                        null,
                        program,
                        "hidden=12,4 latent-size=1"),
                Preset.of(
                        "robeval/kdd10",
                        "The robustness study's network for KDD.",
                        null,
                        program,
                        "hidden=60,30,10 latent-size=1 batch-size=1024"),
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia; 5000 epochs.",
                        "z-score",
                        successor,
                        "epochs=5000 clusters=8 latent-size=3"),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid; 5000 epochs.",
                        "z-score",
                        successor,
                        "epochs=5000 clusters=8 layers=1 latent-size=2"),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD.",
                        "min-max",
                        successor,
                        "clusters=10 layers=2 latent-size=2 batch-size=1024"),
                Preset.of(
                        "pyad/nslkdd",
                        "The successor program's configuration for NSL-KDD.",
                        "min-max",
                        successor,
                        "epochs=100 clusters=10 latent-size=2 batch-size=1024"),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        successor,
                        "epochs=100 clusters=15 latent-size=2 batch-size=1024"));
    }

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        NetworkLayout layout = new NetworkLayout(values, data);
        if (values.get(EPOCHS) < values.get(RESELECT_EVERY)) {
            layout.warn("The rows are chosen anew every " + values.get(RESELECT_EVERY) + " epochs, and there are only "
                    + values.get(EPOCHS) + ": the first choice stays. Train longer or lower 'Select every'.");
        }
        return layout.shape(Map.of());
    }

    @Override
    public Network network(Values values, DataShape data, DataType type, RandomStreams streams) {
        EncoderWidths widths = new NetworkLayout(values, data).widths();
        Activation hidden = Activation.of(values.get(ACTIVATION));
        Initialisation init = Initialisation.of(values.get(INITIALISATION));
        NetworkBuilder net = new NetworkBuilder(type, streams);

        SDVariable x = net.input(NetworkBuilder.FEATURES, data.features());
        SDVariable code = net.stack("encoder", x, widths.encoder(), hidden, Activation.LINEAR, init);
        Activation output = SharedHyperparameters.outputActivation(values.get(OUTPUT), data.scaler());
        SDVariable rebuilt = net.stack("decoder", code, widths.decoder(), hidden, output, init);

        SDVariable error = net.graph().math().squaredDifference(x, rebuilt);
        SDVariable score = error.sum(1);
        SDVariable cosine = new ReconstructionFeatures(net.graph(), x, rebuilt).cosine();
        SDVariable space = widened(net.graph(), code, cosine, widths.latent());
        net.term("reconstruction", score);
        net.term("code-norm", norm(net.graph(), space).mul(values.get(CODE_NORM_WEIGHT)));
        net.frozen(REJECTED, new float[SelectionRule.DRAWN * widths.latent()], SelectionRule.DRAWN, widths.latent());
        net.frozen(REJECTED_COUNT, new float[1], 1);
        net.output(SCORE, score, 1);
        net.output(ERROR, error, data.features());
        net.output(CODE, code, widths.latent());
        net.output(CLUSTER_SPACE, space, widths.latent() + 1);
        return net.build();
    }

    /** One more column behind the code; products with parts of the unit matrix are exact. */
    static SDVariable widened(SameDiff graph, SDVariable code, SDVariable column, int width) {
        INDArray first = Nd4j.zeros(code.dataType(), width, width + 1);
        for (int i = 0; i < width; i++) {
            first.putScalar(i, i, 1);
        }
        INDArray last = Nd4j.zeros(code.dataType(), 1, width + 1);
        last.putScalar(width, 1);
        return code.mmul(graph.constant(first)).add(column.mmul(graph.constant(last)));
    }

    /** Length of each row; the guard keeps the gradient finite where code and cosine are exactly zero. */
    static SDVariable norm(SameDiff graph, SDVariable space) {
        return graph.math().sqrt(space.mul(space).sum(1).add(1e-12));
    }

    @Override
    public TrainingRule rule(Values values, DataShape data) {
        return new SelectionRule(new SelectionRule.Settings(
                values.get(CLUSTERS),
                values.get(RESELECT_EVERY),
                values.get(FIRST_REJECTION),
                values.get(REJECTION),
                values.get(BATCH_SIZE)));
    }

    @Override
    public Map<String, Tensor> anatomy(Map<String, Tensor> weights, Map<String, float[]> outputs, int rows) {
        Tensor codes = weights.get(REJECTED);
        int width = codes.shape()[1];
        int count = (int) weights.get(REJECTED_COUNT).values()[0];
        return Map.of(REJECTED_ROWS, Tensor.of(Arrays.copyOf(codes.values(), count * width), count, width));
    }
}
