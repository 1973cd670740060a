package org.oddlens.engine.detector.contrastive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.autodiff.samediff.SDVariable;
import org.oddlens.engine.graph.BatchNorm;
import org.oddlens.engine.graph.DenseStack;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.NetworkBuilder;

/**
 * The encoder of rows and their views, with batch norm between each hidden layer and its activation, or without.
 *
 * <p>A row and its views are normalised together, as one population of (K + 1) · rows: their codes are compared, and a
 * view that is equal to its row must have the row's code. The authors' program and the 13-model program's successor do
 * the same by one pass over both. In training the statistics are those of the batch; in scoring they are frozen arrays,
 * those of all training rows and their views, which {@link NormRule} sets.
 */
final class ViewEncoder {

    /** Names of the frozen statistics of a layer end so. */
    static final String MEAN = "/mean";

    static final String VARIANCE = "/variance";

    private static final String NAME = "encoder";

    private final DenseStack layers;
    private final UnaryOperator<SDVariable> activation;
    private final int views;
    private final List<Norm> norms = new ArrayList<>();

    /** A batch norm and its statistics for scoring. */
    private record Norm(BatchNorm batch, SDVariable mean, SDVariable variance) {

        SDVariable frozen(SDVariable in) {
            return batch.by(in, mean, variance);
        }
    }

    /**
     * What the encoder made.
     *
     * @param row   {@code [rows, width]}
     * @param views one view after the other, {@code [K · rows, width]}
     */
    record Pair(SDVariable row, SDVariable views) {

        private Pair each(UnaryOperator<SDVariable> step) {
            return new Pair(step.apply(row), step.apply(views));
        }
    }

    /**
     * @param bias      whether layers add a bias; batch norm has scale and shift if they do, as in the authors' program
     * @param views     K
     * @param normalise whether hidden layers have batch norm
     */
    ViewEncoder(
            NetworkBuilder net,
            List<Integer> widths,
            Initialisation init,
            boolean bias,
            UnaryOperator<SDVariable> activation,
            int views,
            boolean normalise) {
        this.layers = new DenseStack(net, NAME, widths, init, bias);
        this.activation = activation;
        this.views = views;
        for (int i = 1; normalise && i < widths.size() - 1; i++) {
            int width = widths.get(i);
            float[] ones = new float[width];
            Arrays.fill(ones, 1);
            norms.add(new Norm(
                    bias ? new BatchNorm(net, layer(i), width) : BatchNorm.plain(),
                    net.frozen(layer(i) + MEAN, new float[width], width),
                    net.frozen(layer(i) + VARIANCE, ones, width)));
        }
    }

    /** Name of a hidden layer, counted from 1. */
    static String layer(int number) {
        return NAME + "-" + number;
    }

    /** Whether codes depend on the rows beside a row in training. */
    boolean normalises() {
        return !norms.isEmpty();
    }

    /** Codes by the statistics of the batch. */
    Pair byBatch(Pair rows) {
        Pair out = rows;
        for (int i = 0; i < layers.layers(); i++) {
            out = linear(i, out);
            if (i < norms.size()) {
                List<SDVariable> both = norms.get(i).batch().byBatch(out.row(), out.views(), views);
                out = new Pair(both.get(0), both.get(1));
            }
            out = activated(i, out);
        }
        return out;
    }

    /**
     * Codes by the frozen statistics.
     *
     * @param before receives what goes into each batch norm
     */
    Pair byFrozen(Pair rows, List<Pair> before) {
        Pair out = rows;
        for (int i = 0; i < layers.layers(); i++) {
            out = linear(i, out);
            if (i < norms.size()) {
                before.add(out);
                out = out.each(norms.get(i)::frozen);
            }
            out = activated(i, out);
        }
        return out;
    }

    private Pair linear(int layer, Pair in) {
        return in.each(part -> layers.linear(layer, part));
    }

    private Pair activated(int layer, Pair in) {
        return layer == layers.layers() - 1 ? in : in.each(activation);
    }
}
