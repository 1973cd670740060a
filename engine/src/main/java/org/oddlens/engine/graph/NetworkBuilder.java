package org.oddlens.engine.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

/** Puts a network together: input, dense layers, row terms of the loss, outputs. */
public final class NetworkBuilder {

    /** Name of the placeholder that takes the features. */
    public static final String FEATURES = "x";

    /** Name of the objective of a network that has only one. */
    public static final String LOSS = "loss";

    /** An objective in the making: its row terms, and which parameters follow it. */
    private record Player(Map<String, SDVariable> terms, Predicate<String> trains) {}

    private final SameDiff graph = SameDiff.create();
    private final DataType type;
    private final RandomStreams streams;
    private final Map<String, Integer> inputs = new LinkedHashMap<>();
    private final List<ParameterLayout.Entry> entries = new ArrayList<>();
    private final List<float[]> initial = new ArrayList<>();
    private final Set<String> frozen = new HashSet<>();
    private final Map<String, Player> players = new LinkedHashMap<>();
    private final Map<String, Network.Output> outputs = new LinkedHashMap<>();

    /**
     * @param type    FLOAT to train, DOUBLE to check gradients
     * @param streams source of the start values; each parameter draws from a stream of its own name
     */
    public NetworkBuilder(DataType type, RandomStreams streams) {
        this.type = type;
        this.streams = streams;
    }

    public SameDiff graph() {
        return graph;
    }

    public DataType type() {
        return type;
    }

    /** A placeholder {@code [rows, width]}. */
    public SDVariable input(String name, int width) {
        inputs.put(name, width);
        return graph.placeHolder(name, type, -1, width);
    }

    /** A trainable array that starts uniform in {@code ±bound}. */
    public SDVariable parameter(String name, double bound, int... shape) {
        return parameter(name, Initialisation.uniform(streams.stream("weights/" + name), length(shape), bound), shape);
    }

    /** A trainable array that starts with these values, row-major. */
    public SDVariable parameter(String name, float[] values, int... shape) {
        if (values.length != length(shape)) {
            throw new IllegalArgumentException(
                    name + " has " + values.length + " start values for the shape " + Arrays.toString(shape));
        }
        int offset = entries.isEmpty()
                ? 0
                : entries.get(entries.size() - 1).offset()
                        + entries.get(entries.size() - 1).length();
        entries.add(new ParameterLayout.Entry(name, shape, offset, values.length));
        initial.add(values);
        long[] dimensions = Arrays.stream(shape).asLongStream().toArray();
        return graph.var(
                name, Nd4j.createFromArray(values).reshape('c', dimensions).castTo(type));
    }

    /**
     * An array that belongs to the model, and is saved with it, but follows no loss: a centre, a mixture, the units of a map.
     * Who trains the network sets it.
     */
    public SDVariable frozen(String name, float[] values, int... shape) {
        frozen.add(name);
        return parameter(name, values, shape);
    }

    /** The start values of a named array of its own: one draw from a stream of that name. */
    public CounterRandom startValues(String name) {
        return streams.stream("weights/" + name);
    }

    private static int length(int... shape) {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /**
     * A dense layer {@code activation(in · W + b)}, {@code [rows, fanIn]} to {@code [rows, fanOut]}, with W of shape
     * {@code [fanIn, fanOut]}.
     */
    public SDVariable dense(
            String name, SDVariable in, int fanIn, int fanOut, Activation activation, Initialisation initialisation) {
        SDVariable weights = parameter(name + "/weights", initialisation.weightBound(fanIn, fanOut), fanIn, fanOut);
        SDVariable bias = parameter(name + "/bias", initialisation.biasBound(fanIn, fanOut), fanOut);
        return activation.apply(graph, graph.nn().linear(in, weights, bias));
    }

    /**
     * Dense layers through the given widths; the last one has the activation {@code last}, the others {@code hidden}.
     *
     * @param widths from input to output, at least two
     */
    public SDVariable stack(
            String name, SDVariable in, List<Integer> widths, Activation hidden, Activation last, Initialisation init) {
        SDVariable out = in;
        for (int i = 1; i < widths.size(); i++) {
            Activation activation = i == widths.size() - 1 ? last : hidden;
            out = dense(name + "-" + i, out, widths.get(i - 1), widths.get(i), activation, init);
        }
        return out;
    }

    /** Adds a term of the loss, one number per row {@code [rows]}. */
    public void term(String name, SDVariable perRow) {
        players.computeIfAbsent(LOSS, n -> new Player(new LinkedHashMap<>(), parameter -> true))
                .terms()
                .put(name, perRow);
    }

    /**
     * Opens an objective of its own, for networks whose parts are trained against each other.
     *
     * @param trains which parameters follow it, by name
     */
    public void objective(String name, Predicate<String> trains) {
        players.put(name, new Player(new LinkedHashMap<>(), trains));
    }

    /** Adds a term to an objective opened before, one number per row {@code [rows]}. */
    public void term(String objective, String name, SDVariable perRow) {
        players.get(objective).terms().put(name, perRow);
    }

    /** Names an output of {@code width} numbers per row; width 1 stands for a vector {@code [rows]}. */
    public void output(String role, SDVariable variable, int width) {
        outputs.put(role, new Network.Output(variable.name(), width));
    }

    /** The finished network; the builder must not be used afterwards. */
    public Network build() {
        if (players.isEmpty()
                || players.values().stream().anyMatch(p -> p.terms().isEmpty())) {
            throw new IllegalStateException("a network needs at least one loss term for each objective");
        }
        List<Network.Objective> objectives = new ArrayList<>();
        players.forEach((name, player) -> objectives.add(objective(name, player, objectives.isEmpty())));
        int length = entries.stream().mapToInt(ParameterLayout.Entry::length).sum();
        float[] flat = new float[length];
        for (int i = 0; i < entries.size(); i++) {
            System.arraycopy(
                    initial.get(i),
                    0,
                    flat,
                    entries.get(i).offset(),
                    entries.get(i).length());
        }
        return new Network(
                graph,
                type,
                Map.copyOf(inputs),
                new ParameterLayout(entries),
                flat,
                List.copyOf(objectives),
                Map.copyOf(outputs));
    }

    private Network.Objective objective(String objective, Player player, boolean first) {
        SDVariable rowLoss = null;
        List<String> means = new ArrayList<>();
        for (Map.Entry<String, SDVariable> term : player.terms().entrySet()) {
            means.add(term.getValue()
                    .mean("mean/" + (first ? "" : objective + "/") + term.getKey(), 0)
                    .name());
            rowLoss = rowLoss == null ? term.getValue() : rowLoss.add(term.getValue());
        }
        if (first) {
            output(Network.ROW_LOSS, rowLoss, 1);
        }
        SDVariable loss = rowLoss.mean(objective, 0);
        loss.markAsLoss();
        List<String> trained = entries.stream()
                .map(ParameterLayout.Entry::name)
                .filter(name -> !frozen.contains(name))
                .filter(player.trains())
                .toList();
        return new Network.Objective(
                objective, loss.name(), List.copyOf(player.terms().keySet()), List.copyOf(means), trained);
    }
}
