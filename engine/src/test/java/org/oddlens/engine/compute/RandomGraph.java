package org.oddlens.engine.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.run.RandomStreams;

/** Networks put together at random from the operations that have instructions; every value stays of moderate size. */
final class RandomGraph {

    static final int FEATURES = 5;
    private static final int KINDS = 20;
    private static final int SQUARE_KINDS = 4;

    private final Random random;
    private final NetworkBuilder net;
    private final List<SDVariable> wide = new ArrayList<>();
    private final List<SDVariable> columns = new ArrayList<>();
    private int names;

    private RandomGraph(long seed) {
        this.random = new Random(seed);
        this.net = new NetworkBuilder(DataType.FLOAT, new RandomStreams(seed));
    }

    /** The network of a seed, with so many operations. */
    static Network of(long seed, int operations) {
        return new RandomGraph(seed).build(operations, KINDS);
    }

    /** The same for batches of as many rows as there are features: a sum over the rows may stand for a column there. */
    static Network square(long seed, int operations) {
        return new RandomGraph(seed).build(operations, KINDS + SQUARE_KINDS);
    }

    private Network build(int operations, int kinds) {
        wide.add(net.input(NetworkBuilder.FEATURES, FEATURES));
        columns.add(wide.get(0).mean(true, 1));
        for (int i = 0; i < operations; i++) {
            add(kinds);
        }
        // The last values and some parameter have to matter.
        SDVariable last = dense(wide.get(wide.size() - 1));
        net.term("wide", net.graph().math().squaredDifference(wide.get(0), last).mean(1));
        SDVariable column = columns.get(columns.size() - 1);
        net.term("column", net.graph().reshape(column.mul(column), -1).mul(0.3));
        return net.build();
    }

    private SDVariable any() {
        return wide.get(random.nextInt(wide.size()));
    }

    private SDVariable anyColumn() {
        return columns.get(random.nextInt(columns.size()));
    }

    private SDVariable vector() {
        return net.parameter("vector-" + names++, 0.8, FEATURES);
    }

    private SDVariable dense(SDVariable in) {
        Activation activation = Activation.values()[random.nextInt(Activation.values().length)];
        return net.dense("dense-" + names++, in, FEATURES, FEATURES, activation, Initialisation.GLOROT);
    }

    private SDVariable bounded(SDVariable in) {
        return net.graph().math().tanh(in);
    }

    private SDVariable positive(SDVariable in) {
        return net.graph().nn().sigmoid(in).add(0.5);
    }

    private void add(int kinds) {
        switch (random.nextInt(kinds)) {
            case 0, 1, 2 -> wide.add(dense(any()));
            case 3 -> wide.add(any().add(any()));
            case 4 -> wide.add(any().sub(any()));
            case 5 -> wide.add(bounded(any()).mul(bounded(any())));
            case 6 -> wide.add(bounded(any()).div(positive(any())));
            case 7 -> wide.add(any().add(vector()));
            case 8 -> wide.add(bounded(any()).mul(vector()));
            case 9 -> wide.add(any().sub(anyColumn()));
            case 10 -> wide.add(bounded(any()).div(positive(anyColumn())));
            case 11 -> wide.add(vector().sub(any()));
            case 12 -> wide.add(net.graph().nn().softmax(any(), 1));
            case 13 -> wide.add(net.graph().math().log(positive(any())));
            case 14 -> wide.add(net.graph().math().exp(bounded(any())));
            case 15 -> wide.add(net.graph().math().sqrt(positive(any())).rsub(1.0));
            case 16 -> wide.add(net.graph().math().squaredDifference(bounded(any()), bounded(any())));
            case 17 -> columns.add(bounded(any()).sum(true, 1));
            case 18 -> columns.add(
                    bounded(anyColumn()).mul(positive(anyColumn())).neg());
            case 20, 21, 22, 23 -> columns.add(
                    net.graph().reshape(bounded(any()).mean(0), FEATURES, 1));
            default -> columns.add(any().mul(any()).mean(true, 1).mul(0.1));
        }
    }
}
