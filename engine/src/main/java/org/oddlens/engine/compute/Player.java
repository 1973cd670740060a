package org.oddlens.engine.compute;

import java.util.List;
import org.oddlens.engine.graph.Network;

/** An objective of a network with the optimiser that follows it: one of those who train a network by turns. */
final class Player {

    private final int objective;
    private final Optimiser optimiser;
    private final ParameterGroups groups;
    private final int[] places;
    private final List<String> terms;
    private final double[] termMeans;

    /** @param groups what the optimiser moves */
    Player(Network network, int objective, Optimiser optimiser, ParameterGroups groups) {
        List<String> all = network.terms();
        this.objective = objective;
        this.optimiser = optimiser;
        this.groups = groups;
        this.terms = network.objectives().get(objective).terms();
        this.places = terms.stream().mapToInt(all::indexOf).toArray();
        this.termMeans = new double[places.length];
    }

    Optimiser optimiser() {
        return optimiser;
    }

    /** Forward and backward. */
    void gradients(GraphExecutor executor, Batch batch, float[] gradients) {
        executor.gradients(objective, batch, gradients, termMeans);
    }

    /** Scales the gradient of what this one moves to a norm of at most {@code limit}. */
    void clip(float[] gradients, double limit) {
        Optimiser.clip(gradients, limit, groups);
    }

    /** The first term of the last step that was not finite, null if all were. */
    String termNotFinite() {
        for (int t = 0; t < termMeans.length; t++) {
            if (!Double.isFinite(termMeans[t])) {
                return terms.get(t);
            }
        }
        return null;
    }

    /** Adds the terms of the last step, times its rows, to the sums of the network's terms. */
    void addTerms(double[] sums, int rows) {
        for (int t = 0; t < places.length; t++) {
            sums[places[t]] += termMeans[t] * rows;
        }
    }

    /** Marks the places of the terms this one has. */
    void markTerms(boolean[] stepped) {
        for (int place : places) {
            stepped[place] = true;
        }
    }
}
