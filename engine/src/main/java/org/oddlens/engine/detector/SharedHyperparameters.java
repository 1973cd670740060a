package org.oddlens.engine.detector;

import java.util.List;
import java.util.OptionalInt;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.Widths;

/** Declarations that several detectors share; a detector narrows defaults with {@code defaultsTo}. */
public final class SharedHyperparameters {

    public static final Hyperparameter<Integer> EPOCHS = Hyperparameter.whole("epochs", "Epochs", 1, 100_000, 100)
            .unit("passes")
            .in(Group.ESSENTIALS)
            .flags("-e", "--n-epochs", "--train-epochs")
            .help("How often training sees every row. Raise it while the loss still falls.");

    public static final Hyperparameter<Integer> BATCH_SIZE = Hyperparameter.whole(
                    "batch-size", "Batch size", 1, 65_536, 128)
            .unit("rows")
            .in(Group.ESSENTIALS)
            .changesLive()
            .help("Rows per step. Smaller batches take more steps per epoch and add noise to them.");

    public static final Hyperparameter<Boolean> DROP_LAST = Hyperparameter.flag("drop-last", "Drop short batch", false)
            .in(Group.TRAINING)
            .flags("--drop-lastbatch")
            .help("Leave out the last batch of an epoch when it is shorter than the others. Training only: every row is"
                    + " scored.");

    public static final Hyperparameter<Double> LEARNING_RATE = Hyperparameter.logReal(
                    "learning-rate", "Learning rate", 1e-7, 1, 1e-3)
            .in(Group.ESSENTIALS)
            .flags("--lr", "--init-lr")
            .changesLive()
            .help("Step size of Adam. Halve it when the loss curve jumps.");

    public static final Hyperparameter<String> SCHEDULE = Hyperparameter.choice(
                    "schedule",
                    "Learning-rate schedule",
                    List.of("constant", "exponential", "step", "cosine", "plateau"),
                    "constant")
            .in(Group.TRAINING)
            .flags("--lr-schedule")
            .help("How the learning rate falls towards its minimum. 'plateau' watches the validation loss and needs a"
                    + " validation share.");

    public static final Hyperparameter<Double> MIN_LEARNING_RATE = Hyperparameter.logReal(
                    "min-learning-rate", "Lowest learning rate", 1e-9, 1, 1e-4)
            .in(Group.TRAINING)
            .flags("--min-lr")
            .help("Where the schedule ends. Without effect for the constant schedule.");

    public static final Hyperparameter<Double> WEIGHT_DECAY = Hyperparameter.real(
                    "weight-decay", "Weight decay", 0, 1, 0)
            .in(Group.TRAINING)
            .changesLive()
            .help("Pulls weights, biases and memory towards 0. Added to the gradient (L2) unless decay is decoupled.");

    public static final Hyperparameter<Boolean> DECOUPLED_DECAY = Hyperparameter.flag(
                    "decoupled-decay", "Decoupled decay", false)
            .in(Group.ADVANCED)
            .help("Apply weight decay beside Adam's step instead of inside the gradient (AdamW).");

    public static final Hyperparameter<Double> GRAD_CLIP = Hyperparameter.real("grad-clip", "Gradient clip", 0, 1e6, 0)
            .in(Group.ADVANCED)
            .changesLive()
            .help("Largest norm of the whole gradient; larger ones are scaled down. 0 switches clipping off.");

    public static final Hyperparameter<OptionalInt> LATENT_SIZE = Hyperparameter.autoWhole(
                    "latent-size", "Latent width", 0, 4096)
            .unit("units")
            .in(Group.ESSENTIALS)
            .flags("--latent-dim")
            .help("Numbers a row is compressed to. 'auto': a third of the features, at most 32.");

    public static final Hyperparameter<Widths> HIDDEN = Hyperparameter.widths("hidden", "Hidden widths", 8, 8192)
            .unit("units")
            .in(Group.NETWORK)
            .help("Widths of the encoder's hidden layers; the decoder mirrors them. 'auto' follows the number of"
                    + " features, or 'Encoder layers' if that is set.");

    public static final Hyperparameter<OptionalInt> LAYERS = Hyperparameter.autoWhole("layers", "Encoder layers", 1, 8)
            .unit("layers")
            .in(Group.NETWORK)
            .flags("--n-layers")
            .help("Dense layers of the encoder, the one into the code included. Used when hidden widths are 'auto'.");

    public static final Hyperparameter<OptionalInt> COMPRESSION = Hyperparameter.autoWhole(
                    "compression", "Compression factor", 1, 64)
            .in(Group.NETWORK)
            .flags("--compression-factor")
            .help("Each hidden layer has the width of the one before divided by this. 'auto' is 2. Used together with"
                    + " 'Encoder layers'.");

    public static final Hyperparameter<String> ACTIVATION = Hyperparameter.choice(
                    "activation", "Activation", Activation.hiddenIds(), Activation.TANH.id())
            .in(Group.NETWORK)
            .flags("--act-fn")
            .help("Non-linearity after every layer but the code and the output.");

    public static final Hyperparameter<String> OUTPUT = Hyperparameter.choice(
                    "output", "Output activation", List.of("auto", "linear", "sigmoid"), "auto")
            .in(Group.NETWORK)
            .help("'auto': sigmoid for min-max scaled data, which lie in 0 to 1, linear otherwise.");

    public static final Hyperparameter<String> INITIALISATION = Hyperparameter.choice(
                    "initialisation", "Start values", Initialisation.ids(), Initialisation.GLOROT.id())
            .in(Group.ADVANCED)
            .help("Distribution of the weights before training: Glorot, He, PyTorch's default, or that of the tabular"
                    + " MeMAE program.");

    public static final Hyperparameter<Double> WEIGHT_AVERAGE = Hyperparameter.real(
                    "weight-average", "Weight average", 0, 0.9999, 0)
            .unit("share kept with each batch")
            .in(Group.TRAINING)
            .help("Score and save with a running mean of the weights, which keeps this share of itself with each batch:"
                    + " 0.999 looks back over about 1000 batches. 0 scores with the weights as trained.");

    public static final Hyperparameter<Double> VALIDATION_SHARE = Hyperparameter.real(
                    "validation-share", "Validation share", 0, 0.9, 0)
            .unit("fraction of training rows")
            .in(Group.TRAINING)
            .flags("--val-ratio")
            .help("Training rows set aside to watch the loss on rows that are not trained on.");

    public static final Hyperparameter<Integer> PATIENCE = Hyperparameter.whole("patience", "Patience", 0, 100_000, 0)
            .unit("epochs")
            .in(Group.TRAINING)
            .help("Stop after this many epochs without a better validation loss and keep the best epoch. 0: never."
                    + " Needs a validation share; uses no labels.");

    private SharedHyperparameters() {}

    /** The output activation for a scaler. */
    public static Activation outputActivation(String output, String scaler) {
        return switch (output) {
            case "sigmoid" -> Activation.SIGMOID;
            case "linear" -> Activation.LINEAR;
            default -> "min-max".equals(scaler) ? Activation.SIGMOID : Activation.LINEAR;
        };
    }
}
