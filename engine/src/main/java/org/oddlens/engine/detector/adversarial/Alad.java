package org.oddlens.engine.detector.adversarial;

import static org.oddlens.engine.detector.SharedHyperparameters.BATCH_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.DECOUPLED_DECAY;
import static org.oddlens.engine.detector.SharedHyperparameters.DROP_LAST;
import static org.oddlens.engine.detector.SharedHyperparameters.EPOCHS;
import static org.oddlens.engine.detector.SharedHyperparameters.GRAD_CLIP;
import static org.oddlens.engine.detector.SharedHyperparameters.HIDDEN;
import static org.oddlens.engine.detector.SharedHyperparameters.LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.MIN_LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.PATIENCE;
import static org.oddlens.engine.detector.SharedHyperparameters.SCHEDULE;
import static org.oddlens.engine.detector.SharedHyperparameters.VALIDATION_SHARE;
import static org.oddlens.engine.detector.SharedHyperparameters.WEIGHT_AVERAGE;
import static org.oddlens.engine.detector.SharedHyperparameters.WEIGHT_DECAY;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorDescriptor.LossTerm;
import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Reference;
import org.oddlens.engine.detector.SharedHyperparameters;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.param.Domain;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.param.Widths;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.Tensor;

/**
 * Adversarially learned anomaly detection: an encoder and a generator learn to be each other's inverse by deceiving three
 * discriminators; a row is anomalous if, rebuilt, it looks different to the discriminator of rows.
 *
 * <pre>
 * true pairs  D_xz(x, E(x))   D_zz(z, z)         D_xx(x, x)
 * fake pairs  D_xz(G(z), z)   D_zz(z, E(G(z)))   D_xx(x, G(E(x)))
 * score = ‖ f(x, x) − f(x, G(E(x))) ‖₂ or ₁,   f = last hidden units of D_xx, without dropout
 * </pre>
 *
 * <p>Losses: {@link Verdict}. Zenati, Romain, Foo, Lecouat, Chandrasekhar, "Adversarially Learned Anomaly Detection",
 * ICDM 2018, doi:10.1109/ICDM.2018.00088. Their released code averages weights for scoring, here 'Weight average', and
 * stops early by the score of validation rows, here 'Validation share' with 'Patience'. The first version of the
 * 13-model program adds the opposite gradients of both players before either steps, which teaches neither; here they
 * step by turns, also in its preset.
 */
public final class Alad implements NetworkDetector {

    /** Input: draws from the prior, {@code [rows, latent]}. */
    static final String NOISE = "noise";

    /** Frozen array: codes of generated rows, {@code [256, latent]}. */
    static final String GENERATED = "generated";

    /** Output role: E(G(z)), {@code [rows, latent]}. */
    static final String GENERATED_CODES = "generated-codes";

    /** Latent width of half the features, rounded down, at least 1. */
    static final String HALF = "half";

    static final Hyperparameter<String> LATENT_SIZE = Hyperparameter.namedWhole(
                    SharedHyperparameters.LATENT_SIZE.key(),
                    SharedHyperparameters.LATENT_SIZE.label(),
                    List.of(Domain.AUTO, HALF),
                    0,
                    4096,
                    Domain.AUTO)
            .unit("units")
            .in(Group.ESSENTIALS)
            .flags("--latent-dim", "--alad-latent-dim")
            .help("Numbers of a code. 'auto': 32, from 200 features on 64, as in the published tables. 'half': half the"
                    + " features, the 13-model program's -1.");

    static final Hyperparameter<Widths> GENERATOR_HIDDEN = Hyperparameter.widths(
                    "generator-hidden", "Generator's hidden widths", 8, 8192)
            .unit("units")
            .in(Group.NETWORK)
            .help("Widths from the code to the row. 'auto': twice the latent width, then 128.");

    static final Hyperparameter<Integer> DISCRIMINATOR_WIDTH = Hyperparameter.whole(
                    "discriminator-width", "Discriminator width", 1, 8192, 128)
            .unit("units")
            .in(Group.NETWORK)
            .help("Units of a layer in the discriminators that see rows.");

    static final Hyperparameter<Widths> PAIR_HIDDEN = Hyperparameter.widths(
                    "pair-hidden", "Row discriminator's hidden widths", 4, 8192)
            .unit("units")
            .in(Group.NETWORK)
            .help("Hidden layers of the discriminator of rows with rows; the score compares the units of the last one."
                    + " 'auto': one layer of the discriminator width.");

    static final Hyperparameter<Widths> CODE_DISCRIMINATOR_WIDTH = Hyperparameter.widths(
                    "code-discriminator-width", "Code discriminator's hidden widths", 4, 8192)
            .unit("units")
            .in(Group.NETWORK)
            .help("Hidden layers of the discriminator of codes with codes. 'auto': one of the latent width.");

    static final Hyperparameter<Double> DROPOUT = Hyperparameter.real("dropout", "Dropout", 0, 0.95, 0.2)
            .unit("fraction of units")
            .in(Group.TRAINING)
            .help("Units switched off at random in the discriminators of rows with rows and of codes with codes.");

    static final Hyperparameter<Double> JOINT_DROPOUT = Hyperparameter.real(
                    "joint-dropout", "Dropout, rows with codes", 0, 0.95, 0.5)
            .unit("fraction of units")
            .in(Group.TRAINING)
            .help("Units switched off at random in the discriminator of rows with codes.");

    static final Hyperparameter<Boolean> SPECTRAL_NORM = Hyperparameter.flag(
                    "spectral-norm", "Spectral normalisation", true)
            .in(Group.NETWORK)
            .help("Divide the weights of encoder and discriminators by their largest singular value, so that no"
                    + " discriminator gets arbitrarily steep.");

    private static final Hyperparameter<String> INITIALISATION = Hyperparameter.choice(
                    "initialisation", "Start values", List.of("normal", "glorot"), "normal")
            .in(Group.ADVANCED)
            .help("Distribution of the weights before training: normal with standard deviation 0.02, or Glorot's.");

    private static final Hyperparameter<String> SCORE_NORM = Hyperparameter.choice(
                    "score-norm", "Score norm", List.of("l2", "l1"), "l2")
            .in(Group.LOSS)
            .help("How the difference of features is measured: its length, or the sum of its sizes as in the paper.");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "alad",
            "ALAD",
            "adversarial",
            "Learns by contest to encode and rebuild normal rows; flags the rows whose rebuilt twin a discriminator can tell"
                    + " from them.",
            "distance between the discriminator's features of the row with itself and with its rebuilt twin, at least 0",
            List.of(new Reference(
                    "H. Zenati, M. Romain, C.-S. Foo, B. Lecouat, V. Chandrasekhar",
                    "Adversarially Learned Anomaly Detection",
                    "ICDM 2018",
                    "https://doi.org/10.1109/ICDM.2018.00088")),
            List.of(
                    EPOCHS.defaultsTo(200),
                    BATCH_SIZE.defaultsTo(32),
                    LEARNING_RATE.defaultsTo(1e-4),
                    LATENT_SIZE,
                    HIDDEN.help("Widths of the encoder's hidden layers. 'auto': one of twice the latent width."),
                    GENERATOR_HIDDEN,
                    DISCRIMINATOR_WIDTH,
                    PAIR_HIDDEN,
                    CODE_DISCRIMINATOR_WIDTH,
                    SPECTRAL_NORM,
                    SCORE_NORM,
                    JOINT_DROPOUT,
                    DROPOUT,
                    SCHEDULE,
                    MIN_LEARNING_RATE.defaultsTo(1e-5),
                    WEIGHT_DECAY,
                    WEIGHT_AVERAGE.defaultsTo(0.999),
                    VALIDATION_SHARE,
                    PATIENCE,
                    DROP_LAST,
                    DECOUPLED_DECAY,
                    GRAD_CLIP,
                    INITIALISATION),
            AladPresets.all(),
            List.of(
                    new LatentSpace("code", "Latent code"),
                    LatentSpace.apart("features", "Features of row and rebuilt twin")),
            List.of(new AnatomyObject(GENERATED, "Generated rows", AnatomyObject.Kind.POINTS)),
            List.of(
                    new LossTerm("discriminate-xz", "Discriminator, rows with codes"),
                    new LossTerm("discriminate-zz", "Discriminator, codes"),
                    new LossTerm("discriminate-xx", "Discriminator, rows"),
                    new LossTerm("deceive-xz", "Generator and encoder, rows with codes"),
                    new LossTerm("deceive-zz", "Generator and encoder, codes"),
                    new LossTerm("deceive-xx", "Generator and encoder, rows")),
            false,
            List.of("ALAD"));

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        return new AladLayout(values, data.features()).shape();
    }

    @Override
    public Network network(Values values, DataShape data, DataType type, RandomStreams streams) {
        return new AladNetwork(
                        new AladLayout(values, data.features()),
                        Layers.Start.valueOf(values.get(INITIALISATION).toUpperCase(Locale.ROOT)),
                        values.get(SPECTRAL_NORM),
                        values.get(SCORE_NORM).equals("l1"))
                .build(type, streams);
    }

    @Override
    public TrainingRule rule(Values values, DataShape data) {
        AladLayout layout = new AladLayout(values, data.features());
        Map<String, Double> dropout = new LinkedHashMap<>();
        AladNetwork.masks(layout)
                .forEach((name, mask) -> dropout.put(
                        name, values.get(mask.place() == AladNetwork.Place.JOINT ? JOINT_DROPOUT : DROPOUT)));
        return new AladRule(
                dropout,
                values.get(SPECTRAL_NORM) ? AladNetwork.spectralLayers(layout) : new SpectralNorms(),
                values.get(WEIGHT_AVERAGE));
    }

    @Override
    public Map<String, Tensor> anatomy(Map<String, Tensor> weights, Map<String, float[]> outputs, int rows) {
        return Map.of(GENERATED, weights.get(GENERATED));
    }
}
