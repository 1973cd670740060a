package org.oddlens.engine.detector.contrastive;

import java.util.Arrays;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
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
     * @param views ℓ, {@code [rows, K]}, each at least 0
     * @param sum   their sum over the views, {@code [rows]}
     */
    record Losses(SDVariable views, SDVariable sum) {}

    /**
     * The loss of each row and view.
     *
     * @param code      codes of the rows, {@code [rows, width]}
     * @param viewCodes codes of their views, one view after the other, {@code [K · rows, width]}
     */
    Losses losses(SDVariable code, SDVariable viewCodes, double temperature) {
        SDVariable byRow = byRow(unit(viewCodes), views, width);
        SDVariable own = graph.tile(graph.reshape(unit(code), -1, 1, width), 1, views, 1);
        SDVariable toRow = byRow.mul(own).sum(2);
        SDVariable toViews = graph.reshape(graph.mmul(byRow, byRow, false, true, false), -1, views * views);
        // The similarity of a view to itself says nothing: its place is taken by the one to the row.
        double[][] places = new double[views][views * views];
        double[] diagonal = new double[views * views];
        double[] others = new double[views * views];
        Arrays.fill(others, 1);
        for (int k = 0; k < views; k++) {
            places[k][k * views + k] = 1;
            diagonal[k * views + k] = 1;
            others[k * views + k] = 0;
        }
        SDVariable place = constant(Nd4j.createFromArray(places));
        SDVariable all = toViews.mul(constant(Nd4j.createFromArray(others))).add(toRow.mmul(place));
        // Along the last dimension; ND4J 1.0.0-M2.1 cannot differentiate the form that names it.
        SDVariable shares = graph.nn().logSoftmax(graph.reshape(all.div(temperature), -1, views));
        SDVariable byPair = graph.reshape(shares, -1, views * views);
        return new Losses(
                graph.mmul(byPair, place, false, true, false).neg(),
                byPair.mul(constant(Nd4j.createFromArray(diagonal))).sum(1).neg());
    }

    private SDVariable constant(INDArray numbers) {
        return graph.constant(numbers.castTo(type));
    }

    /** {@code [K · rows, width]} to {@code [rows, K, width]}. */
    static SDVariable byRow(SDVariable viewed, int views, int width) {
        SameDiff graph = viewed.getSameDiff();
        return graph.permute(graph.reshape(viewed, views, -1, width), 1, 0, 2);
    }

    private SDVariable unit(SDVariable rows) {
        return rows.div(graph.math().sqrt(rows.mul(rows).sum(true, 1).add(GUARD)));
    }
}
