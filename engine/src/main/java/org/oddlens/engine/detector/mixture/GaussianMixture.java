package org.oddlens.engine.detector.mixture;

import java.util.Arrays;

/**
 * A mixture of Gaussian distributions with full covariances, in double precision.
 *
 * <pre>
 * p(z) = Σ_k φ_k exp(−½ (z − μ_k)ᵀ Σ_k⁻¹ (z − μ_k)) / √det(2π Σ_k)
 * </pre>
 */
public final class GaussianMixture {

    /** Keeps the mean of a component without rows finite; as in scikit-learn. */
    private static final double EMPTY = 10 * Math.ulp(1.0);

    private final int dimensions;
    private final double[] weights;
    private final double[] means;
    private final double[] covariances;
    private final double[] factors;

    /**
     * @param weights     φ, {@code [components]}, sum 1
     * @param means       {@code [components, dimensions]}
     * @param covariances {@code [components, dimensions, dimensions]}, symmetric
     * @throws SingularCovarianceException naming the first component whose covariance is not positive definite
     */
    public GaussianMixture(double[] weights, double[] means, double[] covariances) {
        this.dimensions = means.length / weights.length;
        this.weights = weights;
        this.means = means;
        this.covariances = covariances;
        this.factors = new double[covariances.length];
        int square = dimensions * dimensions;
        for (int k = 0; k < weights.length; k++) {
            if (!factorise(covariances, factors, k * square, dimensions)) {
                throw new SingularCovarianceException(k);
            }
        }
    }

    /**
     * The mixture of rows that belong to components by shares: weighted means and covariances.
     *
     * @param rows        {@code [n, dimensions]}
     * @param memberships {@code [n, components]}, rows sum to 1
     * @param ridge       added to the diagonal of every covariance
     */
    public static GaussianMixture ofMemberships(double[] rows, double[] memberships, int components, double ridge) {
        int n = memberships.length / components;
        int d = rows.length / n;
        double[] counts = new double[components];
        double[] means = new double[components * d];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < components; k++) {
                double share = memberships[i * components + k];
                counts[k] += share;
                for (int a = 0; a < d; a++) {
                    means[k * d + a] += share * rows[i * d + a];
                }
            }
        }
        for (int k = 0; k < components; k++) {
            counts[k] += EMPTY;
            for (int a = 0; a < d; a++) {
                means[k * d + a] /= counts[k];
            }
        }
        double[] covariances = scatter(rows, memberships, means, counts, ridge);
        double[] weights = Arrays.stream(counts).map(count -> count / n).toArray();
        return new GaussianMixture(weights, means, covariances);
    }

    private static double[] scatter(
            double[] rows, double[] memberships, double[] means, double[] counts, double ridge) {
        int components = counts.length;
        int d = means.length / components;
        double[] covariances = new double[components * d * d];
        double[] centred = new double[d];
        for (int i = 0; i < rows.length / d; i++) {
            for (int k = 0; k < components; k++) {
                double share = memberships[i * components + k];
                if (share == 0) {
                    continue;
                }
                for (int a = 0; a < d; a++) {
                    centred[a] = rows[i * d + a] - means[k * d + a];
                }
                for (int a = 0; a < d; a++) {
                    for (int b = 0; b <= a; b++) {
                        covariances[(k * d + a) * d + b] += share * centred[a] * centred[b];
                    }
                }
            }
        }
        for (int k = 0; k < components; k++) {
            for (int a = 0; a < d; a++) {
                for (int b = 0; b <= a; b++) {
                    double value = covariances[(k * d + a) * d + b] / counts[k];
                    covariances[(k * d + a) * d + b] = value;
                    covariances[(k * d + b) * d + a] = value;
                }
                covariances[(k * d + a) * d + a] += ridge;
            }
        }
        return covariances;
    }

    /** Lower Cholesky factor of one matrix of a stack; false if it is not positive definite. */
    private static boolean factorise(double[] matrices, double[] factors, int at, int d) {
        for (int a = 0; a < d; a++) {
            for (int b = 0; b <= a; b++) {
                double rest = matrices[at + a * d + b];
                for (int m = 0; m < b; m++) {
                    rest -= factors[at + a * d + m] * factors[at + b * d + m];
                }
                if (a == b && !(rest > 0)) {
                    return false;
                }
                factors[at + a * d + b] = a == b ? Math.sqrt(rest) : rest / factors[at + b * d + b];
            }
        }
        return true;
    }

    public int components() {
        return weights.length;
    }

    public int dimensions() {
        return dimensions;
    }

    /** φ, {@code [components]}. */
    public double[] weights() {
        return weights.clone();
    }

    /** {@code [components, dimensions]}. */
    public double[] means() {
        return means.clone();
    }

    /** {@code [components, dimensions, dimensions]}. */
    public double[] covariances() {
        return covariances.clone();
    }

    /** Lower Cholesky factors of the covariances, {@code [components, dimensions, dimensions]}. */
    public double[] factors() {
        return factors.clone();
    }

    /** {@code ln φ_k p_k(z)} of one row for every component. */
    private void logDensities(double[] rows, int row, double[] into, double[] u) {
        int d = dimensions;
        for (int k = 0; k < weights.length; k++) {
            double log = Math.log(weights[k]) - 0.5 * d * Math.log(2 * Math.PI);
            for (int a = 0; a < d; a++) {
                double rest = rows[row * d + a] - means[k * d + a];
                for (int m = 0; m < a; m++) {
                    rest -= factors[(k * d + a) * d + m] * u[m];
                }
                double pivot = factors[(k * d + a) * d + a];
                u[a] = rest / pivot;
                log -= 0.5 * u[a] * u[a] + Math.log(pivot);
            }
            into[k] = log;
        }
    }

    /**
     * Shares of the components in each row.
     *
     * @param rows   {@code [n, dimensions]}
     * @param shares receives {@code [n, components]}; rows sum to 1
     * @return ln p of each row
     */
    public double[] memberships(double[] rows, double[] shares) {
        int components = weights.length;
        int n = rows.length / dimensions;
        double[] logs = new double[components];
        double[] u = new double[dimensions];
        double[] likelihoods = new double[n];
        for (int i = 0; i < n; i++) {
            logDensities(rows, i, logs, u);
            double largest = Double.NEGATIVE_INFINITY;
            for (double log : logs) {
                largest = Math.max(largest, log);
            }
            double sum = 0;
            for (double log : logs) {
                sum += Math.exp(log - largest);
            }
            likelihoods[i] = largest + Math.log(sum);
            for (int k = 0; k < components; k++) {
                shares[i * components + k] = Math.exp(logs[k] - likelihoods[i]);
            }
        }
        return likelihoods;
    }
}
