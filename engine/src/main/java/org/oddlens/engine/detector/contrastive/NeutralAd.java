package org.oddlens.engine.detector.contrastive;

import static org.oddlens.engine.detector.SharedHyperparameters.ACTIVATION;
import static org.oddlens.engine.detector.SharedHyperparameters.BATCH_SIZE;
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
import java.util.List;
import java.util.OptionalInt;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorDescriptor.LossTerm;
import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Reference;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;

/**
 * Neural transformation learning: learned views of a row are to resemble the row and to differ from each other; a row for
 * which that fails is anomalous.
 *
 * <pre>
 * x_k = T_k(x) ∘ x or T_k(x) + x (see {@link Transformations}),  z = encoder(x),  z_k = encoder(x_k)
 * score = Σ_k ℓ_k(x) (see {@link Contrast}),  loss = mean over rows of the score
 * </pre>
 *
 * <p>Qiu, Pfrommer, Kloft, Mandt, Rudolph, "Neural Transformation Learning for Deep Anomaly Detection Beyond Images", ICML
 * 2021. The authors divide the loss by the constant K · ln K, which Adam does not notice. The 13-model program neither saves
 * nor resets its transformations and ends the added ones in a sigmoid; here they are weights like any other and end
 * linearly when added, as with the authors.
 */
public final class NeutralAd implements NetworkDetector {

    /** Output role of the loss of each view, {@code [rows, K]}; their sum is the score. */
    static final String VIEW_LOSSES = "view-losses";

    /** Output role of the codes of the views, {@code [rows, K · width]}. */
    static final String VIEW_CODES = "view-codes";

    static final Hyperparameter<Integer> TRANSFORMATIONS = Hyperparameter.whole(
                    "transformations", "Transformations", 2, 64, 11)
            .unit("views")
            .in(Group.ESSENTIALS)
            .flags("--neutralad-n-transforms", "--n-transforms")
            .help("Learned views of a row. Time and memory of a step grow with it, that of the comparison with its"
                    + " square.");

    static final Hyperparameter<String> VIEW = Hyperparameter.choice(
                    "view", "View of a row", List.of("res", "mul"), "res")
            .in(Group.NETWORK)
            .flags("--neutralad-trans-type", "--trans-type")
            .help(
                    "'res': a transformation is added to the row, as in the paper for few rows. 'mul': it multiplies the row,"
                            + " as for many.");

    static final Hyperparameter<String> TRANSFORM_SIGMOID = Hyperparameter.choice(
                    "transform-sigmoid", "Sigmoid after transformation", List.of("auto", "on", "off"), "auto")
            .in(Group.ADVANCED)
            .flags("--neutralad-sigmoid")
            .help("'auto': a transformation that multiplies ends in a sigmoid, one that is added does not.");

    static final Hyperparameter<OptionalInt> TRANSFORM_HIDDEN = Hyperparameter.autoWhole(
                    "transform-hidden", "Units of a transformation", 1, 4096)
            .unit("units")
            .in(Group.NETWORK)
            .flags("--neutralad-trans-fc-in")
            .help("Width of the hidden layer of each transformation. 'auto': 200 from 30 features on, else 24.");

    static final Hyperparameter<OptionalInt> TRANSFORM_OUTPUT = Hyperparameter.autoWhole(
                    "transform-output", "Outputs of a transformation", 1, 65_536)
            .unit("units")
            .in(Group.ADVANCED)
            .flags("--neutralad-trans-fc-out")
            .help("'auto': one for each feature. 1: the same number for all features of a row. Nothing else fits.");

    static final Hyperparameter<Double> TEMPERATURE = Hyperparameter.logReal(
                    "temperature", "Temperature", 0.01, 10, 0.1)
            .in(Group.LOSS)
            .flags("--neutralad-temperature")
            .help("Divides the similarities. Lower values punish views that resemble each other more sharply.");

    static final Hyperparameter<OptionalInt> FIRST_WIDTH = Hyperparameter.autoWhole(
                    "first-width", "First encoder width", 1, 8192)
            .unit("units")
            .in(Group.NETWORK)
            .flags("--neutralad-fc-1-out")
            .help("Units of the first encoder layer when hidden widths are 'auto'; the following ones have 'Width step'"
                    + " fewer each. 'auto' is 90 once 'Encoder layers' is set.");

    static final Hyperparameter<Integer> WIDTH_STEP = Hyperparameter.whole("width-step", "Width step", 0, 8192, 20)
            .unit("units")
            .in(Group.NETWORK)
            .flags("--neutralad-compression-unit")
            .help("By how much each encoder layer is narrower than the one before. Used together with 'First encoder"
                    + " width' or 'Encoder layers'.");

    static final Hyperparameter<Boolean> ENCODER_BIAS = Hyperparameter.flag("encoder-bias", "Encoder biases", false)
            .in(Group.ADVANCED)
            .help("Whether encoder layers add a bias. The paper's do not, the 13-model program's do.");

    static final Hyperparameter<Boolean> ENCODER_BATCH_NORM = Hyperparameter.flag(
                    "encoder-batch-norm", "Encoder batch norm", false)
            .in(Group.NETWORK)
            .help("Normalise the units of each hidden encoder layer by their batch in training, by all training rows in"
                    + " scoring. With encoder biases it has a scale and a shift, which are trained.");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "neutral-ad",
            "NeuTraL AD",
            "contrastive",
            "Learns views of normal rows that resemble the row and can be told apart; flags the rows whose views do not.",
            "contrastive loss summed over the views, at least 0; K · ln K when all views look the same",
            List.of(new Reference(
                    "C. Qiu, T. Pfrommer, M. Kloft, S. Mandt, M. Rudolph",
                    "Neural Transformation Learning for Deep Anomaly Detection Beyond Images",
                    "ICML 2021",
                    "https://arxiv.org/abs/2103.16440")),
            List.of(
                    EPOCHS,
                    BATCH_SIZE,
                    LEARNING_RATE,
                    TRANSFORMATIONS,
                    LATENT_SIZE
                            .flags("--latent-dim", "--neutralad-fc-last-out")
                            .help("Numbers of a code. 'auto': 32 from 30 features on, else 24."),
                    HIDDEN.help(
                            "Widths of the encoder's hidden layers. 'auto': four of 64 units from 30 features on, four"
                                    + " of 24 below, or by 'First encoder width' or 'Encoder layers' if one of them is set."),
                    LAYERS.flags("--n-layers", "--neutralad-n-layers"),
                    FIRST_WIDTH,
                    WIDTH_STEP,
                    ACTIVATION.defaultsTo("relu").flags("--act-fn"),
                    ENCODER_BIAS,
                    ENCODER_BATCH_NORM,
                    VIEW,
                    TRANSFORM_HIDDEN,
                    TRANSFORM_OUTPUT,
                    TRANSFORM_SIGMOID,
                    TEMPERATURE,
                    SCHEDULE,
                    MIN_LEARNING_RATE,
                    WEIGHT_DECAY,
                    VALIDATION_SHARE,
                    PATIENCE,
                    DROP_LAST,
                    DECOUPLED_DECAY,
                    GRAD_CLIP,
                    INITIALISATION.defaultsTo("torch")),
            NeutralAdPresets.all(),
            List.of(new LatentSpace("code", "Latent code")),
            List.of(),
            List.of(new LossTerm("contrast", "Contrastive loss")),
            false,
            List.of("NeuTraLAD", "NeuTraL-AD", "NTL"));

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        return new ContrastiveLayout(values, data.features()).shape();
    }

    @Override
    public Network network(Values values, DataShape data, DataType type, RandomStreams streams) {
        ContrastiveLayout layout = new ContrastiveLayout(values, data.features());
        Initialisation init = Initialisation.of(values.get(INITIALISATION));
        Activation activation = Activation.of(values.get(ACTIVATION));
        int views = layout.transformations().count();
        int width = layout.latent();
        NetworkBuilder net = new NetworkBuilder(type, streams);

        SDVariable x = net.input(NetworkBuilder.FEATURES, data.features());
        ViewEncoder encoder = new ViewEncoder(
                net,
                layout.widths(),
                init,
                values.get(ENCODER_BIAS),
                in -> activation.apply(net.graph(), in),
                views,
                values.get(ENCODER_BATCH_NORM));
        SDVariable transformed = layout.transformations().views(net, x, data.features(), init);
        ViewEncoder.Pair rows = new ViewEncoder.Pair(x, transformed);
        Contrast contrast = new Contrast(net.graph(), type, views, width);
        List<ViewEncoder.Pair> before = new ArrayList<>();
        ViewEncoder.Pair codes = encoder.byFrozen(rows, before);
        Contrast.Losses losses = contrast.losses(codes.row(), codes.views(), values.get(TEMPERATURE));
        if (encoder.normalises()) {
            ViewEncoder.Pair trained = encoder.byBatch(rows);
            net.term(
                    "contrast",
                    contrast.losses(trained.row(), trained.views(), values.get(TEMPERATURE))
                            .sum());
            net.output(VALIDATION_LOSS, losses.sum(), 1);
        } else {
            net.term("contrast", losses.sum());
        }
        for (int layer = 1; layer <= before.size(); layer++) {
            ViewEncoder.Pair seen = before.get(layer - 1);
            int units = layout.widths().get(layer);
            net.output(NormRule.OF_ROWS + layer, seen.row(), units);
            net.output(NormRule.OF_VIEWS + layer, byRow(net, seen.views(), views, units), views * units);
        }
        net.output(SCORE, losses.sum(), 1);
        net.output("code", codes.row(), width);
        net.output(VIEW_LOSSES, losses.views(), views);
        net.output(VIEW_CODES, byRow(net, codes.views(), views, width), views * width);
        return net.build();
    }

    /** {@code [K · rows, width]}, one view after the other, to {@code [rows, K · width]}. */
    private static SDVariable byRow(NetworkBuilder net, SDVariable viewed, int views, int width) {
        return net.graph().reshape(Contrast.byRow(viewed, views, width), -1, views * width);
    }

    @Override
    public TrainingRule rule(Values values, DataShape data) {
        return values.get(ENCODER_BATCH_NORM)
                ? new NormRule(
                        new ContrastiveLayout(values, data.features()).widths().size() - 2)
                : TrainingRule.PLAIN;
    }
}
