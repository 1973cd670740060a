package org.oddlens.engine.detector.energy;

import static org.oddlens.engine.detector.SharedHyperparameters.BATCH_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.DECOUPLED_DECAY;
import static org.oddlens.engine.detector.SharedHyperparameters.DROP_LAST;
import static org.oddlens.engine.detector.SharedHyperparameters.EPOCHS;
import static org.oddlens.engine.detector.SharedHyperparameters.GRAD_CLIP;
import static org.oddlens.engine.detector.SharedHyperparameters.HIDDEN;
import static org.oddlens.engine.detector.SharedHyperparameters.LATENT_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.MIN_LEARNING_RATE;
import static org.oddlens.engine.detector.SharedHyperparameters.PATIENCE;
import static org.oddlens.engine.detector.SharedHyperparameters.SCHEDULE;
import static org.oddlens.engine.detector.SharedHyperparameters.VALIDATION_SHARE;
import static org.oddlens.engine.detector.SharedHyperparameters.WEIGHT_DECAY;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorDescriptor.LossTerm;
import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.detector.LayoutChecks;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Reference;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;

/**
 * DSEBM: an energy over rows, trained so that a step down its slope takes a noisy row back; rows of high energy, or on a
 * steep slope, are anomalous.
 *
 * <pre>
 * loss  = mean over rows of Σⱼ (xⱼ − f(x + noise)ⱼ)²      f(x) = x − ∇E(x), see {@link EnergyLayers}
 * score = ‖∇E(x)‖₂ = ‖x − f(x)‖₂   (r)    or    E(x)   (e)
 * </pre>
 *
 * <p>Zhai, Cheng, Lu, Zhang, "Deep Structured Energy Based Models for Anomaly Detection", ICML 2016, arXiv:1605.07717. The
 * 13-model program has a visible bias for every place in the batch and does not train it; here it is one trained vector.
 */
public final class Dsebm implements NetworkDetector {

    private static final String CODE = "code";
    private static final String BY_ENERGY = "e";
    private static final int WIDE = 64;

    private static final Hyperparameter<Double> NOISE = Hyperparameter.real("noise", "Noise", 0.01, 10, 1)
            .unit("scaled units")
            .in(Group.ESSENTIALS)
            .flags("--dsebm-noise")
            .changesLive()
            .help("Standard deviation of the noise that training adds to every number. Small values see fine structure,"
                    + " large ones only the bulk; with min-max scaling 0.1 to 0.3 is large already.");

    private static final Hyperparameter<String> SCORE_KIND = Hyperparameter.choice(
                    "score", "Score", List.of("r", BY_ENERGY), "r")
            .in(Group.ESSENTIALS)
            .flags("--dsebm-score")
            .help(
                    "'r': how steep the energy is at a row, which is the length of the reconstruction error. 'e': the energy"
                            + " itself.");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "dsebm",
            "DSEBM",
            "density",
            "Learns an energy that is low where training rows lie; flags rows where it is steep, or high.",
            "r: length of the energy's slope, which is that of the reconstruction error, in scaled units; e: the energy",
            List.of(new Reference(
                    "S. Zhai, Y. Cheng, W. Lu, Z. Zhang",
                    "Deep Structured Energy Based Models for Anomaly Detection",
                    "ICML 2016, PMLR 48",
                    "https://proceedings.mlr.press/v48/zhai16.html")),
            List.of(
                    EPOCHS.defaultsTo(200),
                    BATCH_SIZE,
                    LEARNING_RATE.defaultsTo(1e-4),
                    NOISE,
                    SCORE_KIND,
                    HIDDEN.flags("--dsebm-fc-1-out")
                            .help(
                                    "Widths between the features and the code; the way back uses the same weights. 'auto':"
                                            + " 128 from 64 features on, else 64."),
                    LATENT_SIZE
                            .flags("--dsebm-fc-2-out")
                            .help("Width of the code. 'auto': 512 from 64 features on, else 128."),
                    SCHEDULE,
                    MIN_LEARNING_RATE.defaultsTo(1e-5),
                    WEIGHT_DECAY,
                    VALIDATION_SHARE,
                    PATIENCE,
                    DROP_LAST,
                    DECOUPLED_DECAY,
                    GRAD_CLIP),
            presets(),
            List.of(new LatentSpace(CODE, "Latent code")),
            List.of(),
            List.of(new LossTerm("reconstruction", "Reconstruction from noise (sum of squares)")),
            false,
            List.of("DSEBM-r", "DSEBM-e", "deep structured energy based model", "energy-based"));

    private static List<Preset> presets() {
        String program = "epochs=200 learning-rate=1e-4 noise=1 hidden=128 latent-size=512";
        String small = "hidden=10 latent-size=2";
        return List.of(
                Preset.of(
                        "default",
                        "The paper's noise of 1, here one standard deviation of z-scored features, its rate of 1e-4 for 200"
                                + " epochs; widths of the successor program by the number of features.",
                        "z-score"),
                Preset.of(
                        "paper",
                        "Zhai et al. 2016 in its authors' tabular settings for KDD: widths 128 and 512, batch 100, noise 1.",
                        null,
                        program,
                        "batch-size=100"),
                Preset.of(
                        "paper/arrhythmia",
                        "The same for Arrhythmia: widths 10 and 2, batch 26.",
                        null,
                        program,
                        small,
                        "batch-size=26"),
                Preset.of("nrcan", "The 13-model program's defaults; visible bias mended and trained.", null, program),
                Preset.of("nrcan/arrhythmia", "The 13-model program's widths for Arrhythmia.", null, program, small),
                Preset.of("nrcan/thyroid", "The 13-model program's widths for Thyroid.", null, program, small),
                Preset.of("robeval/kdd10", "The robustness study's network for KDD.", null, program, "batch-size=1024"),
                Preset.of("robeval/thyroid", "The robustness study's network for Thyroid.", null, program, small),
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia.",
                        "z-score",
                        program,
                        "weight-decay=1e-4"),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid.",
                        "z-score",
                        program,
                        "hidden=64 latent-size=128 weight-decay=1e-4 batch-size=1024"),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD and NSL-KDD.",
                        "min-max",
                        program,
                        "weight-decay=1e-4 batch-size=1024 epochs=100"),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        program,
                        "weight-decay=1e-6 batch-size=1024"));
    }

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        Map<String, String> problems = new LinkedHashMap<>();
        List<Integer> widths = widths(values, data);
        for (int i = 1; i < widths.size(); i++) {
            if (widths.get(i) == 0) {
                boolean last = i == widths.size() - 1;
                problems.putIfAbsent(
                        last ? LATENT_SIZE.key() : HIDDEN.key(),
                        (last ? "Latent width" : "Width of hidden layer " + i)
                                + " would be 0. Every layer needs at least 1 unit: type a larger width, or 'auto'.");
            }
        }
        LayoutChecks.needValidationRows(values, problems);
        if (!problems.isEmpty()) {
            throw new InvalidValuesException(problems);
        }
        long count = data.features();
        for (int i = 1; i < widths.size(); i++) {
            count += (long) widths.get(i - 1) * widths.get(i) + widths.get(i - 1) + widths.get(i);
        }
        return new NetworkShape(widths, Map.of("network", count), List.of());
    }

    private static List<Integer> widths(Values values, DataShape data) {
        boolean wide = data.features() >= WIDE;
        List<Integer> widths = new ArrayList<>(List.of(data.features()));
        widths.addAll(
                values.get(HIDDEN).auto()
                        ? List.of(wide ? 128 : 64)
                        : values.get(HIDDEN).sizes());
        widths.add(values.get(LATENT_SIZE).orElse(wide ? 512 : 128));
        return widths;
    }

    @Override
    public TrainingRule rule(Values values, DataShape data) {
        return new DenoisingRule(values.get(NOISE));
    }

    @Override
    public Network network(Values values, DataShape data, DataType type, RandomStreams streams) {
        List<Integer> widths = widths(values, data);
        NetworkBuilder net = new NetworkBuilder(type, streams);
        SDVariable x = net.input(NetworkBuilder.FEATURES, data.features());
        SDVariable noise = net.input(DenoisingRule.NOISE, data.features());
        EnergyLayers layers = new EnergyLayers(net, widths);

        SDVariable denoised = layers.at(x.add(noise)).reconstruction();
        net.term(
                "reconstruction",
                net.graph().math().squaredDifference(x, denoised).sum(1));

        EnergyLayers.Energy clean = layers.at(x);
        SDVariable slope = net.graph().math().squaredDifference(x, clean.reconstruction());
        SDVariable squares = slope.sum(1);
        boolean byEnergy = values.get(SCORE_KIND).equals(BY_ENERGY);
        net.output(SCORE, byEnergy ? clean.energy() : net.graph().math().sqrt(squares), 1);
        if (!byEnergy) {
            net.output(ERROR, slope, data.features());
        }
        net.output(VALIDATION_LOSS, squares, 1);
        net.output(CODE, clean.code(), widths.get(widths.size() - 1));
        return net.build();
    }
}
