package org.oddlens.engine.detector.autoencoder;

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

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
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
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;

/**
 * The autoencoder: compresses a row through a narrow code and rebuilds it; what it rebuilds badly is anomalous.
 *
 * <pre>
 * loss  = mean over rows of Σⱼ (xⱼ − x̂ⱼ)²  +  γ · mean over rows of ‖z‖₂
 * score = Σⱼ (xⱼ − x̂ⱼ)²
 * </pre>
 *
 * <p>Sakurada and Yairi, MLSDA 2014, doi:10.1145/2689746.2689747. The 13-model program regularises its input instead of
 * its code, which has no effect; here γ acts on the code and is 0 by default.
 */
public final class Autoencoder implements NetworkDetector {

    private static final Hyperparameter<Double> CODE_NORM_WEIGHT = Hyperparameter.real(
                    "code-norm-weight", "Code norm weight", 0, 100, 0)
            .in(Group.LOSS)
            .flags("--ae-reg")
            .help("Weight of the mean length of the code in the loss. Draws codes towards the origin.");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "autoencoder",
            "Autoencoder",
            "autoencoder",
            "Learns to compress and rebuild normal rows; flags the rows it rebuilds badly.",
            "sum over features of the squared reconstruction error, in scaled units",
            List.of(
                    new Reference(
                            "M. Sakurada, T. Yairi",
                            "Anomaly Detection Using Autoencoders with Nonlinear Dimensionality Reduction",
                            "MLSDA 2014",
                            "https://doi.org/10.1145/2689746.2689747"),
                    new Reference(
                            "G. E. Hinton, R. R. Salakhutdinov",
                            "Reducing the Dimensionality of Data with Neural Networks",
                            "Science 313, 2006",
                            "https://doi.org/10.1126/science.1127647")),
            List.of(
                    EPOCHS,
                    BATCH_SIZE,
                    LEARNING_RATE,
                    LATENT_SIZE.flags("--latent-dim", "--ae-latent-dim"),
                    HIDDEN,
                    LAYERS.flags("--n-layers", "--ae-n-layers"),
                    COMPRESSION.flags("--compression-factor", "--ae-compression-factor"),
                    ACTIVATION.flags("--act-fn", "--ae-act-fn"),
                    OUTPUT,
                    CODE_NORM_WEIGHT,
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
            List.of(new LatentSpace("code", "Latent code")),
            List.of(),
            List.of(
                    new LossTerm("reconstruction", "Reconstruction (sum of squares)"),
                    new LossTerm("code-norm", "Code norm")),
            false,
            List.of("AE", "AutoEncoder", "auto-encoder"));

    private static List<Preset> presets() {
        String program =
                "epochs=200 learning-rate=1e-4 latent-size=1 layers=4 activation=relu output=linear initialisation=torch";
        return List.of(
                Preset.defaults("Widths by the number of features, tanh, Glorot, Adam 1e-3, batch 128, 100 epochs."),
                Preset.of("nrcan", "The 13-model program's defaults; widths floored at 1.", null, program),
                Preset.of(
                        "nrcan/arrhythmia",
                        "The 13-model program's suggestion for Arrhythmia.",
                        null,
                        program,
                        "latent-size=10 compression=1 layers=2 activation=tanh"),
                Preset.of(
                        "nrcan/thyroid",
                        "The 13-model program's suggestion for Thyroid, with the widths 12-4 of the papers.",
                        null,
                        program,
                        "hidden=12,4 activation=tanh"),
                Preset.of(
                        "robeval/kdd10",
                        "The robustness study's network for KDD.",
                        null,
                        program,
                        "hidden=60,30,10 activation=tanh batch-size=1024"),
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia.",
                        "z-score",
                        program,
                        "hidden=10 latent-size=2 code-norm-weight=0.5 weight-decay=1e-4"),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid.",
                        "z-score",
                        program,
                        "hidden=12,4 code-norm-weight=0.5 weight-decay=1e-4 batch-size=1024"),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD and NSL-KDD.",
                        "min-max",
                        program,
                        "hidden=60,30,10 code-norm-weight=0.5 weight-decay=1e-4 batch-size=1024 epochs=100"),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        program,
                        "hidden=32 latent-size=2 code-norm-weight=0.5 weight-decay=1e-6 batch-size=1024"));
    }

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        return new NetworkLayout(values, data).shape(Map.of());
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
        net.term("reconstruction", score);
        if (values.get(CODE_NORM_WEIGHT) > 0) {
            // The guard keeps the gradient finite where a code is exactly zero.
            SDVariable norm = net.graph().math().sqrt(code.mul(code).sum(1).add(1e-12));
            net.term("code-norm", norm.mul(values.get(CODE_NORM_WEIGHT)));
        }
        net.output(SCORE, score, 1);
        net.output(ERROR, error, data.features());
        net.output("code", code, widths.latent());
        return net.build();
    }
}
