package org.oddlens.engine.compute;

/**
 * Learning rate by epoch. The four schedules are those of the tabular MeMAE program; their defaults too.
 *
 * <ul>
 *   <li>exponential: every epoch times {@code (min/start)^(1/epochs)}, so the last epochs run near the minimum
 *   <li>step: times 0.3 every {@code ⌊epochs/4⌋} epochs
 *   <li>cosine: half a cosine wave over {@code ⌊epochs/3⌋} epochs, then up again, without restart
 *   <li>plateau: times 0.2 after more than 10 epochs without a validation loss below 0.9999 of the best
 * </ul>
 *
 * <p>The step schedule does not go below the minimum either (the program's does).
 */
public final class Schedule {

    /** Kinds of schedule. */
    public enum Kind {
        CONSTANT,
        EXPONENTIAL,
        STEP,
        COSINE,
        PLATEAU
    }

    private static final double STEP_FACTOR = 0.3;
    private static final double PLATEAU_FACTOR = 0.2;
    private static final int PLATEAU_PATIENCE = 10;
    private static final double PLATEAU_GAIN = 1e-4;

    private final Kind kind;
    private final double start;
    private final double minimum;
    private final int epochs;
    private final double plateauFactor;
    private final int plateauPatience;

    private double plateauRate;
    private double best = Double.POSITIVE_INFINITY;
    private int epochsWithoutGain;

    /**
     * @param start   rate of the first epoch
     * @param minimum lowest rate
     * @param epochs  epochs planned
     */
    public Schedule(Kind kind, double start, double minimum, int epochs) {
        this(kind, start, minimum, epochs, PLATEAU_FACTOR, PLATEAU_PATIENCE);
    }

    Schedule(Kind kind, double start, double minimum, int epochs, double plateauFactor, int plateauPatience) {
        this.kind = kind;
        this.start = start;
        this.minimum = Math.min(minimum, start);
        this.epochs = epochs;
        this.plateauFactor = plateauFactor;
        this.plateauPatience = plateauPatience;
        this.plateauRate = start;
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
        };
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
            plateauRate = Math.max(minimum, plateauRate * plateauFactor);
            epochsWithoutGain = 0;
        }
    }
}
