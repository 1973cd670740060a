package org.oddlens.engine.detector.ocsvm;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import libsvm.svm_parameter;

/**
 * Similarity of two rows.
 *
 * @param kind   formula
 * @param gamma  scale of distances or products, above 0; unused by {@link Kind#LINEAR}
 * @param coef0  constant of {@link Kind#POLY} and {@link Kind#SIGMOID}
 * @param degree power of {@link Kind#POLY}
 */
record Kernel(Kind kind, double gamma, double coef0, int degree) {

    /** Formulas with x·y the product of the rows. */
    enum Kind {
        /** exp(−γ |x − y|²). */
        RBF(svm_parameter.RBF),
        /** x·y. */
        LINEAR(svm_parameter.LINEAR),
        /** (γ x·y + c)^degree. */
        POLY(svm_parameter.POLY),
        /** tanh(γ x·y + c); no kernel in the strict sense. */
        SIGMOID(svm_parameter.SIGMOID);

        private final int libsvmType;

        Kind(int libsvmType) {
            this.libsvmType = libsvmType;
        }

        static List<String> ids() {
            return Stream.of(values())
                    .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                    .toList();
        }

        static Kind of(String id) {
            return valueOf(id.toUpperCase(Locale.ROOT));
        }

        int libsvmType() {
            return libsvmType;
        }
    }

    /** Of the row at {@code at} of some rows and another row. */
    double of(double[] rows, int at, double[] row) {
        return switch (kind) {
            case RBF -> Math.exp(-gamma * squaredDistance(rows, at, row));
            case LINEAR -> product(rows, at, row);
            case POLY -> power(gamma * product(rows, at, row) + coef0, degree);
            case SIGMOID -> Math.tanh(gamma * product(rows, at, row) + coef0);
        };
    }

    private static double squaredDistance(double[] rows, int at, double[] row) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            double difference = rows[at + j] - row[j];
            sum += difference * difference;
        }
        return sum;
    }

    private static double product(double[] rows, int at, double[] row) {
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            sum += rows[at + j] * row[j];
        }
        return sum;
    }

    private static double power(double base, int exponent) {
        double result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= base;
        }
        return result;
    }
}
