package org.oddlens.engine.compute;

/**
 * Learning rate by epoch. Exponential, step, cosine and plateau are those of the tabular MeMAE program; their defaults too.
 *
 * <ul>
 *   <li>exponential: every epoch times {@code (min/start)^(1/epochs)}, so the last epochs run near the minimum
 *   <li>step: times 0.3 every {@code ⌊epochs/4⌋} epochs
 *   <li>cosine: half a cosine wave over {@code ⌊epochs/3⌋} epochs, then up again, without restart
 *   <li>plateau: times 0.2 after more than 10 epochs without a validation loss below 0.9999 of the best
 *   <li>milestones: times a factor at each of some epochs
 * </ul>
 *
 * <p>The start may be changed while a run trains ({@link #restart}); the schedule then goes on as if it had always started
 * there, and the plateau from there. The step schedule does not go below the minimum either (the program's does).
 */
public final class Schedule {

    /** Kinds of schedule. */
    public enum Kind {
        CONSTANT,
        EXPONENTIAL,
        STEP,
        COSINE,
        PLATEAU,
        MILESTONES
    }

    private static final double STEP_FACTOR = 0.3;
    private static final double PLATEAU_FACTOR = 0.2;
    private static final int PLATEAU_PATIENCE = 10;
    private static final double PLATEAU_GAIN = 1e-4;
    /** PyTorch leaves the rate alone where a reduction would be smaller. */
    private static final double PLATEAU_LEAST_CHANGE = 1e-8;

    private final Kind kind;
    private final double lowest;
    private final int epochs;
    private final double plateauFactor;
    private final int plateauPatience;
    private final int[] milestones;
    private final double milestoneFactor;

    private double start;
    private double minimum;

    private double plateauRate;
    private double best = Double.POSITIVE_INFINITY;
    private int epochsWithoutGain;

    /**
     * @param start   rate of the first epoch
     * @param minimum lowest rate
     * @param epochs  epochs planned
     */
    public Schedule(Kind kind, double start, double minimum, int epochs) {
        this(kind, start, minimum, epochs, PLATEAU_FACTOR, PLATEAU_PATIENCE, new int[0], 1);
    }

    /**
     * A rate that is multiplied at some epochs.
     *
     * @param milestones epochs done when the rate changes
     */
    public static Schedule milestones(double start, double factor, int... milestones) {
        return new Schedule(Kind.MILESTONES, start, 0, 0, PLATEAU_FACTOR, PLATEAU_PATIENCE, milestones.clone(), factor);
    }

    Schedule(
            Kind kind,
            double start,
            double minimum,
            int epochs,
            double plateauFactor,
            int plateauPatience,
            int[] milestones,
            double milestoneFactor) {
        this.kind = kind;
        this.lowest = minimum;
        this.epochs = epochs;
        this.plateauFactor = plateauFactor;
        this.plateauPatience = plateauPatience;
        this.milestones = milestones;
        this.milestoneFactor = milestoneFactor;
        restart(start);
    }

    /** Changes the start; epochs and plateau count on. */
    public void restart(double newStart) {
        start = newStart;
        minimum = Math.min(lowest, newStart);
        plateauRate = newStart;
    }

    /** What the plateau has seen, for a checkpoint. */
    public double[] state() {
        return new double[] {plateauRate, best, epochsWithoutGain};
    }

    /** Goes on from {@link #state()}. */
    public void restore(double[] state) {
        plateauRate = state[0];
        best = state[1];
        epochsWithoutGain = (int) state[2];
    }

    /** The rate of an epoch, counted from 1. */
    public double rate(int epoch) {
        int done = epoch - 1;
        return switch (kind) {
            case CONSTANT -> start;
            case EXPONENTIAL -> start * Math.pow(Math.pow(minimum / start, 1.0 / epochs), done);
            case STEP -> Math.max(minimum, start * Math.pow(STEP_FACTOR, done / Math.max(1, epochs / 4)));
            case COSINE -> minimum + (start - minimum) / 2 * (1 + Math.cos(Math.PI * done / Math.max(1, epochs / 3)));
            case PLATEAU -> plateauRate;
            case MILESTONES -> start * Math.pow(milestoneFactor, milestonesPassed(done));
        };
    }

    private int milestonesPassed(int done) {
        int passed = 0;
        for (int milestone : milestones) {
            passed += done >= milestone ? 1 : 0;
        }
        return passed;
    }

    /** Tells the schedule the validation loss after an epoch; only {@code plateau} listens. */
    public void validated(double loss) {
        if (kind != Kind.PLATEAU) {
            return;
        }
        if (loss < best * (1 - PLATEAU_GAIN)) {
            best = loss;
            epochsWithoutGain = 0;
        } else if (++epochsWithoutGain > plateauPatience) {
            double reduced = Math.max(minimum, plateauRate * plateauFactor);
            plateauRate = plateauRate - reduced > PLATEAU_LEAST_CHANGE ? reduced : plateauRate;
            epochsWithoutGain = 0;
        }
    }
}
