package org.oddlens.engine.detector.mixture;

import java.util.List;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;

/** Declarations that DAGMM and SOM-DAGMM share. */
final class MixtureHyperparameters {

    static final Hyperparameter<Integer> MIXTURES = Hyperparameter.whole("mixtures", "Mixture components", 1, 10, 4)
            .in(Group.ESSENTIALS)
            .help("Gaussians that describe the normal rows. Fewer are steadier; a warning names those that starve.");

    static final Hyperparameter<Double> ENERGY_WEIGHT = Hyperparameter.real(
                    "energy-weight", "Energy weight", 0, 10, 1e-3)
            .in(Group.LOSS)
            .changesLive()
            .help("Weight of the mean energy in the loss. Larger values draw the rows towards the mixture, at the price"
                    + " of their reconstruction; the paper's 0.1 suits wide rows.");

    static final Hyperparameter<Double> PENALTY_WEIGHT = Hyperparameter.real(
                    "penalty-weight", "Covariance penalty weight", 0, 1, 1e-7)
            .in(Group.LOSS)
            .changesLive()
            .help("Weight of the sum of inverse variances. Keeps components from shrinking to a point. It draws every"
                    + " variance towards 2 · this / (energy weight · component's share).");

    static final Hyperparameter<Double> COVARIANCE_RIDGE = Hyperparameter.logReal(
                    "covariance-ridge", "Covariance ridge", 1e-12, 1e-1, 1e-6)
            .in(Group.NETWORK)
            .help("Added to every variance. Single precision needs 1e-6; smaller values count as that. Raise it when a"
                    + " covariance becomes singular.");

    static final Hyperparameter<Integer> ESTIMATION_WIDTH = Hyperparameter.whole(
                    "estimation-width", "Estimation width", 1, 1024, 10)
            .unit("units")
            .in(Group.NETWORK)
            .help("Hidden units of the network that says which component a row belongs to.");

    static final Hyperparameter<String> ESTIMATION_ACTIVATION = Hyperparameter.choice(
                    "estimation-activation", "Estimation activation", Activation.hiddenIds(), Activation.TANH.id())
            .in(Group.NETWORK)
            .help("Non-linearity of those hidden units.");

    static final Hyperparameter<Double> DROPOUT = Hyperparameter.real("dropout", "Dropout", 0, 0.9, 0.5)
            .unit("fraction")
            .in(Group.TRAINING)
            .changesLive()
            .help("Share of those hidden units that is left out at each training step. Scoring uses all of them.");

    static final Hyperparameter<String> RECONSTRUCTION = Hyperparameter.choice(
                    "reconstruction", "Reconstruction loss", List.of("mean", "sum"), "sum")
            .in(Group.LOSS)
            .help("Mean or sum over features of the squared error. With the mean, the energy outweighs the"
                    + " reconstruction of wide rows.");

    /** What single precision can hold beside variances of about 1. */
    static final double SMALLEST_RIDGE = 1e-6;

    private MixtureHyperparameters() {}
}
