package org.oddlens.engine.detector.energy;

import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.detector.LiveNetwork;
import org.oddlens.engine.detector.TrainingRule;
import org.oddlens.engine.run.CounterRandom;

/** Fresh normal noise for every number of every batch. */
final class DenoisingRule implements TrainingRule {

    /** Name of the input that takes the noise. */
    static final String NOISE = "noise";

    private final double deviation;

    /** @param deviation standard deviation of the noise, in scaled units */
    DenoisingRule(double deviation) {
        this.deviation = deviation;
    }

    @Override
    public void fill(LiveNetwork net, Batch batch, int objective, int epoch, int step) {
        CounterRandom random = net.streams().stream(NOISE, epoch, step);
        float[] noise = batch.input(NOISE);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (deviation * random.nextGaussian());
        }
    }
}
