package org.oddlens.engine.detector.lof;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Distances between rows. Searches compare a reduced form that orders alike and costs less; {@link #full} turns it into
 * the distance. Differences are taken directly, in double precision: {@code |a|² + |b|² − 2ab} would lose the digits of
 * near copies.
 */
enum Distance {
    /** √Σ(a − b)²; reduced: its square. */
    EUCLIDEAN {
        @Override
        double add(double sum, double difference) {
            return sum + difference * difference;
        }

        @Override
        double full(double reduced) {
            return Math.sqrt(reduced);
        }
    },
    /** Σ|a − b|. */
    MANHATTAN {
        @Override
        double add(double sum, double difference) {
            return sum + Math.abs(difference);
        }
    },
    /** max|a − b|. */
    CHEBYSHEV {
        @Override
        double add(double sum, double difference) {
            return Math.max(sum, Math.abs(difference));
        }
    },
    /** 1 − cos(a, b), on rows of length 1; 1 from a row of zeros to any. */
    COSINE {
        @Override
        double add(double sum, double difference) {
            throw new UnsupportedOperationException("the cosine is no sum over differences");
        }

        @Override
        double between(double[] rows, int at, double[] row, double limit) {
            double product = 0;
            for (int j = 0; j < row.length; j++) {
                product += rows[at + j] * row[j];
            }
            return Math.max(0, 1 - product);
        }

        @Override
        boolean bounded() {
            return false;
        }

        @Override
        void prepare(double[] rows, int from, int features) {
            double squares = 0;
            for (int j = 0; j < features; j++) {
                squares += rows[from + j] * rows[from + j];
            }
            double length = Math.sqrt(squares);
            for (int j = 0; j < features && length > 0; j++) {
                rows[from + j] /= length;
            }
        }
    };

    private static final int STRIDE = 8;

    /** Ids as users write them. */
    static List<String> ids() {
        return Stream.of(values()).map(d -> d.name().toLowerCase(Locale.ROOT)).toList();
    }

    static Distance of(String id) {
        return valueOf(id.toUpperCase(Locale.ROOT));
    }

    /** A reduced distance with one more feature; never smaller than before, also after rounding. */
    abstract double add(double sum, double difference);

    double full(double reduced) {
        return reduced;
    }

    /** Whether a box bounds the distance to the rows inside it. */
    boolean bounded() {
        return true;
    }

    /** Brings a row into the form that is compared. */
    void prepare(double[] rows, int from, int features) {}

    /** Reduced distance of a row to the one at {@code at}; some number above {@code limit} if that is exceeded. */
    double between(double[] rows, int at, double[] row, double limit) {
        double sum = 0;
        for (int j = 0; j < row.length; ) {
            int end = Math.min(row.length, j + STRIDE);
            for (; j < end; j++) {
                sum = add(sum, rows[at + j] - row[j]);
            }
            if (sum > limit) {
                return sum;
            }
        }
        return sum;
    }

    /** Smallest reduced distance of a row to any point of a box. */
    double toBox(double[] lower, double[] upper, int at, double[] row) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            double below = lower[at + j] - row[j];
            double above = row[j] - upper[at + j];
            sum = add(sum, Math.max(0, Math.max(below, above)));
        }
        return sum;
    }
}
