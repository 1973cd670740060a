package org.oddlens.engine.detector.mixture;

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
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.COVARIANCE_RIDGE;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.DROPOUT;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.ENERGY_WEIGHT;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.ESTIMATION_ACTIVATION;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.ESTIMATION_WIDTH;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.MIXTURES;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.PENALTY_WEIGHT;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.RECONSTRUCTION;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorDescriptor.LossTerm;
import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.NetworkLayout;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Reference;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.Tensor;

/**
 * DAGMM: an autoencoder whose code and reconstruction errors are trained to follow a Gaussian mixture; rows of low density
 * are anomalous.
 *
 * <pre>
 * z     = [ code, ‖x − x̂‖ / ‖x‖, cos(x, x̂) ],  γ = estimation network of z
 * loss  = mean over rows of Σⱼ (xⱼ − x̂ⱼ)²  +  λ₁ · mean over rows of E(z)  +  λ₂ · P      E, P: mixture of the batch
 * score = E(z)                                                                 E: mixture of all training rows
 * </pre>
 *
 * <p>Zong, Song, Min, Cheng, Lumezanu, Cho, Chen, "Deep Autoencoding Gaussian Mixture Model for Unsupervised Anomaly
 * Detection", ICLR 2018. See {@link MixtureEnergy} for E and P. Differs from the 13-model program, whose energies all end at
 * 27.63 for far rows and whose mixture is that of the last batch; both are mended, also in its preset.
 */
public final class Dagmm implements NetworkDetector {

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "dagmm",
            "DAGMM",
            "density",
            "Trains an autoencoder and a Gaussian mixture of its codes and errors together; flags the rows of low density.",
            "energy: negative log-likelihood under the mixture of the training rows; may be negative",
            List.of(new Reference(
                    "B. Zong, Q. Song, M. R. Min, W. Cheng, C. Lumezanu, D. Cho, H. Chen",
                    "Deep Autoencoding Gaussian Mixture Model for Unsupervised Anomaly Detection",
                    "ICLR 2018",
                    "https://openreview.net/forum?id=BJJLHbb0-")),
            List.of(
                    EPOCHS.defaultsTo(200),
                    BATCH_SIZE,
                    LEARNING_RATE,
                    LATENT_SIZE.defaultsTo(OptionalInt.of(1)).flags("--latent-dim", "--dagmm-latent-dim"),
                    MIXTURES.flags("--dagmm-n-mixtures"),
                    HIDDEN,
                    LAYERS.flags("--n-layers", "--dagmm-n-layers"),
                    COMPRESSION.flags("--compression-factor", "--dagmm-compression-factor"),
                    ACTIVATION.flags("--act-fn", "--dagmm-ae-act-fn", "--dagmm-act-fn"),
                    OUTPUT,
                    ESTIMATION_WIDTH,
                    ESTIMATION_ACTIVATION.flags("--dagmm-gmm-act-fn", "--gmm-act-fn"),
                    COVARIANCE_RIDGE.flags("--dagmm-reg-covar"),
                    RECONSTRUCTION,
                    ENERGY_WEIGHT.flags("--dagmm-lambda-1"),
                    PENALTY_WEIGHT.flags("--dagmm-lambda-2"),
                    DROPOUT,
                    SCHEDULE,
                    MIN_LEARNING_RATE,
                    WEIGHT_DECAY,
                    VALIDATION_SHARE,
                    PATIENCE,
                    DROP_LAST,
                    DECOUPLED_DECAY,
                    GRAD_CLIP,
                    INITIALISATION),
            MixturePresets.dagmm(),
            List.of(
                    new LatentSpace(MixtureNetwork.SPACE, "Code, relative distance, cosine"),
                    new LatentSpace(MixtureNetwork.CODE, "Latent code")),
            List.of(new AnatomyObject(MixtureAnatomy.ID, "Mixture components", AnatomyObject.Kind.ELLIPSES)),
            List.of(
                    new LossTerm("reconstruction", "Reconstruction"),
                    new LossTerm("energy", "Energy"),
                    new LossTerm("covariance-penalty", "Covariance penalty")),
            false,
            List.of("deep autoencoding Gaussian mixture model"));

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        NetworkLayout layout = new NetworkLayout(values, data);
        int dimensions = layout.widths().latent() + 2;
        MixtureNetwork.warn(layout, values, data, dimensions);
        return layout.shape(Map.of("estimation", MixtureNetwork.estimationParameters(values, dimensions)));
    }

    @Override
    public Network network(Values values, DataShape data, DataType type, RandomStreams streams) {
        NetworkBuilder net = new NetworkBuilder(type, streams);
        SDVariable x = net.input(NetworkBuilder.FEATURES, data.features());
        MixtureNetwork.build(net, values, data, new NetworkLayout(values, data).widths(), x, null, 0);
        return net.build();
    }

    @Override
    public TrainingRule rule(Values values, DataShape data) {
        return new MixtureRule(values);
    }

    @Override
    public Map<String, Tensor> anatomy(Map<String, Tensor> weights, Map<String, float[]> outputs, int rows) {
        return MixtureAnatomy.of(weights);
    }
}
