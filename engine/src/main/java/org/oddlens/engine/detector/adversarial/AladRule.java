package org.oddlens.engine.detector.adversarial;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.compute.Adam;
import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.detector.LiveNetwork;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.run.CounterRandom;

/**
 * Discriminators and generator by turns, each batch: first the discriminators step, then generator and encoder against the
 * discriminators as they are after that, with noise of their own. Both optimisers forget the first moment by half.
 */
final class AladRule implements TrainingRule {

    /** Number of the discriminators' objective, which steps first. */
    static final int DISCRIMINATORS = 0;

    /** Number of the objective of generator and encoder. */
    static final int GENERATOR = 1;

    private static final double FORGETTING = 0.5;

    /** Rows that are generated to be drawn, and rows looked at for a collapse. */
    private static final int SHOWN = 256;

    /** Steps of power iteration from the singular vectors of the trained weights to those of their mean. */
    private static final int NORM_STEPS = 20;

    /** Levels of a 16-bit number. */
    private static final int LEVELS = 1 << 16;

    /** Scores closer than this rank nothing. */
    private static final double COLLAPSED = 1e-8;

    private final Map<String, Double> dropout;
    private final SpectralNorms norms;
    private final double weightAverage;
    private boolean warned;

    /**
     * @param dropout       rate by the name of its mask
     * @param norms         spectral layers, possibly none
     * @param weightAverage share of itself that the mean of the weights keeps with each batch, 0 for none
     */
    AladRule(Map<String, Double> dropout, SpectralNorms norms, double weightAverage) {
        this.dropout = dropout;
        this.norms = norms;
        this.weightAverage = weightAverage;
    }

    @Override
    public List<Integer> objectives(int epoch) {
        return List.of(DISCRIMINATORS, GENERATOR);
    }

    @Override
    public int smallestBatch() {
        return 2;
    }

    @Override
    public Adam.Settings adam(int objective, Adam.Settings shared) {
        return shared.withBeta1(FORGETTING);
    }

    @Override
    public void fill(LiveNetwork net, Batch batch, int objective, int epoch, int step) {
        norms.iterate(net);
        String player = objective == DISCRIMINATORS ? "discriminators" : "generator";
        normal(net.streams().stream("noise of " + player, epoch, step), batch.input(Alad.NOISE));
        CounterRandom random = net.streams().stream("dropout of " + player, epoch, step);
        dropout.forEach((mask, rate) -> mask(random, batch.input(mask), rate));
    }

    private static void normal(CounterRandom random, float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
    }

    /** 0 with the probability of the rate, to 16 bits, else what keeps the mean at 1. */
    static void mask(CounterRandom random, float[] values, double rate) {
        int dropped = (int) Math.round(rate * LEVELS);
        float[] factors = {0, (float) LEVELS / (LEVELS - dropped)};
        long bits = 0;
        for (int i = 0; i < values.length; i++) {
            bits = i % 4 == 0 ? random.nextLong() : bits >>> 16;
            // 1 where the level is not below; a branch that nobody can foresee would take most of the time.
            values[i] = factors[dropped - 1 - (int) (bits & (LEVELS - 1)) >>> 31];
        }
    }

    @Override
    public double weightAverage() {
        return weightAverage;
    }

    /**
     * Spectral norms of averaged weights, codes of some generated rows, to be drawn, and a look at whether the scores
     * still tell rows apart.
     */
    @Override
    public void settle(LiveNetwork net) {
        // The vectors in place are those of the trained weights, near the mean's. Without a mean they are the
        // training's
        // own and must stay.
        for (int i = 0; weightAverage > 0 && i < NORM_STEPS; i++) {
            norms.iterate(net);
        }
        Batch batch = net.batch(SHOWN);
        normal(net.streams().stream("noise shown"), batch.input(Alad.NOISE));
        float[] codes = new float[net.parameter(Alad.GENERATED).length];
        net.forward(batch, List.of(Alad.GENERATED_CODES), new float[][] {codes});
        net.set(Alad.GENERATED, codes);
        warnOfACollapse(net);
    }

    private void warnOfACollapse(LiveNetwork net) {
        int rows = Math.min(SHOWN, net.rows().length / net.features());
        float[] some = Arrays.copyOf(net.rows(), rows * net.features());
        float[] scores = net.outputs(some, List.of(NetworkDetector.SCORE)).get(NetworkDetector.SCORE);
        Arrays.sort(scores);
        if (!warned && rows > 3 && scores[rows * 3 / 4] - scores[rows / 4] < COLLAPSED) {
            warned = true;
            net.warn(
                    "collapse",
                    "The middle half of the first " + rows + " training scores is equal (" + scores[rows / 2]
                            + "). The discriminator of rows no longer sees them, so no ranking is possible. Try another"
                            + " seed, a smaller learning rate or fewer epochs.");
        }
    }

    static int shown() {
        return SHOWN;
    }
}
