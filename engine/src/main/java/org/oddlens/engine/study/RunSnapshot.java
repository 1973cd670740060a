package org.oddlens.engine.study;

import java.util.List;
import org.oddlens.engine.detector.AnatomyObject;

/**
 * A run at one epoch, ready to be drawn: what a window or a report needs, in plain numbers.
 *
 * @param epoch   epoch, 0 for the untrained network
 * @param rows    row indices in the data set
 * @param ids     what the rows are called: their ids, or their indices
 * @param labels  1 anomaly, 0 normal, −1 unknown
 * @param scores  anomaly score per row
 * @param spaces  the rows in each latent space, projected to two dimensions; empty if the detector has none
 * @param maps    the detector's maps of units, with what their rows score; empty if it has none
 * @param ranking ROC, PR and their areas; null unless both classes are present
 */
public record RunSnapshot(
        int epoch,
        int[] rows,
        String[] ids,
        byte[] labels,
        double[] scores,
        List<Space> spaces,
        List<UnitMap> maps,
        Ranking ranking) {

    /**
     * One space.
     *
     * @param label  words of the interface
     * @param width  dimensions before the projection
     * @param x      first coordinate per row
     * @param y      second coordinate per row; log10 of the score in a space of width 1
     * @param xTitle what the abscissa is
     * @param yTitle what the ordinate is
     * @param layers the detector's own objects in the same plane
     */
    public record Space(
            String id,
            String label,
            int width,
            float[] x,
            float[] y,
            String xTitle,
            String yTitle,
            List<Layer> layers) {}

    /**
     * Objects of the detector's own, of one kind; empty arrays without any.
     *
     * @param label what they are, in words of the interface: "Memory items"
     * @param kind  how they are drawn
     * @param x     first coordinate per point
     * @param y     second coordinate per point
     * @param use   share of the total per point, in [0, 1]; its size; empty where points have none
     * @param lines outlines, grid lines and links, each as x and y by turns
     */
    public record Layer(
            String label, AnatomyObject.Kind kind, float[] x, float[] y, float[] use, List<float[]> lines) {}

    /** Curves over all thresholds, from the strictest to the loosest. */
    public record Ranking(
            double[] falsePositiveRates,
            double[] truePositiveRates,
            double[] rocThresholds,
            double[] recalls,
            double[] precisions,
            double[] prThresholds,
            double auroc,
            double auprc,
            double anomalyShare) {}
}
