package org.oddlens.engine.detector.contrastive;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.NetworkBuilder;

/**
 * K learned transformations of a row, each with two layers of weights and no biases.
 *
 * <pre>
 * T_k(x) = [σ] ( ReLU(x · A_k) · B_k )
 * x_k    = T_k(x) ∘ x   or   T_k(x) + x
 * </pre>
 *
 * <p>Qiu, Pfrommer, Kloft, Mandt, Rudolph, ICML 2021. The first layers are one product for all transformations, kept the
 * other way round so that each one's part is contiguous.
 *
 * @param count   K, at least 2
 * @param hidden  units between the two layers
 * @param output  numbers of T_k: as many as features, or 1 for all features
 * @param multiply whether T_k multiplies the row; it is added otherwise
 * @param sigmoid whether T_k ends in a sigmoid
 */
record Transformations(int count, int hidden, int output, boolean multiply, boolean sigmoid) {

    /** Trainable numbers. */
    long parameters(int features) {
        return (long) count * hidden * (features + output);
    }

    /**
     * The views, one transformation after the other.
     *
     * @param x {@code [rows, features]}
     * @return {@code [K · rows, features]}
     */
    SDVariable views(NetworkBuilder net, SDVariable x, int features, Initialisation init) {
        SameDiff graph = net.graph();
        SDVariable first =
                net.parameter("transform-1/weights", init.weightBound(features, hidden), count * hidden, features);
        SDVariable second =
                net.parameter("transform-2/weights", init.weightBound(hidden, output), count, hidden, output);
        SDVariable units = graph.nn().relu(graph.mmul(first, x, false, true, false), 0);
        SDVariable made = graph.mmul(graph.reshape(units, count, hidden, -1), second, true, false, false);
        if (output < features) {
            SDVariable ones = graph.constant(Nd4j.ones(net.type(), 1, features));
            made = graph.reshape(made, -1, 1).mmul(ones);
        }
        // One line per transformation: the rows, as a vector, are then repeated like any bias.
        SDVariable lines = graph.reshape(made, count, -1);
        SDVariable factor = sigmoid ? graph.nn().sigmoid(lines) : lines;
        SDVariable rows = graph.reshape(x, -1);
        return graph.reshape(multiply ? factor.mul(rows) : factor.add(rows), -1, features);
    }
}
