package org.oddlens.engine.compute;

import java.util.List;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;

/**
 * Runs one network. What executes the graph is hidden behind this interface; all executors give the same gradients
 * within rounding. One thread at a time.
 */
public interface GraphExecutor extends AutoCloseable {

    /** The network that is run. */
    Network network();

    /** Places in the flat arrays. */
    default ParameterLayout layout() {
        return network().layout();
    }

    /** A batch with an array for every placeholder. */
    default Batch batch(int rows) {
        return new Batch(rows, network().inputs());
    }

    /** The parameters, flat. After writing into the array call {@link #parametersChanged()}. */
    float[] parameters();

    /** Makes the executor see what was written into {@link #parameters()}. */
    void parametersChanged();

    /**
     * Forward and backward for one objective.
     *
     * @param objective number of the objective in the network's order
     * @param gradients receives the gradient of the objective's loss, flat; 0 for parameters that it does not train
     * @param termMeans receives the mean of each of its terms over the batch
     */
    void gradients(int objective, Batch batch, float[] gradients, double[] termMeans);

    /** Forward and backward for the first objective. */
    default void gradients(Batch batch, float[] gradients, double[] termMeans) {
        gradients(0, batch, gradients, termMeans);
    }

    /**
     * Forward only.
     *
     * @param variables names of the variables wanted
     * @param out       one array for each, large enough; row-major
     */
    void forward(Batch batch, List<String> variables, float[][] out);

    /** Writes the inputs of a piece into a batch. */
    interface Filling {
        void fill(int piece, Batch batch);
    }

    /** Takes the results of a piece; pieces may come at the same time and in any order. */
    interface Emptying {
        void empty(int piece, float[][] out);
    }

    /**
     * Forward for many pieces of the same number of rows, on several threads if the executor has them.
     *
     * @param variables names of the variables wanted
     */
    default void forwardAll(int pieces, int rows, List<String> variables, Filling filling, Emptying emptying) {
        Batch batch = batch(rows);
        float[][] out = new float[variables.size()][];
        for (int i = 0; i < out.length; i++) {
            String name = variables.get(i);
            int width = network().outputs().values().stream()
                    .filter(output -> output.variable().equals(name))
                    .mapToInt(Network.Output::width)
                    .findFirst()
                    .orElseThrow();
            out[i] = new float[rows * width];
        }
        for (int piece = 0; piece < pieces; piece++) {
            filling.fill(piece, batch);
            forward(batch, variables, out);
            emptying.empty(piece, out);
        }
    }

    @Override
    void close();
}
