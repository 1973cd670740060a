package org.oddlens.engine.detector;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.compute.BlockScoring;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.run.RandomStreams;

/** What a {@link TrainingRule} may do with the network under training. */
public final class LiveNetwork {

    private final GraphExecutor executor;
    private final TrainingData data;
    private final TrainingContext context;
    private final BlockScoring scoring;

    LiveNetwork(GraphExecutor executor, TrainingData data, TrainingContext context) {
        this.executor = executor;
        this.data = data;
        this.context = context;
        this.scoring = new BlockScoring(executor, data.features());
    }

    /** The training rows, scaled, {@code [rows, features]} row-major; not to be changed. */
    public float[] rows() {
        return data.train();
    }

    /** Numbers per row. */
    public int features() {
        return data.features();
    }

    /** A batch to fill and pass to {@link #forward}. */
    public Batch batch(int rows) {
        return executor.batch(rows);
    }

    /**
     * Runs rows through the network in blocks; inputs other than the features are 0.
     *
     * @param rows  {@code [n, features]} row-major
     * @param roles outputs by role
     * @return role to {@code [n, width]} row-major
     */
    public Map<String, float[]> outputs(float[] rows, List<String> roles) {
        return scoring.outputs(rows, roles);
    }

    /**
     * Runs a batch with all its inputs.
     *
     * @param batch at least two rows
     * @param roles outputs by role
     * @param out   an array {@code [rows, width]} for each, row-major
     */
    public void forward(Batch batch, List<String> roles, float[][] out) {
        List<String> variables = roles.stream()
                .map(role -> executor.network().outputs().get(role).variable())
                .toList();
        executor.forward(batch, variables, out);
    }

    /**
     * A copy of an array of the network, row-major.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public float[] parameter(String name) {
        ParameterLayout.Entry entry = entry(name);
        return Arrays.copyOfRange(executor.parameters(), entry.offset(), entry.offset() + entry.length());
    }

    /**
     * Sets an array of the network, row-major; meant for frozen ones.
     *
     * @throws IllegalArgumentException if there is none of that name and length
     */
    public void set(String name, float[] values) {
        ParameterLayout.Entry entry = entry(name);
        if (values.length != entry.length()) {
            throw new IllegalArgumentException(name + " has " + entry.length() + " numbers, not " + values.length);
        }
        System.arraycopy(values, 0, executor.parameters(), entry.offset(), entry.length());
        executor.parametersChanged();
    }

    private ParameterLayout.Entry entry(String name) {
        return executor.layout().entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the network has no array '" + name + "'"));
    }

    /** All randomness of the run. */
    public RandomStreams streams() {
        return context.streams();
    }

    /** Warns the user: a stable code, and what happened, why, what to do. */
    public void warn(String code, String sentence) {
        context.warn().accept(code, sentence);
    }

    /** Whether to go on; false once the user has stopped the run. */
    public boolean mayContinue() {
        return context.control().requestedStop().isEmpty();
    }
}
