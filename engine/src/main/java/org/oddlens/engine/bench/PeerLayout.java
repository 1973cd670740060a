package org.oddlens.engine.bench;

import org.oddlens.engine.graph.ParameterLayout;

/**
 * Where the elements of our weights lie in PyTorch's tensors, which have the output first: dense {@code [out, in]},
 * convolution {@code [out, in, height, width]}; flattened images have their channels first there and last here.
 */
final class PeerLayout {

    /** Pixels and channels of the flattened image of {@code conv-784}. */
    private static final int PIXELS = 16;

    private static final int CHANNELS = 64;

    private PeerLayout() {}

    /** Bound of the start values: Glorot's, over the receptive field. */
    static float limit(ParameterLayout.Entry entry) {
        int[] shape = entry.shape();
        int last = shape.length - 1;
        int field = shape.length == 4 ? shape[0] * shape[1] : 1;
        return (float) Math.sqrt(6.0 / ((shape[last] + shape[last - 1]) * (double) field));
    }

    /** Index of our element number {@code i} in PyTorch's tensor, row-major. */
    static long index(ParameterLayout.Entry entry, int i) {
        int[] shape = entry.shape();
        if (shape.length == 4) {
            int out = i % shape[3];
            int in = i / shape[3] % shape[2];
            int place = i / shape[3] / shape[2];
            return ((long) out * shape[2] + in) * shape[0] * shape[1] + place;
        }
        int row = i / shape[1];
        int column = i % shape[1];
        return switch (entry.name()) {
            case "memory" -> i;
            case "code/weights" -> (long) column * shape[0] + channelsFirst(row);
            case "expand/weights" -> (long) channelsFirst(column) * shape[0] + row;
            default -> (long) column * shape[0] + row;
        };
    }

    private static int channelsFirst(int place) {
        return place % CHANNELS * PIXELS + place / CHANNELS;
    }
}
