package org.oddlens.engine.detector.mixture;

import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.DROPOUT;
import static org.oddlens.engine.detector.mixture.MixtureHyperparameters.MIXTURES;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.detector.LiveNetwork;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.CounterRandom;

/**
 * Training of DAGMM and SOM-DAGMM: draws the dropout of each step, and fits the mixture that scores to all training rows,
 * without dropout and in double precision.
 */
class MixtureRule implements TrainingRule {

    private static final int MOST_RAISES = 12;

    /** A variance with the ridge in it that is below this many ridges is almost nothing but ridge. */
    private static final double FLAT = 1.01;

    private final double dropout;
    private final int components;
    private final double ridge;
    private final BitSet warned = new BitSet();

    MixtureRule(Values values) {
        dropout = values.get(DROPOUT);
        components = values.get(MIXTURES);
        ridge = MixtureNetwork.ridge(values);
    }

    /** A batch of one row has no covariance. */
    @Override
    public int smallestBatch() {
        return 2;
    }

    @Override
    public void fill(LiveNetwork net, Batch batch, int objective, int epoch, int step) {
        float[] kept = batch.input(MixtureNetwork.KEPT);
        CounterRandom random = net.streams().stream("dropout", epoch, step);
        float scale = (float) (1 / (1 - dropout));
        for (int i = 0; i < kept.length; i++) {
            kept[i] = random.nextDouble() < dropout ? 0 : scale;
        }
    }

    @Override
    public void settle(LiveNetwork net) {
        Map<String, float[]> outputs =
                net.outputs(net.rows(), List.of(MixtureNetwork.SPACE, MixtureNetwork.MEMBERSHIPS));
        double[] space = doubles(outputs.get(MixtureNetwork.SPACE));
        double[] memberships = doubles(outputs.get(MixtureNetwork.MEMBERSHIPS));
        if (space == null || memberships == null) {
            return; // diverged, which the loss says already
        }
        GaussianMixture mixture = fitted(net, space, memberships);
        warnOfStarved(net, mixture, memberships.length / components);
        warnOfFlat(net, mixture);
        net.set(MixtureNetwork.WEIGHTS, floats(mixture.weights()));
        net.set(MixtureNetwork.MEANS, floats(mixture.means()));
        net.set(MixtureNetwork.FACTORS, floats(mixture.factors()));
    }

    /** Raises the ridge tenfold until every covariance can be factorised. */
    private GaussianMixture fitted(LiveNetwork net, double[] space, double[] memberships) {
        double used = ridge;
        for (int raises = 0; ; raises++) {
            try {
                return GaussianMixture.ofMemberships(space, memberships, components, used);
            } catch (SingularCovarianceException e) {
                if (raises == MOST_RAISES) {
                    throw e;
                }
                used *= 10;
                warnOnce(
                        net,
                        e.component(),
                        "singular-covariance",
                        String.format(
                                Locale.ROOT,
                                "Covariance of mixture %d of %d became singular. The ridge %.0e was too small and was raised"
                                        + " to %.0e for scoring. Use fewer mixtures or raise 'Covariance ridge'.",
                                e.component() + 1,
                                components,
                                ridge,
                                used));
            }
        }
    }

    private void warnOfStarved(LiveNetwork net, GaussianMixture mixture, int rows) {
        for (int k = 0; k < components; k++) {
            double held = mixture.weights()[k] * rows;
            if (held < mixture.dimensions() + 1) {
                warnOnce(
                        net,
                        k,
                        "starved-mixture",
                        String.format(
                                Locale.ROOT,
                                "Mixture %d of %d holds %.2g of %d training rows, too few for a covariance in %d dimensions;"
                                        + " the ridge holds it. Use fewer mixtures or another seed.",
                                k + 1,
                                components,
                                held,
                                rows,
                                mixture.dimensions()));
            }
        }
    }

    /** A component that is flat in some direction lives on the ridge: a code that does not move any more, say. */
    private void warnOfFlat(LiveNetwork net, GaussianMixture mixture) {
        int d = mixture.dimensions();
        double[] factors = mixture.factors();
        for (int k = 0; k < components; k++) {
            double thinnest = Double.POSITIVE_INFINITY;
            for (int a = 0; a < d; a++) {
                double pivot = factors[(k * d + a) * d + a];
                thinnest = Math.min(thinnest, pivot * pivot);
            }
            if (thinnest < FLAT * ridge) {
                warnOnce(
                        net,
                        k,
                        "singular-covariance",
                        String.format(
                                Locale.ROOT,
                                "Covariance of mixture %d of %d became singular: in some direction its rows vary by less than"
                                        + " %.0e, a hundredth of the ridge. Its code may have collapsed. Use wider layers or"
                                        + " another activation, or fewer mixtures.",
                                k + 1,
                                components,
                                (FLAT - 1) * ridge));
            }
        }
    }

    private void warnOnce(LiveNetwork net, int component, String code, String sentence) {
        if (!warned.get(component)) {
            warned.set(component);
            net.warn(code, sentence);
        }
    }

    /** Null if a number is not finite. */
    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                return null;
            }
            doubles[i] = values[i];
        }
        return doubles;
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
