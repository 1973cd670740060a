package org.oddlens.engine.compute;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.graph.Network;

/**
 * Forward passes over any number of rows in blocks of 256, the last one padded with zeros. BLAS picks its kernels by the
 * number of rows, so a fixed block is what makes a row's score independent of the rows beside it.
 */
public final class BlockScoring {

    /** Rows per block. */
    public static final int BLOCK = 256;

    private final GraphExecutor executor;
    private final int features;
    private final Batch batch;

    public BlockScoring(GraphExecutor executor, int features) {
        this.executor = executor;
        this.features = features;
        this.batch = executor.batch(BLOCK);
    }

    /**
     * Runs the rows through the network.
     *
     * @param rows  {@code [n, features]} row-major
     * @param roles outputs of the network by role
     * @return role to {@code [n, width]} row-major
     */
    public Map<String, float[]> outputs(float[] rows, List<String> roles) {
        if (roles.isEmpty()) {
            return Map.of();
        }
        int count = rows.length / features;
        List<String> variables = new ArrayList<>();
        Map<String, float[]> results = new LinkedHashMap<>();
        float[][] blocks = new float[roles.size()][];
        for (int r = 0; r < blocks.length; r++) {
            Network.Output output = executor.network().outputs().get(roles.get(r));
            variables.add(output.variable());
            blocks[r] = new float[BLOCK * output.width()];
            results.put(roles.get(r), new float[count * output.width()]);
        }
        for (int from = 0; from < count; from += BLOCK) {
            int taken = Math.min(BLOCK, count - from);
            System.arraycopy(rows, from * features, batch.features(), 0, taken * features);
            java.util.Arrays.fill(batch.features(), taken * features, BLOCK * features, 0);
            executor.forward(batch, variables, blocks);
            for (int r = 0; r < blocks.length; r++) {
                int width = blocks[r].length / BLOCK;
                System.arraycopy(blocks[r], 0, results.get(roles.get(r)), from * width, taken * width);
            }
        }
        return results;
    }
}
