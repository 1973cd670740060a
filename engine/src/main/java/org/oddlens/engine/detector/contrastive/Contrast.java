package org.oddlens.engine.detector.contrastive;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The deterministic contrastive loss: each view is to resemble the row itself and no other view.
 *
 * <pre>
 * a_k = cos(z_k, z) / τ,   b_kl = cos(z_k, z_l) / τ
 * ℓ_k = ln( exp(a_k) + Σ_{l ≠ k} exp(b_kl) ) − a_k
 * </pre>
 *
 * <p>Qiu et al., ICML 2021, equation 2. Lengths are guarded by 1e-12 under the root, so a code of zero has similarity 0
 * and no gradient.
 */
final class Contrast {

    private static final double GUARD = 1e-12;

    private final SameDiff graph;
    private final DataType type;
    private final int views;
    private final int width;

    /**
     * @param views K
     * @param width of the codes
     */
    Contrast(SameDiff graph, DataType type, int views, int width) {
        this.graph = graph;
        this.type = type;
        this.views = views;
        this.width = width;
    }

    /**
     * ℓ, {@code [rows, K]}, each at least 0.
     *
     * @param code      codes of the rows, {@code [rows, width]}
     * @param viewCodes codes of their views, one view after the other, {@code [K · rows, width]}
     */
    SDVariable terms(SDVariable code, SDVariable viewCodes, double temperature) {
        SDVariable byRow = byRow(unit(viewCodes));
        SDVariable own = graph.tile(graph.reshape(unit(code), -1, 1, width), 1, views, 1);
        SDVariable toRow = byRow.mul(own).sum(2);
        SDVariable toViews = graph.reshape(graph.mmul(byRow, byRow, false, true, false), -1, views * views);
        SDVariable diagonal = diagonal();
        // The similarity of a view to itself says nothing: its place is taken by the one to the row.
        SDVariable apart = graph.constant(
                Nd4j.ones(type, views * views).subi(diagonal.getArr().sum(0)));
        SDVariable all = toViews.mul(apart).add(toRow.mmul(diagonal));
        // Along the last dimension; ND4J 1.0.0-M2.1 cannot differentiate the form that names it.
        SDVariable shares = graph.nn().logSoftmax(graph.reshape(all.div(temperature), -1, views));
        return graph.mmul(graph.reshape(shares, -1, views * views), diagonal, false, true, false)
                .neg();
    }

    /** {@code [K · rows, width]} to {@code [rows, K, width]}. */
    SDVariable byRow(SDVariable viewCodes) {
        return graph.permute(graph.reshape(viewCodes, views, -1, width), 1, 0, 2);
    }

    /** {@code [K, K·K]} with a 1 where column k·K + k meets row k: puts K numbers on the diagonal of a K × K matrix. */
    private SDVariable diagonal() {
        double[][] ones = new double[views][views * views];
        for (int k = 0; k < views; k++) {
            ones[k][k * views + k] = 1;
        }
        return graph.constant(Nd4j.createFromArray(ones).castTo(type));
    }

    private SDVariable unit(SDVariable rows) {
        return rows.div(graph.math().sqrt(rows.mul(rows).sum(true, 1).add(GUARD)));
    }
}
