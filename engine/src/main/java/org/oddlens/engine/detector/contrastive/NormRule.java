package org.oddlens.engine.detector.contrastive;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.detector.LiveNetwork;
import org.oddlens.engine.detector.TrainingRule;

/**
 * Training with batch norm in the encoder: batches of two rows at least, and for scoring the mean and population
 * variance of all training rows and their views, layer by layer, because those of a layer follow from the ones before.
 */
final class NormRule implements TrainingRule {

    /** Output role of what goes into the batch norm of a layer: of rows, {@code [rows, width]}. */
    static final String OF_ROWS = "before-norm-rows-";

    /** Of their views, {@code [rows, K · width]}. */
    static final String OF_VIEWS = "before-norm-views-";

    /** Rows looked at in one go; what their views need stays small beside the data. */
    private static final int PIECE = 4096;

    private final int layers;

    /** @param layers hidden layers with batch norm */
    NormRule(int layers) {
        this.layers = layers;
    }

    @Override
    public int smallestBatch() {
        return 2;
    }

    @Override
    public void settle(LiveNetwork net) {
        for (int layer = 1; layer <= layers; layer++) {
            String name = ViewEncoder.layer(layer);
            ColumnMoments moments = moments(net, layer, net.parameter(name + ViewEncoder.MEAN).length);
            if (!moments.areFinite()) {
                return; // diverged, which the loss says already
            }
            net.set(name + ViewEncoder.MEAN, moments.mean());
            net.set(name + ViewEncoder.VARIANCE, moments.variance());
        }
    }

    private static ColumnMoments moments(LiveNetwork net, int layer, int width) {
        ColumnMoments moments = new ColumnMoments(width);
        float[] rows = net.rows();
        int step = PIECE * net.features();
        for (int from = 0; from < rows.length; from += step) {
            float[] piece = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + step));
            Map<String, float[]> seen = net.outputs(piece, List.of(OF_ROWS + layer, OF_VIEWS + layer));
            moments.add(seen.get(OF_ROWS + layer));
            moments.add(seen.get(OF_VIEWS + layer));
        }
        return moments;
    }
}
