package org.oddlens.engine.detector.mixture;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The negative log-likelihood of rows under a Gaussian mixture, as a part of a graph.
 *
 * <pre>
 * N_k = Σᵢ γᵢₖ,  φ_k = N_k / n,  μ_k = Σᵢ γᵢₖ zᵢ / N_k,  Σ_k = Σᵢ γᵢₖ (zᵢ − μ_k)(zᵢ − μ_k)ᵀ / N_k + ε I
 * Σ_k = L_k L_kᵀ,  u = L_k⁻¹ (z − μ_k)
 * ℓ_k(z) = ln φ_k − ½ (uᵀu + d ln 2π) − Σₐ ln L_k,aa
 * E(z) = −ln Σ_k exp ℓ_k(z),   P = Σ_k Σₐ 1 / Σ_k,aa
 * </pre>
 *
 * <p>The Cholesky factors are unrolled into elementary operations on vectors over k, because SameDiff 1.0.0-M2.1 has no
 * gradient for Cholesky and determinant and a wrong one for the inverse. {@code ln Σ exp} is {@code Σ s·(ℓ − ln s)} with
 * s the softmax of ℓ: the same number and the same gradient, and nothing underflows for rows far from every mean.
 *
 * <p>Source: Zong et al., "Deep Autoencoding Gaussian Mixture Model for Unsupervised Anomaly Detection", ICLR 2018. Known
 * programs floor the sum of exponentials at 1e-12, so that every far row gets the energy 27.63; here nothing saturates.
 */
final class MixtureEnergy {

    /** Keeps the logarithm and the division finite for a component without rows. */
    private static final double EMPTY = 1e-12;

    /** Below what single precision resolves beside 1, above what it can hold. */
    private static final double NO_SHARE = 1e-30;

    /**
     * A mixture in the graph, each number a vector over the components.
     *
     * @param logWeights ln φ
     * @param means      for each dimension
     * @param factor     L, lower triangle: row a has a + 1 entries
     * @param penalty    P, one number
     * @param fixed      whether it comes from elsewhere than the rows, which may then lie far from every mean
     */
    record Statistics(
            SDVariable logWeights,
            List<SDVariable> means,
            List<List<SDVariable>> factor,
            SDVariable penalty,
            boolean fixed) {}

    private final SameDiff graph;
    private final int components;
    private final int dimensions;
    private final List<SDVariable> columns = new ArrayList<>();

    /**
     * @param z          {@code [rows, dimensions]}
     * @param components K
     * @param dimensions d
     */
    MixtureEnergy(SameDiff graph, SDVariable z, int components, int dimensions) {
        this.graph = graph;
        this.components = components;
        this.dimensions = dimensions;
        for (int a = 0; a < dimensions; a++) {
            columns.add(z.mmul(unit(z.dataType(), a, dimensions, 1)));
        }
    }

    /** A vector that picks one entry; products with it are exact. */
    private SDVariable unit(DataType type, int index, long... shape) {
        INDArray picks = Nd4j.zeros(type, shape);
        picks.putScalar(index, 1);
        return graph.constant(picks);
    }

    /**
     * The mixture of the rows at hand, for the training loss.
     *
     * @param memberships γ, {@code [rows, components]}, rows sum to 1
     * @param ridge       ε
     */
    Statistics ofRows(SDVariable memberships, double ridge) {
        SDVariable counts = memberships.sum(0).add(EMPTY);
        List<SDVariable> means = new ArrayList<>();
        List<SDVariable> centred = new ArrayList<>();
        for (SDVariable column : columns) {
            SDVariable mean = memberships.mul(column).sum(0).div(counts);
            means.add(mean);
            centred.add(column.sub(mean));
        }
        List<List<SDVariable>> covariance = new ArrayList<>();
        SDVariable penalty = null;
        for (int a = 0; a < dimensions; a++) {
            List<SDVariable> row = new ArrayList<>();
            SDVariable weighted = memberships.mul(centred.get(a));
            for (int b = 0; b < a; b++) {
                row.add(weighted.mul(centred.get(b)).sum(0).div(counts));
            }
            SDVariable variance =
                    weighted.mul(centred.get(a)).sum(0).div(counts).add(ridge);
            row.add(variance);
            covariance.add(row);
            SDVariable inverse = variance.rdiv(1.0).sum();
            penalty = penalty == null ? inverse : penalty.add(inverse);
        }
        SDVariable logWeights = graph.math().log(memberships.mean(0).add(EMPTY));
        return new Statistics(logWeights, means, factorised(covariance, ridge), penalty, false);
    }

    private List<List<SDVariable>> factorised(List<List<SDVariable>> covariance, double ridge) {
        List<List<SDVariable>> factor = new ArrayList<>();
        for (int a = 0; a < dimensions; a++) {
            List<SDVariable> row = new ArrayList<>();
            for (int b = 0; b <= a; b++) {
                SDVariable rest = covariance.get(a).get(b);
                for (int m = 0; m < b; m++) {
                    SDVariable other = a == b ? row.get(m) : factor.get(b).get(m);
                    rest = rest.sub(row.get(m).mul(other));
                }
                // Rounding can push a pivot below the ridge that bounds it.
                row.add(
                        a == b
                                ? graph.math()
                                        .sqrt(graph.nn()
                                                .relu(rest.sub(ridge), 0)
                                                .add(ridge))
                                : rest.div(factor.get(b).get(b)));
            }
            factor.add(row);
        }
        return factor;
    }

    /**
     * A mixture that was fitted before, for scoring.
     *
     * @param weights φ, {@code [components]}
     * @param means   {@code [components, dimensions]}
     * @param factors L row by row, {@code [components, dimensions²]}
     */
    Statistics fixed(SDVariable weights, SDVariable means, SDVariable factors) {
        List<SDVariable> centres = new ArrayList<>();
        List<List<SDVariable>> factor = new ArrayList<>();
        SDVariable penalty = null;
        for (int a = 0; a < dimensions; a++) {
            centres.add(column(means, a, dimensions));
            List<SDVariable> row = new ArrayList<>();
            SDVariable variance = null;
            for (int b = 0; b <= a; b++) {
                SDVariable entry = column(factors, a * dimensions + b, dimensions * dimensions);
                row.add(entry);
                variance = variance == null ? entry.mul(entry) : variance.add(entry.mul(entry));
            }
            factor.add(row);
            SDVariable inverse = variance.rdiv(1.0).sum();
            penalty = penalty == null ? inverse : penalty.add(inverse);
        }
        return new Statistics(graph.math().log(weights.add(EMPTY)), centres, factor, penalty, true);
    }

    /** One column of a matrix as a row over the components. */
    private SDVariable column(SDVariable matrix, int index, int width) {
        return graph.mmul(unit(matrix.dataType(), index, 1, width), matrix, false, true, false);
    }

    /** E, {@code [rows]}. */
    SDVariable of(Statistics mixture) {
        List<SDVariable> solved = new ArrayList<>();
        SDVariable squares = null;
        SDVariable logScale = null;
        for (int a = 0; a < dimensions; a++) {
            List<SDVariable> row = mixture.factor().get(a);
            SDVariable rest = columns.get(a).sub(mixture.means().get(a));
            for (int m = 0; m < a; m++) {
                rest = rest.sub(solved.get(m).mul(row.get(m)));
            }
            // ND4J 1.0.0-M2.1 gives a divisor of one number, as here with one component, a wrong gradient.
            SDVariable u = rest.mul(row.get(a).rdiv(1.0));
            solved.add(u);
            squares = squares == null ? u.mul(u) : squares.add(u.mul(u));
            SDVariable log = graph.math().log(row.get(a));
            logScale = logScale == null ? log : logScale.add(log);
        }
        SDVariable perComponent = mixture.logWeights().sub(logScale).sub(0.5 * dimensions * Math.log(2 * Math.PI));
        SDVariable log = squares.mul(-0.5).add(perComponent);
        if (components == 1) {
            return graph.reshape(log, -1).neg();
        }
        // ND4J's softmax does not shift rows of negative numbers: below -745 it is 0 / 0. The largest has no gradient
        // here, so rows that make their own mixture, which are never that far from it, do without.
        SDVariable largest = mixture.fixed() ? log.max(true, 1) : null;
        SDVariable shifted = largest == null ? log : log.sub(largest);
        SDVariable shares = graph.nn().softmax(shifted, 1);
        SDVariable sum =
                shares.mul(shifted.sub(graph.math().log(shares.add(NO_SHARE)))).sum(true, 1);
        return graph.reshape(largest == null ? sum : sum.add(largest), -1).neg();
    }
}
