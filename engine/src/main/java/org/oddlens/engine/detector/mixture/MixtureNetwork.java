package org.oddlens.engine.detector.mixture;

import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.COVARIANCE_RIDGE;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.ENERGY_WEIGHT;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.ESTIMATION_ACTIVATION;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.ESTIMATION_WIDTH;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.MIXTURES;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.PENALTY_WEIGHT;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.RECONSTRUCTION;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.SMALLEST_RIDGE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.EncoderWidths;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.NetworkLayout;
import org.oddlens.engine.detector.SharedHyperparameters;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.DenseStack;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.graph.ReconstructionFeatures;
import org.oddlens.engine.param.Values;

/**
 * The network of DAGMM and SOM-DAGMM: an autoencoder, the features that go to the mixture, the estimation network, and the
 * mixture twice, of the batch for training and fixed for scoring.
 *
 * <pre>
 * z    = [ places, code, ‖x − x̂‖ / ‖x‖, cos(x, x̂) ]
 * γ    = softmax(W₂ · dropout(f(W₁ z + b₁)) + b₂)
 * loss = Σⱼ (xⱼ − x̂ⱼ)² (or its mean over j)  +  λ₁ · E(z)  +  λ₂ · P        mean over rows
 * </pre>
 */
final class MixtureNetwork {

    /** Roles: z {@code [rows, d]}, γ without dropout {@code [rows, components]}, the code. */
    static final String SPACE = "mixture-space";

    static final String MEMBERSHIPS = "memberships";
    static final String CODE = "code";

    /** Input {@code [rows, estimation width]}: 0 for a unit left out, else what makes up for the others. */
    static final String KEPT = "kept";

    /** Frozen arrays. */
    static final String WEIGHTS = "mixture/weights";

    static final String MEANS = "mixture/means";
    static final String FACTORS = "mixture/factors";

    private final NetworkBuilder net;
    private final Values values;
    private final int features;
    private final int components;
    private final int dimensions;

    private MixtureNetwork(NetworkBuilder net, Values values, int features, int dimensions) {
        this.net = net;
        this.values = values;
        this.features = features;
        this.components = values.get(MIXTURES);
        this.dimensions = dimensions;
    }

    /** The ridge as single precision can use it. */
    static double ridge(Values values) {
        return Math.max(SMALLEST_RIDGE, values.get(COVARIANCE_RIDGE));
    }

    /** Trainable numbers of the estimation network. */
    static long estimationParameters(Values values, int dimensions) {
        long hidden = values.get(ESTIMATION_WIDTH);
        return (dimensions + 1) * hidden + (hidden + 1) * values.get(MIXTURES);
    }

    /** Says what the values cannot have the wished effect of. */
    static void warn(NetworkLayout layout, Values values, DataShape data, int dimensions) {
        if (values.get(COVARIANCE_RIDGE) < SMALLEST_RIDGE) {
            layout.warn(String.format(
                    Locale.ROOT,
                    "The covariance ridge %.0e is below %.0e, the least that single precision holds; %.0e is used.",
                    values.get(COVARIANCE_RIDGE),
                    SMALLEST_RIDGE,
                    SMALLEST_RIDGE));
        }
        int batch = values.get(SharedHyperparameters.BATCH_SIZE);
        if (batch <= dimensions) {
            layout.warn("A batch of " + batch + " rows cannot fill a covariance in " + dimensions
                    + " dimensions; the ridge alone holds it. Use a batch size above "
                    + dimensions * values.get(MIXTURES) + ".");
        }
    }

    /**
     * Adds everything to the network.
     *
     * @param x      rows {@code [rows, features]}
     * @param places further features of the mixture {@code [rows, placeWidth]}, null for none
     */
    static void build(
            NetworkBuilder net,
            Values values,
            DataShape data,
            EncoderWidths widths,
            SDVariable x,
            SDVariable places,
            int placeWidth) {
        MixtureNetwork made = new MixtureNetwork(net, values, data.features(), placeWidth + widths.latent() + 2);
        Activation hidden = Activation.of(values.get(SharedHyperparameters.ACTIVATION));
        Initialisation init = Initialisation.of(values.get(SharedHyperparameters.INITIALISATION));
        SDVariable code = net.stack("encoder", x, widths.encoder(), hidden, Activation.LINEAR, init);
        Activation output =
                SharedHyperparameters.outputActivation(values.get(SharedHyperparameters.OUTPUT), data.scaler());
        SDVariable rebuilt = net.stack("decoder", code, widths.decoder(), hidden, output, init);
        net.output(CODE, code, widths.latent());
        List<SDVariable> parts = new ArrayList<>();
        List<Integer> partWidths = new ArrayList<>();
        if (places != null) {
            parts.add(places);
            partWidths.add(placeWidth);
        }
        ReconstructionFeatures compared = new ReconstructionFeatures(net.graph(), x, rebuilt);
        parts.addAll(List.of(code, compared.relativeDistance(), compared.cosine()));
        partWidths.addAll(List.of(widths.latent(), 1, 1));
        made.mixture(x, rebuilt, sideBySide(net, parts, partWidths, made.dimensions), init);
    }

    /** Columns side by side, as a sum of products with parts of the unit matrix; they are exact. */
    static SDVariable sideBySide(NetworkBuilder net, List<SDVariable> parts, List<Integer> widths, int width) {
        SDVariable all = null;
        int at = 0;
        for (int i = 0; i < parts.size(); i++) {
            INDArray placed = Nd4j.zeros(net.type(), widths.get(i), width);
            for (int column = 0; column < widths.get(i); column++) {
                placed.putScalar(column, at++, 1);
            }
            SDVariable part = parts.get(i).mmul(net.graph().constant(placed));
            all = all == null ? part : all.add(part);
        }
        return all;
    }

    private void mixture(SDVariable x, SDVariable rebuilt, SDVariable z, Initialisation init) {
        int width = values.get(ESTIMATION_WIDTH);
        SDVariable kept = net.input(KEPT, width);
        Activation activation = Activation.of(values.get(ESTIMATION_ACTIVATION));
        DenseStack estimation = new DenseStack(net, "estimation", List.of(dimensions, width, components), init, true);
        SDVariable dropped = estimation.apply(
                z, units -> activation.apply(net.graph(), units).mul(kept));
        SDVariable whole = estimation.apply(z, units -> activation.apply(net.graph(), units));

        MixtureEnergy energy = new MixtureEnergy(net.graph(), z, components, dimensions);
        MixtureEnergy.Statistics batch = energy.ofRows(net.graph().nn().softmax(dropped, 1), ridge(values));
        MixtureEnergy.Statistics fixed = fixed(energy);
        SDVariable squares = net.graph().math().squaredDifference(x, rebuilt).sum(1);
        SDVariable reconstruction = values.get(RECONSTRUCTION).equals("mean") ? squares.div(features) : squares;
        // The penalty is one number; a term is one number per row.
        SDVariable penalty = squares.mul(0.0).add(batch.penalty().mul(values.get(PENALTY_WEIGHT)));
        net.term("reconstruction", reconstruction);
        net.term("energy", energy.of(batch).mul(values.get(ENERGY_WEIGHT)));
        net.term("covariance-penalty", penalty);

        SDVariable score = energy.of(fixed);
        net.output(NetworkDetector.SCORE, score, 1);
        net.output(
                NetworkDetector.VALIDATION_LOSS,
                reconstruction
                        .add(score.mul(values.get(ENERGY_WEIGHT)))
                        .add(fixed.penalty().mul(values.get(PENALTY_WEIGHT))),
                1);
        net.output(SPACE, z, dimensions);
        net.output(MEMBERSHIPS, net.graph().nn().softmax(whole, 1), components);
    }

    /** Equal weights and unit covariances round the origin, until a mixture is fitted. */
    private MixtureEnergy.Statistics fixed(MixtureEnergy energy) {
        float[] weights = new float[components];
        Arrays.fill(weights, 1f / components);
        float[] factors = new float[components * dimensions * dimensions];
        for (int i = 0; i < components * dimensions; i++) {
            factors[i * dimensions + i % dimensions] = 1;
        }
        return energy.fixed(
                net.frozen(WEIGHTS, weights, components),
                net.frozen(MEANS, new float[components * dimensions], components, dimensions),
                net.frozen(FACTORS, factors, components, dimensions * dimensions));
    }
}
