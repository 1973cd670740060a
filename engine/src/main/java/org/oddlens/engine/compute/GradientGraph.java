package org.oddlens.engine.compute;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;

/**
 * The gradient graph that SameDiff derives for one objective of a network.
 *
 * @param graph     the graph
 * @param entries   the parameters that the objective trains and depends on
 * @param wanted    the gradients of these, then the means of the objective's terms
 * @param coversAll whether these are all parameters
 */
record GradientGraph(SameDiff graph, List<ParameterLayout.Entry> entries, List<String> wanted, boolean coversAll) {

    /** One for each objective, in the network's order. */
    static List<GradientGraph> ofEach(Network network) {
        List<GradientGraph> graphs = new ArrayList<>();
        for (Network.Objective objective : network.objectives()) {
            List<ParameterLayout.Entry> entries = network.layout().entries().stream()
                    .filter(entry -> objective.parameters().contains(entry.name()))
                    .toList();
            SameDiff graph = network.graph();
            graph.setLossVariables(objective.loss());
            graph.createGradFunction(
                    entries.stream().map(ParameterLayout.Entry::name).toArray(String[]::new));
            List<ParameterLayout.Entry> reached = entries.stream()
                    .filter(entry -> graph.grad(entry.name()) != null) // the loss does not depend on the others
                    .toList();
            List<String> wanted = new ArrayList<>();
            reached.forEach(entry -> wanted.add(graph.grad(entry.name()).name()));
            wanted.addAll(objective.termMeans());
            boolean all = reached.size() == network.layout().entries().size();
            graphs.add(new GradientGraph(graph.getFunction("grad"), reached, wanted, all));
        }
        return graphs;
    }
}
