package org.oddlens.engine.detector.oneclass;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.oddlens.engine.detector.LiveNetwork;
import org.oddlens.engine.detector.TrainingRule;

/**
 * How Deep SVDD is trained: an autoencoder first if wanted, then the centre from the network as it is, then the one-class
 * loss; with a soft boundary, the radius after its warm-up follows the training rows before every epoch.
 */
final class SphereRule implements TrainingRule {

    static final String CENTRE = "centre";
    static final String RADIUS = "radius";
    static final String BOUNDARY = "boundary";
    static final String CODE = "code";
    static final String DISTANCE = "distance";

    /** Scores closer together than this rank nothing. */
    private static final double COLLAPSED = 1e-9;

    /**
     * @param pretraining epochs of the autoencoder before the first one-class epoch
     * @param soft        whether the boundary is soft
     * @param nu          share of training rows outside the sphere
     * @param warmUp      one-class epochs before the boundary leaves 0
     */
    record Settings(int pretraining, boolean soft, double nu, int warmUp) {}

    private final Settings settings;
    private boolean warned;

    SphereRule(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void begin(LiveNetwork net) {
        centre(net, settings.pretraining() == 0);
    }

    @Override
    public void beforeEpoch(LiveNetwork net, int epoch) {
        if (settings.pretraining() > 0 && epoch == settings.pretraining() + 1) {
            centre(net, true);
        }
        if (settings.soft() && epoch > settings.pretraining() + settings.warmUp()) {
            net.set(BOUNDARY, new float[] {(float) Sphere.radius(distances(net), settings.nu())});
        }
    }

    @Override
    public List<Integer> objectives(int epoch) {
        return List.of(epoch <= settings.pretraining() ? 1 : 0);
    }

    /** The radius that is shown and scored with belongs to the weights as they are; no step depends on it. */
    @Override
    public void settle(LiveNetwork net) {
        double[] distances = distances(net);
        net.set(RADIUS, new float[] {(float) Sphere.radius(distances, settings.nu())});
        double spread = spread(distances);
        if (spread < COLLAPSED && !warned) {
            warned = true;
            net.warn(
                    "collapse",
                    String.format(
                            Locale.ROOT,
                            "All %,d training rows lie equally far from the centre (distances %.2g, standard deviation"
                                    + " %.1g). Deep SVDD has collapsed to its centre: every row is mapped to the same"
                                    + " point, so no ranking is possible. Try 'Bias' off, ReLU or leaky ReLU, less"
                                    + " weight decay, or another seed.",
                            distances.length,
                            distances[0],
                            spread));
        }
    }

    private void centre(LiveNetwork net, boolean last) {
        float[] codes = net.outputs(net.rows(), List.of(CODE)).get(CODE);
        int width = net.parameter(CENTRE).length;
        double[] centre = Sphere.centre(doubles(codes), width);
        float[] single = new float[width];
        for (int j = 0; j < width; j++) {
            single[j] = (float) centre[j];
        }
        net.set(CENTRE, single);
        if (last && Arrays.stream(centre).allMatch(c -> Math.abs(c) == Sphere.LEAST)) {
            net.warn(
                    "centre-at-zero",
                    "The untrained network maps the training rows to about 0, so all " + width
                            + " components of the centre were pushed to ±0.1. The centre then says nothing about the"
                            + " rows. Try another scaler, a wider network, or another seed.");
        }
    }

    private static double[] distances(LiveNetwork net) {
        Map<String, float[]> outputs = net.outputs(net.rows(), List.of(DISTANCE));
        return doubles(outputs.get(DISTANCE));
    }

    private static double spread(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElse(0));
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
