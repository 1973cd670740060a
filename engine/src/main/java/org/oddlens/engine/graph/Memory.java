package org.oddlens.engine.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * An addressable memory: queries are answered by a sparse convex combination of learned items.
 *
 * <pre>
 * s = similarity(q, M)                cosine: rows divided by √(‖·‖² + 1e-12); dot: q · Mᵀ
 * w = softmax(s / τ)                  over items
 * u = w where w &gt; λ, else 0           hard shrinkage, λ &gt; 0
 * ŵ = u / Σu                          a row that lost every weight: see {@link EmptyRow}
 * ẑ = ŵ · M                           read-out; M is not normalised here
 * E = −Σ ŵ ln(ŵ + 1e-12)              entropy per row
 * </pre>
 *
 * <p>Source: Gong et al., "Memorizing Normality to Detect Anomaly", ICCV 2019, doi:10.1109/ICCV.2019.00179. Differs
 * from it in the shrinkage, which in training is the limit of their {@code max(w−λ,0)·w/(|w−λ|+ε)}, and in the guard
 * for rows whose every weight is below λ: with the published formula such a row reads zero and sends no gradient, which can kill a
 * memory for good.
 */
public final class Memory {

    /** How queries and items are compared. */
    public enum Similarity {
        COSINE,
        DOT
    }

    /** What a row reads whose every weight fell to the shrinkage. */
    public enum EmptyRow {
        /** The weights before shrinkage, so that the row keeps a gradient. */
        FALLBACK,
        /** Zero, as in the original programs. */
        ZERO
    }

    /**
     * @param weights    ŵ, {@code [rows, items]}
     * @param readOut    ẑ, {@code [rows, width]}
     * @param entropy    E, {@code [rows]}
     * @param emptyRows  1 for rows that lost every weight, else 0, {@code [rows]}
     */
    public record Reading(SDVariable weights, SDVariable readOut, SDVariable entropy, SDVariable emptyRows) {}

    private static final double GUARD = 1e-12;

    private final Similarity similarity;
    private final double temperature;
    private final double threshold;
    private final EmptyRow emptyRow;

    /**
     * @param temperature τ &gt; 0
     * @param threshold   λ ≥ 0; 0 switches the shrinkage off
     */
    public Memory(Similarity similarity, double temperature, double threshold, EmptyRow emptyRow) {
        this.similarity = similarity;
        this.temperature = temperature;
        this.threshold = threshold;
        this.emptyRow = emptyRow;
    }

    /**
     * Reads the memory.
     *
     * @param queries {@code [rows, width]}
     * @param items   {@code [items, width]}
     */
    public Reading read(SameDiff graph, SDVariable queries, SDVariable items) {
        SDVariable s = similarity == Similarity.COSINE
                ? graph.mmul(unit(queries), unit(items), false, true, false)
                : graph.mmul(queries, items, false, true, false);
        SDVariable softmax = graph.nn().softmax(temperature == 1 ? s : s.div(temperature), 1);
        SDVariable weights = softmax;
        SDVariable empty = softmax.sum(1).mul(0.0);
        if (threshold > 0) {
            SDVariable shrunk = shrink(graph, softmax);
            // 1 for a row that kept something: its largest weight is above λ, or there is nothing to divide by.
            SDVariable alive = softmax.max(true, 1).gt(threshold).castTo(softmax.dataType());
            SDVariable dead = alive.rsub(1.0);
            if (emptyRow == EmptyRow.FALLBACK) {
                SDVariable filled = shrunk.add(softmax.mul(dead));
                weights = filled.div(filled.sum(true, 1));
            } else {
                weights = shrunk.div(shrunk.sum(true, 1).add(dead));
            }
            empty = graph.reshape(dead, -1);
        }
        SDVariable readOut = weights.mmul(items);
        SDVariable entropy =
                weights.mul(graph.math().log(weights.add(GUARD))).sum(1).neg();
        return new Reading(weights, readOut, entropy, empty);
    }

    /**
     * Weights above the threshold, 0 for the others. In double precision, where results are compared with published ones,
     * this is the published formula with its 1e-12. Single precision cannot resolve that guard, but its derivative would
     * reach 1e6 for a weight one rounding step above the threshold; so there it is the formula's limit.
     */
    private SDVariable shrink(SameDiff graph, SDVariable softmax) {
        if (softmax.dataType() == DataType.DOUBLE) {
            SDVariable above = graph.nn().relu(softmax.sub(threshold), 0);
            return softmax.mul(above.div(above.add(GUARD)));
        }
        return softmax.mul(softmax.gt(threshold).castTo(softmax.dataType()));
    }

    /** Rows divided by their length; the guard keeps value and gradient finite at a zero row. */
    private static SDVariable unit(SDVariable rows) {
        SDVariable length =
                rows.getSameDiff().math().sqrt(rows.mul(rows).sum(true, 1).add(GUARD));
        return rows.div(length);
    }
}
