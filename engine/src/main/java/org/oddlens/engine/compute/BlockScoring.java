package org.oddlens.engine.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.graph.Network;

/**
 * Forward passes over any number of rows in blocks of 256, the last one padded with zeros. BLAS picks its kernels by the
 * number of rows, so a fixed block is what makes a row's score independent of the rows beside it, and of how many
 * threads share the blocks; where they round the rows of a block unlike, the plans give them fewer at once.
 */
public final class BlockScoring {

    /** Rows per block. */
    public static final int BLOCK = 256;

    private final GraphExecutor executor;
    private final int features;

    public BlockScoring(GraphExecutor executor, int features) {
        this.executor = executor;
        this.features = features;
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
        float[][] whole = new float[roles.size()][];
        int[] widths = new int[roles.size()];
        for (int r = 0; r < whole.length; r++) {
            Network.Output output = executor.network().outputs().get(roles.get(r));
            variables.add(output.variable());
            widths[r] = output.width();
            whole[r] = new float[count * output.width()];
            results.put(roles.get(r), whole[r]);
        }
        executor.forwardAll(
                (count + BLOCK - 1) / BLOCK,
                BLOCK,
                variables,
                (block, batch) -> {
                    int from = block * BLOCK;
                    int taken = Math.min(BLOCK, count - from);
                    System.arraycopy(rows, from * features, batch.features(), 0, taken * features);
                    Arrays.fill(batch.features(), taken * features, BLOCK * features, 0);
                },
                (block, out) -> {
                    int from = block * BLOCK;
                    int taken = Math.min(BLOCK, count - from);
                    for (int r = 0; r < whole.length; r++) {
                        System.arraycopy(out[r], 0, whole[r], from * widths[r], taken * widths[r]);
                    }
                });
        return results;
    }
}
