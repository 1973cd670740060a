package org.oddlens.engine.detector.memory;

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

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
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
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Memory;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.param.Widths;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.Tensor;

/**
 * The memory-augmented autoencoder: the code of a row is replaced by a sparse convex combination of learned memory
 * items, so that the decoder only ever sees mixtures of what is normal.
 *
 * <pre>
 * ŵ = memory weights of z (see {@link Memory}),  ẑ = ŵ · M,  x̂ = decoder(ẑ)
 * loss  = mean over rows of [ mean or sum over features of (x − x̂)² + α · E(ŵ) ]
 * score = ‖x − x̂‖₂, or its square
 * </pre>
 *
 * <p>Gong, Liu, Le, Saha, Mansour, Venkatesh, van den Hengel, "Memorizing Normality to Detect Anomaly", ICCV 2019,
 * doi:10.1109/ICCV.2019.00179. Differs in the guard for rows that lose every weight (see {@link Memory.EmptyRow}). The
 * 13-model program never shrinks and does not train its memory on a GPU; here both are mended, also in its preset.
 */
public final class MemAe implements NetworkDetector {

    private static final String ATTENTION = "attention";
    private static final String EMPTY_ROWS = "empty-rows";

    private static final Hyperparameter<Integer> MEMORY_SIZE = Hyperparameter.whole(
                    "memory-size", "Memory items", 1, 5000, 100)
            .unit("items")
            .in(Group.ESSENTIALS)
            .flags("--mem-size", "--mem-dim", "--memae-mem-dim")
            .help(
                    "Prototypes the decoder may mix. Too few cannot describe normal rows, too many can describe anomalies.");

    private static final Hyperparameter<Double> SHRINK_THRESHOLD = Hyperparameter.real(
                    "shrink-threshold", "Shrink threshold", 0, 10, 1)
            .in(Group.ESSENTIALS)
            .flags("--shrink-thres", "--shrink-threshold", "--memae-shrink-thres", "--memae-shrink_thres")
            .help("Memory weights up to this value are set to 0 and the others rescaled. 0 switches it off. The unit is"
                    + " set by 'Shrink unit'.");

    private static final Hyperparameter<String> SHRINK_UNIT = Hyperparameter.choice(
                    "shrink-unit", "Shrink unit", List.of("per-item", "absolute"), "per-item")
            .in(Group.NETWORK)
            .help("'per-item': the threshold is a multiple of an even weight, 1 / memory items. 'absolute': it is the"
                    + " weight itself.");

    private static final Hyperparameter<String> EMPTY_ROW = Hyperparameter.choice(
                    "empty-row", "Row without weights", List.of("fallback", "zero"), "fallback")
            .in(Group.ADVANCED)
            .help("What a row reads whose every weight falls to the threshold: its weights before shrinking, or zero"
                    + " (as in the original programs; such a row no longer learns).");

    private static final Hyperparameter<String> SIMILARITY = Hyperparameter.choice(
                    "similarity", "Similarity", List.of("auto", "cosine", "dot"), "auto")
            .in(Group.NETWORK)
            .flags("--memae-similarity")
            .help("How codes and items are compared. 'auto': cosine, but the dot product for a code of width 1, where"
                    + " the cosine knows two values only.");

    private static final Hyperparameter<Double> TEMPERATURE = Hyperparameter.logReal(
                    "temperature", "Temperature", 0.01, 10, 0.1)
            .in(Group.NETWORK)
            .help(
                    "Divides the similarities before the softmax. With the cosine, 1 cannot single out an item; 0.1 can.");

    private static final Hyperparameter<Double> ENTROPY_WEIGHT = Hyperparameter.real(
                    "entropy-weight", "Entropy weight", 0, 10, 2e-4)
            .in(Group.LOSS)
            .flags("--entropy-loss-weight", "--memae-alpha", "--mem-ae-alpha")
            .changesLive()
            .help("Weight of the entropy of the memory weights in the loss. Larger values make rows use fewer items.");

    private static final Hyperparameter<String> RECONSTRUCTION = Hyperparameter.choice(
                    "reconstruction", "Reconstruction loss", List.of("mean", "sum"), "mean")
            .in(Group.LOSS)
            .help("Mean or sum over features of the squared error. The sum makes the entropy term weigh less.");

    private static final Hyperparameter<String> SCORE_KIND = Hyperparameter.choice(
                    "score", "Score", List.of("error-norm", "squared-error"), "error-norm")
            .in(Group.LOSS)
            .help("Length of the reconstruction error or its square; both rank rows alike.");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "memae",
            "MemAE",
            "memory",
            "Rebuilds a row from a few learned memory items; flags the rows that no mixture of them resembles.",
            "length of the reconstruction error in scaled units",
            List.of(new Reference(
                    "D. Gong, L. Liu, V. Le, B. Saha, M. R. Mansour, S. Venkatesh, A. van den Hengel",
                    "Memorizing Normality to Detect Anomaly: Memory-Augmented Deep Autoencoder for Unsupervised"
                            + " Anomaly Detection",
                    "ICCV 2019",
                    "https://doi.org/10.1109/ICCV.2019.00179")),
            List.of(
                    EPOCHS,
                    BATCH_SIZE.defaultsTo(32),
                    LEARNING_RATE,
                    LATENT_SIZE.defaultsTo(OptionalInt.of(2)).flags("--latent-dim", "--memae-latent-dim"),
                    MEMORY_SIZE,
                    SHRINK_THRESHOLD,
                    HIDDEN.defaultsTo(Widths.of(10, 8, 4)),
                    LAYERS.flags("--n-layers", "--memae-n-layers"),
                    COMPRESSION.flags("--compression-factor", "--memae-compression-factor"),
                    ACTIVATION.defaultsTo("leaky-relu").flags("--act-fn", "--memae-act-fn"),
                    OUTPUT.defaultsTo("linear"),
                    SIMILARITY,
                    TEMPERATURE,
                    SHRINK_UNIT,
                    RECONSTRUCTION,
                    ENTROPY_WEIGHT,
                    SCORE_KIND,
                    SCHEDULE,
                    MIN_LEARNING_RATE,
                    WEIGHT_DECAY.defaultsTo(0.01),
                    VALIDATION_SHARE,
                    PATIENCE,
                    DROP_LAST,
                    DECOUPLED_DECAY.defaultsTo(true),
                    GRAD_CLIP,
                    INITIALISATION.defaultsTo("saltos"),
                    EMPTY_ROW),
            presets(),
            List.of(
                    new LatentSpace("code", "Latent code before memory"),
                    new LatentSpace("read-out", "Latent code after memory")),
            List.of(new AnatomyObject("memory", "Memory items", AnatomyObject.Kind.ITEMS)),
            List.of(
                    new LossTerm("reconstruction", "Reconstruction"),
                    new LossTerm("entropy", "Entropy of memory weights")),
            false,
            List.of("MeMAE", "memory autoencoder", "memory-augmented autoencoder"));

    private static List<Preset> presets() {
        String paper =
                "hidden=60,30,10 latent-size=3 activation=tanh memory-size=50 temperature=1 reconstruction=sum score=squared-error learning-rate=1e-4 decoupled-decay=false weight-decay=0 initialisation=torch";
        String saltos =
                "memory-size=250 shrink-threshold=0.0025 shrink-unit=absolute temperature=1 entropy-weight=0 similarity=cosine empty-row=zero";
        String program =
                "epochs=200 batch-size=128 learning-rate=1e-4 latent-size=1 hidden=auto layers=4 activation=relu memory-size=50 shrink-threshold=0.0025 shrink-unit=absolute similarity=dot temperature=1 score=squared-error decoupled-decay=false weight-decay=0 initialisation=torch";
        return List.of(
                Preset.of(
                        "default",
                        "The tabular MeMAE network with a temperature that lets the memory single out items, a threshold"
                                + " of one even weight, and the paper's entropy term; z-score scaling.",
                        "z-score"),
                Preset.of(
                        "paper",
                        "Gong et al. 2019, KDD network 60-30-10-3 with 50 items; threshold of one even weight.",
                        "min-max",
                        paper),
                Preset.of(
                        "saltos",
                        "The tabular MeMAE program's script: 250 items, threshold 0.0025, AdamW, no scaling.",
                        "none",
                        saltos),
                Preset.of("nrcan", "The 13-model program's defaults; shrinking and widths mended.", null, program),
                Preset.of(
                        "nrcan/arrhythmia",
                        "The 13-model program's suggestion for Arrhythmia.",
                        null,
                        program,
                        "latent-size=10 activation=tanh"),
                Preset.of(
                        "nrcan/thyroid",
                        "The 13-model program's suggestion for Thyroid; widths floored at 1.",
                        null,
                        program,
                        "latent-size=4 layers=3 activation=tanh"),
                Preset.of(
                        "robeval/kdd10",
                        "The robustness study's network for KDD.",
                        null,
                        program,
                        "hidden=60,30,10 latent-size=3 activation=tanh batch-size=1024"),
                Preset.of(
                        "robeval/thyroid",
                        "The robustness study's network for Thyroid.",
                        null,
                        program,
                        "hidden=4,2 latent-size=1 activation=tanh"),
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia.",
                        "z-score",
                        program,
                        "hidden=10 latent-size=2 weight-decay=1e-4"),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid.",
                        "z-score",
                        program,
                        "hidden=12,4 weight-decay=1e-4 batch-size=1024"),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD and NSL-KDD.",
                        "min-max",
                        program,
                        "hidden=60,30,10 memory-size=150 weight-decay=1e-4 batch-size=1024 epochs=100"),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        program,
                        "hidden=40,20 latent-size=10 memory-size=150 weight-decay=1e-4 batch-size=1024"));
    }

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        NetworkLayout layout = new NetworkLayout(values, data);
        warnOfAThresholdThatCannotWork(values, layout);
        return layout.shape(Map.of(
                "memory", (long) values.get(MEMORY_SIZE) * layout.widths().latent()));
    }

    /** With the cosine, similarities lie in [−1, 1], so the softmax weights have hard bounds. */
    private static void warnOfAThresholdThatCannotWork(Values values, NetworkLayout layout) {
        double threshold = threshold(values);
        int items = values.get(MEMORY_SIZE);
        if (threshold == 0 || items == 1 || similarity(values, layout.widths()) == Memory.Similarity.DOT) {
            return;
        }
        double spread = Math.exp(2 / values.get(TEMPERATURE));
        double largest = 1 / (1 + (items - 1) / spread);
        double smallest = 1 / (1 + (items - 1) * spread);
        if (threshold >= largest) {
            layout.warn(String.format(
                    java.util.Locale.ROOT,
                    "The shrink threshold %.4g is above %.4g, the largest weight %d items can give at temperature %s:"
                            + " every row loses every weight. Lower the threshold or the temperature.",
                    threshold,
                    largest,
                    items,
                    values.get(TEMPERATURE)));
        } else if (threshold < smallest) {
            layout.warn(String.format(
                    java.util.Locale.ROOT,
                    "The shrink threshold %.4g is below %.4g, the smallest weight %d items can give at temperature %s:"
                            + " it never acts. Raise the threshold or lower the temperature.",
                    threshold,
                    smallest,
                    items,
                    values.get(TEMPERATURE)));
        }
    }

    private static double threshold(Values values) {
        double threshold = values.get(SHRINK_THRESHOLD);
        return values.get(SHRINK_UNIT).equals("absolute") ? threshold : threshold / values.get(MEMORY_SIZE);
    }

    private static Memory.Similarity similarity(Values values, EncoderWidths widths) {
        return switch (values.get(SIMILARITY)) {
            case "cosine" -> Memory.Similarity.COSINE;
            case "dot" -> Memory.Similarity.DOT;
            default -> widths.latent() == 1 ? Memory.Similarity.DOT : Memory.Similarity.COSINE;
        };
    }

    @Override
    public Network network(Values values, DataShape data, DataType type, RandomStreams streams) {
        EncoderWidths widths = new NetworkLayout(values, data).widths();
        int items = values.get(MEMORY_SIZE);
        Activation hidden = Activation.of(values.get(ACTIVATION));
        Initialisation init = Initialisation.of(values.get(INITIALISATION));
        NetworkBuilder net = new NetworkBuilder(type, streams);

        SDVariable x = net.input(NetworkBuilder.FEATURES, data.features());
        SDVariable code = net.stack("encoder", x, widths.encoder(), hidden, Activation.LINEAR, init);
        // PyTorch's default for a memory is ±1/√width; the others use Glorot's bound of the table.
        double bound = init == Initialisation.TORCH
                ? 1 / Math.sqrt(widths.latent())
                : Math.sqrt(6.0 / (items + widths.latent()));
        SDVariable memory = net.parameter("memory", bound, items, widths.latent());
        Memory.EmptyRow emptyRow =
                values.get(EMPTY_ROW).equals("zero") ? Memory.EmptyRow.ZERO : Memory.EmptyRow.FALLBACK;
        Memory.Reading reading = new Memory(
                        similarity(values, widths), values.get(TEMPERATURE), threshold(values), emptyRow)
                .read(net.graph(), code, memory);
        Activation output = SharedHyperparameters.outputActivation(values.get(OUTPUT), data.scaler());
        SDVariable rebuilt = net.stack("decoder", reading.readOut(), widths.decoder(), hidden, output, init);

        SDVariable error = net.graph().math().squaredDifference(x, rebuilt);
        SDVariable squares = error.sum(1);
        boolean mean = values.get(RECONSTRUCTION).equals("mean");
        net.term("reconstruction", mean ? squares.div(data.features()) : squares);
        if (values.get(ENTROPY_WEIGHT) > 0) {
            net.term("entropy", reading.entropy().mul(values.get(ENTROPY_WEIGHT)));
        }
        boolean norm = values.get(SCORE_KIND).equals("error-norm");
        net.output(SCORE, norm ? net.graph().math().sqrt(squares) : squares, 1);
        net.output(ERROR, error, data.features());
        net.output("code", code, widths.latent());
        net.output("read-out", reading.readOut(), widths.latent());
        net.output(ATTENTION, reading.weights(), items);
        net.output(EMPTY_ROWS, reading.emptyRows(), 1);
        return net.build();
    }

    @Override
    public List<String> anatomyRoles() {
        return List.of(ATTENTION, EMPTY_ROWS);
    }

    @Override
    public Map<String, Tensor> anatomy(Map<String, Tensor> weights, Map<String, float[]> outputs, int rows) {
        Tensor memory = weights.get("memory");
        int items = memory.shape()[0];
        float[] attention = outputs.get(ATTENTION);
        float[] use = new float[items];
        for (int i = 0; i < attention.length; i++) {
            use[i % items] += attention[i] / rows;
        }
        Map<String, Tensor> anatomy = new LinkedHashMap<>();
        anatomy.put("memory", memory);
        anatomy.put("memory-use", Tensor.of(use, items));
        return anatomy;
    }

    /** Rows that lose every weight make the memory blind to them; seen before any time is spent on training. */
    @Override
    public void check(Map<String, float[]> outputs, int rows, BiConsumer<String, String> warn) {
        int empty = 0;
        for (float row : outputs.get(EMPTY_ROWS)) {
            empty += row > 0 ? 1 : 0;
        }
        if (empty > 0.05 * rows) {
            warn.accept(
                    "empty-memory-rows",
                    empty + " of the first " + rows + " training rows lose every memory weight to the shrink threshold."
                            + " With 'Row without weights' at fallback they read unshrunk weights, at zero they cannot"
                            + " learn. Lower the threshold or the temperature.");
        }
    }
}
