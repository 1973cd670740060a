package org.oddlens.engine.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.nd4j.autodiff.samediff.SameDiff;
import org.oddlens.engine.compute.plan.AlikeRows;
import org.oddlens.engine.compute.plan.ParameterMemory;
import org.oddlens.engine.compute.plan.Plan;
import org.oddlens.engine.compute.plan.Workers;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;

/**
 * Runs a network by {@link Plan}s of its own, one for each batch size and set of results. The default.
 *
 * <p>A step allocates nothing and leaves Java for products only; an op that has no instruction of ours runs through ND4J.
 */
public final class CompiledExecutor implements GraphExecutor {

    private static final int FORWARD = -1;

    /** Plans kept; a training whose batches change their size would fill the memory with them. */
    private static final int PLANS_KEPT = 24;

    /** A plan and what it is for; {@code objective} is {@link #FORWARD} for outputs. */
    private static final class Prepared {

        private final int objective;
        private final int rows;
        private final List<String> wanted;
        private final int[] offsets;
        private final Plan plan;
        private long lastUse;

        Prepared(int objective, int rows, List<String> wanted, int[] offsets, Plan plan) {
            this.objective = objective;
            this.rows = rows;
            this.wanted = wanted;
            this.offsets = offsets;
            this.plan = plan;
        }
    }

    private final Network network;
    private final float[] parameters;
    private final ParameterMemory memory;
    private final List<GradientGraph> gradientGraphs;
    private final List<Prepared> plans = new ArrayList<>();
    private final Workers workers;
    private final ThreadChoice choice;
    private final List<CompiledExecutor> siblings = new ArrayList<>();
    private boolean changed = true;
    private long uses;

    /** On one thread. */
    public CompiledExecutor(Network network) {
        this(network, 1);
    }

    /**
     * On up to so many threads: all for scoring, for training as many as turn out faster. The bits of a result do not depend
     * on it.
     */
    public CompiledExecutor(Network network, int threads) {
        this.network = network;
        this.parameters = network.initial().clone();
        this.memory = new ParameterMemory(network.layout());
        this.gradientGraphs = GradientGraph.ofEach(network);
        this.workers = new Workers(threads);
        this.choice = new ThreadChoice(threads);
        for (int i = 0; i < threads && threads > 1; i++) {
            siblings.add(new CompiledExecutor(this));
        }
    }

    /** One that runs forward beside its elder, on the same parameters. */
    private CompiledExecutor(CompiledExecutor elder) {
        this.network = elder.network;
        this.parameters = elder.parameters;
        this.memory = elder.memory;
        this.gradientGraphs = elder.gradientGraphs;
        this.workers = new Workers(1);
        this.choice = new ThreadChoice(1);
        this.changed = false;
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
        changed = true;
    }

    @Override
    public void gradients(int objective, Batch given, float[] gradients, double[] termMeans) {
        Batch batch = given.atLeastTwoRows(); // the plan is right for one row too, but ND4J cannot always record it
        Prepared prepared = gradientPlan(objective, batch);
        workers.rest(!choice.parallel());
        long start = System.nanoTime();
        run(prepared.plan, batch);
        choice.took(System.nanoTime() - start);
        int[] offsets = prepared.offsets;
        if (!gradientGraphs.get(objective).coversAll()) {
            Arrays.fill(gradients, 0);
        }
        for (int i = 0; i < offsets.length; i++) {
            prepared.plan.result(i, gradients, offsets[i]);
        }
        for (int i = 0; i < termMeans.length; i++) {
            termMeans[i] = prepared.plan.number(offsets.length + i);
        }
    }

    private void run(Plan plan, Batch batch) {
        if (changed) {
            memory.write(parameters);
            changed = false;
        }
        plan.run(batch);
    }

    private Prepared gradientPlan(int objective, Batch batch) {
        for (int i = 0; i < plans.size(); i++) {
            if (plans.get(i).objective == objective && plans.get(i).rows == batch.rows()) {
                return used(plans.get(i));
            }
        }
        GradientGraph gradients = gradientGraphs.get(objective);
        int[] offsets = gradients.entries().stream()
                .mapToInt(ParameterLayout.Entry::offset)
                .toArray();
        return prepare(objective, gradients.graph(), batch, gradients.wanted(), offsets);
    }

    private Prepared used(Prepared prepared) {
        prepared.lastUse = ++uses;
        return prepared;
    }

    private Prepared prepare(int objective, SameDiff graph, Batch batch, List<String> wanted, int[] offsets) {
        if (plans.size() == PLANS_KEPT) {
            Prepared idle = Collections.min(plans, Comparator.comparingLong(prepared -> prepared.lastUse));
            idle.plan.close();
            plans.remove(idle);
        }
        int rowsAtOnce = objective == FORWARD ? AlikeRows.atOnce() : AlikeRows.ALL;
        Plan plan = new Plan(network, graph, memory, workers, batch.rows(), rowsAtOnce, batch, wanted);
        Prepared prepared = new Prepared(objective, batch.rows(), List.copyOf(wanted), offsets, plan);
        plans.add(prepared);
        return used(prepared);
    }

    @Override
    public void forward(Batch batch, List<String> variables, float[][] out) {
        Prepared prepared = forwardPlan(batch, variables);
        run(prepared.plan, batch);
        for (int i = 0; i < out.length; i++) {
            prepared.plan.result(i, out[i], 0);
        }
    }

    @Override
    public void forwardAll(int pieces, int rows, List<String> variables, Filling filling, Emptying emptying) {
        // Never this one: its plans share their products among the very threads that would be busy here.
        List<CompiledExecutor> all = siblings.isEmpty() ? List.of(this) : siblings;
        // Plans are compiled here, one by one: ND4J's graphs belong to one thread.
        Batch[] batches = all.stream().map(executor -> executor.batch(rows)).toArray(Batch[]::new);
        for (int i = 0; i < Math.min(pieces, all.size()); i++) {
            all.get(i).forwardPlan(batches[i], variables);
        }
        if (changed) {
            memory.write(parameters);
            changed = false;
        }
        workers.rest(false);
        workers.run(Math.min(pieces, all.size()), lane -> {
            float[][] out = new float[variables.size()][];
            CompiledExecutor executor = all.get(lane);
            Prepared prepared = executor.forwardPlan(batches[lane], variables);
            for (int i = 0; i < out.length; i++) {
                out[i] = new float[prepared.plan.resultLength(i)];
            }
            for (int piece = lane; piece < pieces; piece += all.size()) {
                filling.fill(piece, batches[lane]);
                executor.forward(batches[lane], variables, out);
                emptying.empty(piece, out);
            }
        });
    }

    private Prepared forwardPlan(Batch batch, List<String> variables) {
        for (Prepared prepared : plans) {
            if (prepared.objective == FORWARD && prepared.rows == batch.rows() && prepared.wanted.equals(variables)) {
                return used(prepared);
            }
        }
        return prepare(FORWARD, network.graph(), batch, variables, new int[0]);
    }

    /** The plan of a training step for a batch of that many rows. */
    public Plan plan(int rows) {
        return plan(0, rows);
    }

    /** The plan of an objective's training step for a batch of that many rows. */
    public Plan plan(int objective, int rows) {
        return gradientPlan(objective, batch(rows)).plan;
    }

    /** The plan of a forward pass. */
    public Plan plan(int rows, List<String> variables) {
        return forwardPlan(batch(rows), variables).plan;
    }

    @Override
    public void close() {
        siblings.forEach(CompiledExecutor::closePlans);
        closePlans();
        workers.close();
        memory.close();
    }

    private void closePlans() {
        plans.forEach(prepared -> prepared.plan.close());
        plans.clear();
    }
}
