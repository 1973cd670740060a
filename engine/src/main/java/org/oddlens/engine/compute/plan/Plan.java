package org.oddlens.engine.compute.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;

/**
 * A graph for one number of rows as a list of instructions: the ops that SameDiff's interpreter ran once, said in
 * products of BLAS and fused loops over rows, with all memory laid out. Running it allocates nothing.
 */
public final class Plan implements AutoCloseable {

    private final String[] inputNames;
    private final Matrix[] inputs;
    private final Map<String, List<Matrix>> given = new LinkedHashMap<>();
    private final List<String> wanted;
    private final List<Matrix> results;
    private final Instruction[] instructions;
    private final Arena arena;

    /**
     * Records the graph and compiles it.
     *
     * @param graph      the network's graph or its gradient graph
     * @param parameters memory of the parameters
     * @param workers    share the blocks of large products
     * @param rows       rows of the batch
     * @param rowsAtOnce rows of a product that BLAS may be given together, {@link AlikeRows#ALL} where equal rows need
     *                   not get equal bits
     * @param feed       an example of the numbers
     * @param wanted     variables to be computed
     */
    public Plan(
            Network network,
            SameDiff graph,
            ParameterMemory parameters,
            Workers workers,
            int rows,
            int rowsAtOnce,
            Feed feed,
            List<String> wanted) {
        this.wanted = List.copyOf(wanted);
        GraphRecording recording = GraphRecording.of(network, graph, rows, feed, wanted);
        PlanBuilder builder = new PlanBuilder(rowsAtOnce, workers);
        OpTranslation translation = new OpTranslation(builder);
        Set<Storage> placed = new HashSet<>();
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            if (!graph.hasVariable(entry.name())) {
                continue; // another objective's
            }
            INDArray array = graph.getVariable(entry.name()).getArr();
            PlanBuilder.Shape shape = OpTranslation.shape(array);
            Storage storage = parameters.storage(entry);
            placed.add(storage);
            translation.bind(array, Matrix.dense(entry.name(), storage, shape.rank(), shape.rows(), shape.columns()));
        }
        Set<Storage> always = new HashSet<>();
        Map<String, Matrix> places = new LinkedHashMap<>();
        recording.inputs().forEach((name, array) -> {
            PlanBuilder.Shape shape = OpTranslation.shape(array);
            Matrix place =
                    Matrix.dense(name, Storage.of((int) array.length()), shape.rank(), shape.rows(), shape.columns());
            translation.bind(array, place);
            places.put(name, place);
            always.add(place.storage());
        });
        this.inputNames = places.keySet().toArray(String[]::new);
        given.put("input", List.copyOf(places.values()));
        this.inputs = places.values().toArray(Matrix[]::new);
        recording.calls().forEach(translation::add);
        this.results = recording.outputs().stream()
                .map(array -> builder.dense(translation.matrix(array)))
                .toList();
        results.forEach(matrix -> always.add(matrix.storage()));
        List<Instruction> list = Fusion.fuse(
                builder.operations(), results.stream().map(Matrix::storage).collect(Collectors.toSet()));
        for (Instruction instruction : list) {
            instruction.reads().stream()
                    .map(Matrix::storage)
                    .filter(Storage::isConstant)
                    .forEach(always::add);
        }
        this.arena = Arena.byLife(list, always, placed);
        this.instructions = list.toArray(Instruction[]::new);
    }

    /** Feeds the placeholders and runs the instructions. */
    public void run(Feed feed) {
        for (int i = 0; i < inputs.length; i++) {
            inputs[i].storage().write(0, feed.input(inputNames[i]), 0, inputs[i].length());
        }
        for (Instruction instruction : instructions) {
            instruction.run();
        }
    }

    /** Copies a result, numbered as wanted, to an array. */
    public void result(int number, float[] to, int at) {
        Matrix matrix = results.get(number);
        matrix.storage().read(0, to, at, matrix.length());
    }

    /** Numbers of a result. */
    public int resultLength(int number) {
        return results.get(number).length();
    }

    /** The first number of a result. */
    public float number(int number) {
        return results.get(number).storage().first();
    }

    /**
     * The plan as text, complete: what is given, the constants with their numbers, the instructions in order with fused
     * groups indented, the results. {@code ↓ → ·} mark a repeated row, column, number, {@code ᵀ} a transposed operand.
     */
    public String text() {
        List<String> lines = new ArrayList<>();
        given.forEach((kind, matrices) -> matrices.forEach(matrix -> lines.add(kind + " " + matrix)));
        for (Matrix constant : constants()) {
            lines.add("constant " + constant.name() + " = "
                    + Arrays.toString(constant.storage().constantValues()));
        }
        for (Instruction instruction : instructions) {
            lines.add(instruction.text());
        }
        for (int i = 0; i < results.size(); i++) {
            lines.add("result " + wanted.get(i) + " = " + results.get(i));
        }
        return String.join("\n", lines);
    }

    private Collection<Matrix> constants() {
        Map<String, Matrix> constants = new LinkedHashMap<>();
        Stream.concat(Arrays.stream(instructions).flatMap(i -> i.reads().stream()), results.stream())
                .filter(matrix -> matrix.storage().isConstant())
                .forEach(matrix -> constants.putIfAbsent(matrix.name(), matrix));
        return constants.values();
    }

    /** How many ops run through ND4J for want of an instruction. */
    public long nativeCalls() {
        return Arrays.stream(instructions).filter(NativeCall.class::isInstance).count();
    }

    /** How many instructions there are. */
    public int length() {
        return instructions.length;
    }

    /** Bytes of memory that the instructions share. */
    public long bytes() {
        return (long) Float.BYTES * arena.length();
    }

    @Override
    public void close() {
        for (Instruction instruction : instructions) {
            instruction.close();
        }
        arena.close();
    }
}
