package org.oddlens.engine.compute;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;

/**
 * Runs a network by a plan of its own: the ops that SameDiff's interpreter ran once for a batch size, translated into
 * loops over Java arrays and calls of {@code cblas_sgemm}. A step allocates nothing and leaves Java for large products
 * only.
 *
 * <p>A graph with an op that has no instruction is refused by {@link UnsupportedPlanException}; {@link ReplayExecutor}
 * runs every graph.
 */
public final class CompiledExecutor implements GraphExecutor {

    private final Network network;
    private final float[] parameters;
    private final SameDiff gradientGraph;
    private final List<String> gradientNames = new ArrayList<>();
    private final Map<Integer, Plan> gradientPlans = new HashMap<>();
    private final Map<List<Object>, Plan> forwardPlans = new HashMap<>();

    public CompiledExecutor(Network network) {
        this.network = network;
        this.parameters = network.initial().clone();
        List<ParameterLayout.Entry> entries = layout().entries();
        network.graph()
                .createGradFunction(
                        entries.stream().map(ParameterLayout.Entry::name).toArray(String[]::new));
        gradientGraph = network.graph().getFunction("grad");
        entries.forEach(
                entry -> gradientNames.add(network.graph().grad(entry.name()).name()));
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public float[] parameters() {
        return parameters;
    }

    @Override
    public void parametersChanged() {
        gradientPlans.values().forEach(Plan::parametersChanged);
        forwardPlans.values().forEach(Plan::parametersChanged);
    }

    @Override
    public void gradients(Batch given, float[] gradients, double[] termMeans) {
        Batch batch = given.atLeastTwoRows(); // the plan is right for one row too, but ND4J cannot always record it
        Plan plan = gradientPlan(batch);
        plan.run(batch);
        List<ParameterLayout.Entry> entries = layout().entries();
        for (int i = 0; i < entries.size(); i++) {
            Matrix gradient = plan.outputs[i];
            System.arraycopy(
                    gradient.values, gradient.offset, gradients, entries.get(i).offset(), gradient.length());
        }
        for (int i = 0; i < termMeans.length; i++) {
            Matrix mean = plan.outputs[entries.size() + i];
            termMeans[i] = mean.values[mean.offset];
        }
    }

    private Plan gradientPlan(Batch batch) {
        Plan plan = gradientPlans.get(batch.rows());
        if (plan == null) {
            List<String> wanted = new ArrayList<>(gradientNames);
            wanted.addAll(network.termMeans());
            plan = new Plan(gradientGraph, batch, wanted);
            gradientPlans.put(batch.rows(), plan);
        }
        return plan;
    }

    @Override
    public void forward(Batch batch, List<String> variables, float[][] out) {
        List<Object> key = List.of(batch.rows(), variables);
        Plan plan = forwardPlans.get(key);
        if (plan == null) {
            plan = new Plan(network.graph(), batch, variables);
            forwardPlans.put(key, plan);
        }
        plan.run(batch);
        for (int i = 0; i < out.length; i++) {
            Matrix result = plan.outputs[i];
            System.arraycopy(result.values, result.offset, out[i], 0, result.length());
        }
    }

    /** The instructions of a training step for a batch of that many rows, one a line. */
    public String listing(int rows) {
        return java.util.Arrays.stream(gradientPlan(batch(rows)).instructions)
                .map(Instruction::text)
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        gradientPlans.values().forEach(Plan::close);
        forwardPlans.values().forEach(Plan::close);
        gradientPlans.clear();
        forwardPlans.clear();
    }

    /** Instructions for one graph, one batch size and one set of results. */
    private final class Plan {

        private final PlanCompiler compiler = new PlanCompiler();
        private final Map<String, Matrix> inputs = new LinkedHashMap<>();
        private final List<Matrix> parameterPlaces = new ArrayList<>();
        private final Instruction[] instructions;
        private final Matrix[] outputs;

        Plan(SameDiff graph, Batch batch, List<String> wanted) {
            GraphRecording recording = GraphRecording.of(network, graph, batch, wanted);
            for (ParameterLayout.Entry entry : layout().entries()) {
                INDArray array = graph.getVariable(entry.name()).getArr();
                Matrix shape = PlanCompiler.place(entry.name(), array, parameters);
                Matrix place = new Matrix(entry.name(), parameters, entry.offset(), shape.rows, shape.columns);
                compiler.bind(array, place);
                parameterPlaces.add(place);
            }
            recording.inputs().forEach((name, array) -> {
                Matrix place = PlanCompiler.place(name, array, new float[(int) array.length()]);
                compiler.bind(array, place);
                inputs.put(name, place);
            });
            recording.calls().forEach(compiler::add);
            List<Matrix> results =
                    recording.outputs().stream().map(compiler::matrix).toList();
            this.outputs = results.toArray(Matrix[]::new);
            this.instructions = compiler.instructions(results).toArray(Instruction[]::new);
        }

        void run(Batch batch) {
            for (Map.Entry<String, Matrix> input : inputs.entrySet()) {
                Matrix place = input.getValue();
                System.arraycopy(batch.input(input.getKey()), 0, place.values, 0, place.length());
                place.written();
            }
            for (Instruction instruction : instructions) {
                instruction.run();
            }
        }

        void parametersChanged() {
            parameterPlaces.forEach(Matrix::written);
        }

        void close() {
            compiler.matrices().forEach(matrix -> matrix.storage.close());
        }
    }
}
