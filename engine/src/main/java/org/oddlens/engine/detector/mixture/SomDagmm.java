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

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorDescriptor.LossTerm;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.NetworkLayout;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Reference;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.Tensor;

/**
 * SOM-DAGMM: DAGMM whose mixture also sees where a row lies on self-organising maps of the training rows.
 *
 * <pre>
 * z     = [ row₁, column₁, …, code, ‖x − x̂‖ / ‖x‖, cos(x, x̂) ]         coordinates on each map in [0, 1]
 * loss, score: as DAGMM
 * </pre>
 *
 * <p>Chen, Ashizawa, Yean, Yeo, Yanai, arXiv:2008.12686. The 13-model program trains its map on test rows too, lets only the
 * winning unit move, feeds whole coordinates up to 31, and describes test rows by the mixture of the batch they are in; here
 * the map sees training rows, coordinates lie in [0, 1] and the mixture is that of the training rows, also in its preset.
 */
public final class SomDagmm implements NetworkDetector {

    private static final int LARGEST_SIDE = 32;
    private static final int LEAST_STEPS = 8000;

    private static final Hyperparameter<Integer> MAPS = Hyperparameter.whole("maps", "Maps", 1, 5, 1)
            .in(Group.NETWORK)
            .flags("--somdagmm-n-soms")
            .help("Self-organising maps, each from another start. More of them blur the edges between units.");

    private static final Hyperparameter<OptionalInt> MAP_SIDE = Hyperparameter.autoWhole("map-side", "Map side", 2, 64)
            .unit("units")
            .in(Group.NETWORK)
            .help("Units along a side of the square map. 'auto': √(5·√rows) / 2 of the training rows, from 2 to 32.");

    private static final Hyperparameter<String> MAP_RADIUS = Hyperparameter.namedReal(
                    "map-radius", "Map radius", List.of("auto"), 0.1, 64, "auto")
            .unit("units")
            .in(Group.NETWORK)
            .help(
                    "How far a row draws the neighbours of its unit along at first. 'auto': half the side, at least 2. At 1"
                            + " only the unit itself moves and the map has no order.");

    private static final Hyperparameter<Double> MAP_RATE = Hyperparameter.real("map-rate", "Map rate", 0.001, 1, 0.6)
            .in(Group.NETWORK)
            .help("Share of the way to a row that a unit moves at first.");

    private static final Hyperparameter<OptionalInt> MAP_STEPS = Hyperparameter.autoWhole(
                    "map-steps", "Map steps", 1, 10_000_000)
            .unit("rows")
            .in(Group.NETWORK)
            .help("Rows a map is trained on, one by one. 'auto': 10 for each unit, at least 8000.");

    private static final Hyperparameter<String> NEIGHBOURHOOD = Hyperparameter.choice(
                    "neighbourhood", "Neighbourhood", List.of("bubble", "gaussian"), "bubble")
            .in(Group.ADVANCED)
            .help("Whether all units within the radius move alike or less with their distance.");

    private static final DetectorDescriptor DESCRIPTOR = new DetectorDescriptor(
            "som-dagmm",
            "SOM-DAGMM",
            "density",
            "DAGMM that also looks at where a row lies on a map of the training rows; flags the rows of low density.",
            "energy: negative log-likelihood under the mixture of the training rows; may be negative",
            List.of(
                    new Reference(
                            "Y. Chen, N. Ashizawa, S. Yean, C. K. Yeo, N. Yanai",
                            "Self-Organizing Map assisted Deep Autoencoding Gaussian Mixture Model for Intrusion Detection",
                            "arXiv 2020",
                            "https://arxiv.org/abs/2008.12686"),
                    new Reference(
                            "T. Kohonen",
                            "Self-organized formation of topologically correct feature maps",
                            "Biological Cybernetics 43, 1982",
                            "https://doi.org/10.1007/BF00337288")),
            List.of(
                    EPOCHS.defaultsTo(200),
                    BATCH_SIZE,
                    LEARNING_RATE,
                    LATENT_SIZE.defaultsTo(OptionalInt.of(1)).flags("--latent-dim", "--somdagmm-latent-dim"),
                    MIXTURES.flags("--somdagmm-n-mixtures"),
                    HIDDEN,
                    LAYERS.flags("--n-layers", "--somdagmm-n-layers"),
                    COMPRESSION.flags("--compression-factor", "--somdagmm-compression-factor"),
                    ACTIVATION.flags("--act-fn", "--somdagmm-ae-act-fn"),
                    OUTPUT,
                    MAPS,
                    MAP_SIDE,
                    MAP_RADIUS,
                    MAP_RATE,
                    MAP_STEPS,
                    ESTIMATION_WIDTH,
                    ESTIMATION_ACTIVATION.flags("--somdagmm-gmm-act-fn", "--gmm-act-fn"),
                    COVARIANCE_RIDGE.flags("--somdagmm-reg-covar"),
                    RECONSTRUCTION,
                    ENERGY_WEIGHT.flags("--somdagmm-lambda-1"),
                    PENALTY_WEIGHT.flags("--somdagmm-lambda-2"),
                    DROPOUT,
                    SCHEDULE,
                    MIN_LEARNING_RATE,
                    WEIGHT_DECAY,
                    VALIDATION_SHARE,
                    PATIENCE,
                    DROP_LAST,
                    DECOUPLED_DECAY,
                    GRAD_CLIP,
                    INITIALISATION,
                    NEIGHBOURHOOD),
            MixturePresets.somDagmm(),
            List.of(
                    new LatentSpace(MixtureNetwork.SPACE, "Map, code, relative distance, cosine"),
                    new LatentSpace(MixtureNetwork.CODE, "Latent code")),
            List.of(
                    new AnatomyObject(MixtureAnatomy.ID, "Mixture components", AnatomyObject.Kind.ELLIPSES),
                    new AnatomyObject(MapAnatomy.ID, "Map units", AnatomyObject.Kind.GRID)),
            List.of(
                    new LossTerm("reconstruction", "Reconstruction"),
                    new LossTerm("energy", "Energy"),
                    new LossTerm("covariance-penalty", "Covariance penalty")),
            false,
            List.of("SOMDAGMM"));

    /** Name of the units {@code [side², features]} of a map, counted from 1. */
    static String units(int map) {
        return "map-" + map + "/units";
    }

    /** Side of the automatic map for so many training rows. */
    static int automaticSide(long rows) {
        return Math.max(2, Math.min(LARGEST_SIDE, (int) Math.sqrt(5 * Math.sqrt(rows)) / 2));
    }

    private static int side(Values values, DataShape data) {
        return values.get(MAP_SIDE).orElse(automaticSide(data.rows()));
    }

    @Override
    public DetectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public NetworkShape shape(Values values, DataShape data) {
        NetworkLayout layout = new NetworkLayout(values, data);
        int dimensions = 2 * values.get(MAPS) + layout.widths().latent() + 2;
        MixtureNetwork.warn(layout, values, data, dimensions);
        return layout.shape(Map.of("estimation", MixtureNetwork.estimationParameters(values, dimensions)));
    }

    @Override
    public Network network(Values values, DataShape data, DataType type, RandomStreams streams) {
        NetworkBuilder net = new NetworkBuilder(type, streams);
        SDVariable x = net.input(NetworkBuilder.FEATURES, data.features());
        int side = side(values, data);
        List<SDVariable> places = new ArrayList<>();
        for (int map = 1; map <= values.get(MAPS); map++) {
            float[] start = new float[side * side * data.features()];
            SDVariable units = net.frozen(units(map), start, side * side, data.features());
            places.add(new MapPlaces(net.graph(), side, side).of(x, units));
        }
        int width = 2 * places.size();
        SDVariable together = MixtureNetwork.sideBySide(net, places, Collections.nCopies(places.size(), 2), width);
        MixtureNetwork.build(net, values, data, new NetworkLayout(values, data).widths(), x, together, width);
        return net.build();
    }

    @Override
    public TrainingRule rule(Values values, DataShape data) {
        int side = side(values, data);
        String radius = values.get(MAP_RADIUS);
        return new MapRule(
                values,
                values.get(MAPS),
                side,
                new SelfOrganisingMap.Schedule(
                        values.get(MAP_STEPS).orElse(Math.max(LEAST_STEPS, 10 * side * side)),
                        values.get(MAP_RATE),
                        radius.equals("auto") ? Math.max(2, side / 2.0) : Double.parseDouble(radius),
                        SelfOrganisingMap.Neighbourhood.valueOf(
                                values.get(NEIGHBOURHOOD).toUpperCase(Locale.ROOT))));
    }

    /** A saved model knows its map; how many rows trained it is not saved. */
    @Override
    public FittedDetector restore(Values values, DataShape data, Map<String, Tensor> weights, TrainingContext context) {
        Tensor units = weights.get(units(1));
        if (units == null) {
            return NetworkDetector.super.restore(values, data, weights, context);
        }
        double side = Math.sqrt(units.shape()[0]);
        int rows = (int) Math.ceil(Math.pow(4 * side * side / 5, 2));
        return NetworkDetector.super.restore(
                values, new DataShape(data.rowShape(), data.scaler(), rows), weights, context);
    }

    @Override
    public List<String> anatomyRoles() {
        return List.of(MixtureNetwork.SPACE, SCORE);
    }

    @Override
    public Map<String, Tensor> anatomy(Map<String, Tensor> weights, Map<String, float[]> outputs, int rows) {
        int side = (int) Math.sqrt(weights.get(units(1)).shape()[0]);
        int dimensions = weights.get(MixtureNetwork.MEANS).shape()[1];
        Map<String, Tensor> anatomy = new LinkedHashMap<>(MixtureAnatomy.of(weights));
        anatomy.putAll(
                new MapAnatomy(side, outputs.get(MixtureNetwork.SPACE), outputs.get(SCORE), dimensions).arrays());
        return anatomy;
    }
}
