package org.oddlens.engine.detector.mixture;

import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * A self-organising map: units on a grid that move towards rows, each taking its neighbours on the grid along.
 *
 * <pre>
 * c   = the unit nearest to x, the first one on ties, row by row
 * η_t = η₀ / (1 + t / (T/2)),   σ_t = σ₀ / (1 + t / (T/2))
 * w_u ← w_u + η_t · h(u, c) · (x − w_u)
 * h   = 1 where |row_u − row_c| &lt; σ_t and |column_u − column_c| &lt; σ_t, else 0        bubble
 * h   = exp(−distance² on the grid / (2 σ_t²))                                       gaussian
 * </pre>
 *
 * <p>T. Kohonen, "Self-organized formation of topologically correct feature maps", Biological Cybernetics 43, 1982,
 * doi:10.1007/BF00337288. In double precision.
 */
final class SelfOrganisingMap {

    /** How far a row draws the neighbours of its unit along. */
    enum Neighbourhood {
        BUBBLE,
        GAUSSIAN
    }

    /**
     * How a map is trained.
     *
     * @param steps  T, single-row updates
     * @param rate   η₀
     * @param radius σ₀, in units of the grid; with a bubble of 1 only the winner moves
     */
    record Schedule(int steps, double rate, double radius, Neighbourhood neighbourhood) {

        double rateAt(int step) {
            return rate / (1 + step / (steps / 2.0));
        }

        double radiusAt(int step) {
            return radius / (1 + step / (steps / 2.0));
        }
    }

    private static final int STEPS_BETWEEN_QUESTIONS = 256;

    private final int rows;
    private final int columns;
    private final int features;
    private final double[] units;

    /** @param units {@code [rows · columns, features]}, row by row; changed by training */
    SelfOrganisingMap(int rows, int columns, double[] units) {
        this.rows = rows;
        this.columns = columns;
        this.features = units.length / (rows * columns);
        this.units = units;
    }

    /** Units uniform in [−1, 1], scaled to length 1. */
    static SelfOrganisingMap start(int side, int features, RandomGenerator random) {
        double[] units = new double[side * side * features];
        for (int u = 0; u < side * side; u++) {
            double squares = 0;
            for (int j = 0; j < features; j++) {
                double value = 2 * random.nextDouble() - 1;
                units[u * features + j] = value;
                squares += value * value;
            }
            for (int j = 0; j < features && squares > 0; j++) {
                units[u * features + j] /= Math.sqrt(squares);
            }
        }
        return new SelfOrganisingMap(side, side, units);
    }

    /**
     * Trains on rows in random order, each as often as any other.
     *
     * @param data      {@code [n, features]}
     * @param goOn asked now and then; false ends the training
     */
    void train(float[] data, Schedule schedule, RandomGenerator order, BooleanSupplier goOn) {
        int n = data.length / features;
        double[] row = new double[features];
        for (int step = 0; step < schedule.steps(); step++) {
            if (step % STEPS_BETWEEN_QUESTIONS == 0 && !goOn.getAsBoolean()) {
                return;
            }
            int drawn = order.nextInt(n);
            for (int j = 0; j < features; j++) {
                row[j] = data[drawn * features + j];
            }
            update(row, step, schedule);
        }
    }

    /**
     * One update.
     *
     * @return the winner before the update
     */
    int update(double[] row, int step, Schedule schedule) {
        int winner = winner(row);
        double rate = schedule.rateAt(step);
        double radius = schedule.radiusAt(step);
        for (int u = 0; u < rows * columns; u++) {
            int down = Math.abs(u / columns - winner / columns);
            int across = Math.abs(u % columns - winner % columns);
            double pull = schedule.neighbourhood() == Neighbourhood.BUBBLE
                    ? (down < radius && across < radius ? 1 : 0)
                    : Math.exp(-(down * down + across * across) / (2 * radius * radius));
            if (pull > 0) {
                for (int j = 0; j < features; j++) {
                    units[u * features + j] += rate * pull * (row[j] - units[u * features + j]);
                }
            }
        }
        return winner;
    }

    /** Index of the nearest unit. */
    int winner(double[] row) {
        int winner = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int u = 0; u < rows * columns; u++) {
            double distance = 0;
            for (int j = 0; j < features; j++) {
                double difference = row[j] - units[u * features + j];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                winner = u;
            }
        }
        return winner;
    }

    /** Distance of a row to its unit. */
    double distance(double[] row) {
        int winner = winner(row);
        double squares = 0;
        for (int j = 0; j < features; j++) {
            double difference = row[j] - units[winner * features + j];
            squares += difference * difference;
        }
        return Math.sqrt(squares);
    }

    /** {@code [rows · columns, features]}, row by row. */
    double[] units() {
        return units.clone();
    }
}
