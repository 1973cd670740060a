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
        RandomGraph graph = new RandomGraph(seed);
        graph.wide.add(graph.net.input(NetworkBuilder.FEATURES, FEATURES));
        graph.columns.add(graph.wide.get(0).mean(true, 1));
        for (int i = 0; i < operations; i++) {
            graph.add();
        }
        // The last values and some parameter have to matter.
        SDVariable last = graph.dense(graph.wide.get(graph.wide.size() - 1));
        graph.net.term(
                "wide",
                graph.net
                        .graph()
                        .math()
                        .squaredDifference(graph.wide.get(0), last)
                        .mean(1));
        SDVariable column = graph.columns.get(graph.columns.size() - 1);
        graph.net.term(
                "column", graph.net.graph().reshape(column.mul(column), -1).mul(0.3));
        return graph.net.build();
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

    private void add() {
        switch (random.nextInt(20)) {
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
            default -> columns.add(any().mul(any()).mean(true, 1).mul(0.1));
        }
    }
}
